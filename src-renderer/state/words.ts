/**
 * The words for states, the same wherever they are shown or read out.
 * @module
 */
import type { HealthWord } from '../../src-shared/model/health.ts';
import type { ConnectionStage, IngestState } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { TargetState } from '../../src-shared/model/target.ts';
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
