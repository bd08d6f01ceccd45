/**
 * Icon and tone of every state.
 * @module
 */
import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleOff,
  CircleX,
  Gauge,
  History,
  Hourglass,
  Info,
  LoaderCircle,
  OctagonX,
  Pause,
  Radio,
  RotateCw,
  TriangleAlert,
  Unplug,
  Video,
} from 'lucide-react';
import type { HealthWord } from '../../src-shared/model/health.ts';
import type { IngestState, ShowDelay } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { Rehearsal, RehearsalRow } from '../../src-shared/model/rehearsal.ts';
import type { TargetState } from '../../src-shared/model/target.ts';
import type { Show } from '../state/show.ts';
import type { StageMark } from '../state/stages.ts';
import type { StateMark } from './state-badge.tsx';

export const SHOW_MARKS: Readonly<Record<Show['type'], StateMark>> = {
  'off-air': { icon: CircleOff, tone: 'idle' },
  'on-air': { icon: Radio, tone: 'onair' },
  holding: { icon: Pause, tone: 'hold' },
};

export const INGEST_MARKS: Readonly<Record<IngestState, StateMark>> = {
  waiting: { icon: Hourglass, tone: 'idle' },
  live: { icon: Video, tone: 'good' },
  holding: { icon: Pause, tone: 'hold' },
};

export const TARGET_MARKS: Readonly<Record<TargetState, StateMark>> = {
  off: { icon: CircleOff, tone: 'idle' },
  waiting: { icon: Hourglass, tone: 'idle' },
  connecting: { icon: LoaderCircle, tone: 'busy', motion: 'spin' },
  live: { icon: Radio, tone: 'onair' },
  retrying: { icon: RotateCw, tone: 'strained', motion: 'spin' },
  failed: { icon: OctagonX, tone: 'failing' },
};

/** A second connection: red stays with the target itself. */
export const SECOND_LEG_MARKS: Readonly<Record<TargetState, StateMark>> = {
  ...TARGET_MARKS,
  live: { icon: CircleCheck, tone: 'good' },
};

/** How a backup encoder stands. */
export type BackupState = 'absent' | 'standby' | 'on-air';

export const BACKUP_MARKS: Readonly<Record<BackupState, StateMark>> = {
  absent: { icon: Unplug, tone: 'idle' },
  standby: { icon: CircleCheck, tone: 'good' },
  'on-air': { icon: Radio, tone: 'hold' },
};

export const DELAY_MARKS: Readonly<Record<ShowDelay['state'], StateMark>> = {
  off: { icon: CircleOff, tone: 'idle' },
  filling: { icon: LoaderCircle, tone: 'busy', motion: 'spin' },
  ready: { icon: CircleCheck, tone: 'good' },
  switching: { icon: RotateCw, tone: 'busy', motion: 'spin' },
  active: { icon: History, tone: 'hold' },
};

/** Of a single target that is behind on purpose. */
export const BEHIND_MARK: StateMark = { icon: History, tone: 'idle' };
export const BEHIND_FILLS_MARK: StateMark = { icon: LoaderCircle, tone: 'busy', motion: 'spin' };
/** Of a target that does not get all of the show. */
export const SHED_MARK: StateMark = { icon: Gauge, tone: 'strained' };

export const REHEARSAL_VERDICT_MARKS: Readonly<Record<NonNullable<Rehearsal['verdict']>['word'], StateMark>> =
  {
    good: { icon: CircleCheck, tone: 'good' },
    tight: { icon: TriangleAlert, tone: 'strained' },
    'too-slow': { icon: OctagonX, tone: 'failing' },
    unknown: { icon: CircleHelp, tone: 'idle' },
  };

export const REHEARSAL_ROW_MARKS: Readonly<Record<RehearsalRow['state'], StateMark>> = {
  connecting: { icon: LoaderCircle, tone: 'busy', motion: 'spin' },
  sending: { icon: RotateCw, tone: 'busy', motion: 'spin' },
  done: { icon: CircleCheck, tone: 'good' },
  failed: { icon: OctagonX, tone: 'failing' },
};

export const HEALTH_MARKS: Readonly<Record<HealthWord, StateMark>> = {
  good: { icon: CircleCheck, tone: 'good' },
  strained: { icon: TriangleAlert, tone: 'strained' },
  failing: { icon: OctagonX, tone: 'failing' },
  waiting: { icon: Hourglass, tone: 'idle' },
};

/** Of the newest try of a webhook. */
export const DELIVERY_MARKS: Readonly<Record<'ok' | 'failed', StateMark>> = {
  ok: { icon: CircleCheck, tone: 'good' },
  failed: { icon: OctagonX, tone: 'failing' },
};

export const LEVEL_MARKS: Readonly<Record<LogEvent['level'], StateMark>> = {
  info: { icon: Info, tone: 'idle' },
  warning: { icon: TriangleAlert, tone: 'strained' },
  error: { icon: OctagonX, tone: 'failing' },
};

export const STAGE_MARKS: Readonly<Record<StageMark, StateMark>> = {
  pending: { icon: CircleDashed, tone: 'idle' },
  active: { icon: LoaderCircle, tone: 'busy', motion: 'spin' },
  done: { icon: CircleCheck, tone: 'good' },
  refused: { icon: CircleX, tone: 'failing' },
  failed: { icon: OctagonX, tone: 'failing' },
};
