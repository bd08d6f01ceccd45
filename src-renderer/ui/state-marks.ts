/**
 * Icon and tone of every state.
 * @module
 */
import {
  CircleCheck,
  CircleDashed,
  CircleOff,
  CircleX,
  Hourglass,
  Info,
  LoaderCircle,
  OctagonX,
  Pause,
  Radio,
  RotateCw,
  TriangleAlert,
  Video,
} from 'lucide-react';
import type { HealthWord } from '../../src-shared/model/health.ts';
import type { IngestState } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
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

export const HEALTH_MARKS: Readonly<Record<HealthWord, StateMark>> = {
  good: { icon: CircleCheck, tone: 'good' },
  strained: { icon: TriangleAlert, tone: 'strained' },
  failing: { icon: OctagonX, tone: 'failing' },
  waiting: { icon: Hourglass, tone: 'idle' },
};

export const LEVEL_MARKS: Readonly<Record<LogEvent['level'], StateMark>> = {
  info: { icon: Info, tone: 'idle' },
  warning: { icon: TriangleAlert, tone: 'strained' },
  error: { icon: OctagonX, tone: 'failing' },
};

export const STAGE_MARKS: Readonly<Record<StageMark, StateMark & { readonly word: string }>> = {
  pending: { icon: CircleDashed, tone: 'idle', word: 'Not yet' },
  active: { icon: LoaderCircle, tone: 'busy', motion: 'spin', word: 'Under way' },
  done: { icon: CircleCheck, tone: 'good', word: 'Done' },
  refused: { icon: CircleX, tone: 'failing', word: 'Refused' },
  failed: { icon: OctagonX, tone: 'failing', word: 'Failed' },
};
