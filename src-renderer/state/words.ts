/**
 * The words for states, the same wherever they are shown or read out.
 * @module
 */
import type { HealthWord } from '../../src-shared/model/health.ts';
import type { ConnectionStage, IngestState, ShowDelay } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { Rehearsal, RehearsalRow } from '../../src-shared/model/rehearsal.ts';
import type { LineVerdict } from '../../src-shared/model/studio-state.ts';
import type { ShedLevel, TargetState } from '../../src-shared/model/target.ts';
import type { Show } from './show.ts';

export const SHOW_WORDS: Readonly<Record<Show['type'], string>> = {
  'off-air': 'Off air',
  'on-air': 'On air',
  holding: 'Holding',
};

/** "Encoder live", not "Live": the encoder sends, but nobody need be watching. */
export const INGEST_STATE_WORDS: Readonly<Record<IngestState, string>> = {
  waiting: 'Waiting',
  live: 'Encoder live',
  holding: 'Holding',
};

export const TARGET_STATE_WORDS: Readonly<Record<TargetState, string>> = {
  off: 'Off',
  waiting: 'Waiting',
  connecting: 'Connecting',
  live: 'Live',
  retrying: 'Retrying',
  failed: 'Failed',
};

export const HEALTH_WORDS: Readonly<Record<HealthWord, string>> = {
  good: 'Good',
  strained: 'Strained',
  failing: 'Failing',
  waiting: 'Waiting',
};

export const LEVEL_WORDS: Readonly<Record<LogEvent['level'], string>> = {
  info: 'Info',
  warning: 'Warning',
  error: 'Error',
};

export const STAGE_WORDS: Readonly<
  Record<ConnectionStage, { readonly name: string; readonly meaning: string }>
> = {
  handshake: { name: 'Handshake', meaning: 'Encoder and studio find each other and agree to speak RTMP.' },
  connection: { name: 'Connection', meaning: 'The server address is checked.' },
  stream: { name: 'Stream', meaning: 'The stream key is checked, then pictures arrive.' },
};

/** What of the show a target gets, and why not all of it. */
export const SHED_SENTENCES: Readonly<Record<ShedLevel, string>> = {
  none: 'The whole show again.',
  keyframes: 'Sound and keyframes only: the line cannot carry all.',
  sound: 'Sound only: the line cannot carry all.',
};

export const SHED_WORDS: Readonly<Record<Exclude<ShedLevel, 'none'>, string>> = {
  keyframes: 'Reduced',
  sound: 'Sound only',
};

export const DELAY_WORDS: Readonly<Record<ShowDelay['state'], string>> = {
  off: 'Off',
  filling: 'Fills',
  ready: 'Ready',
  switching: 'Switching',
  active: 'Active',
};

/** Which side a line's verdict is about. */
export const LINE_WORDS: Readonly<Record<Exclude<LineVerdict['kind'], 'ok'>, string>> = {
  'your-line': 'Your line',
  platform: 'The platform',
  encoder: 'The encoder',
};

export const REHEARSAL_VERDICT_WORDS: Readonly<Record<NonNullable<Rehearsal['verdict']>['word'], string>> = {
  good: 'Good',
  tight: 'Tight',
  'too-slow': 'Too slow',
  unknown: 'Not known',
};

export const REHEARSAL_STATE_WORDS: Readonly<Record<RehearsalRow['state'], string>> = {
  connecting: 'Connecting',
  sending: 'Sending',
  done: 'Done',
  failed: 'Failed',
};
