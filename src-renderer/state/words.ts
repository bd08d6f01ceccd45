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
import type { StageMark } from './stages.ts';
import { t } from '../language/translate.ts';
import type { Show } from './show.ts';

export function showWord(state: Show['type']): string {
  return { 'off-air': t('Off air'), 'on-air': t('On air'), holding: t('Holding') }[state];
}

/** "Encoder live", not "Live": the encoder sends, but nobody need be watching. */
export function ingestStateWord(state: IngestState): string {
  return { waiting: t('Waiting'), live: t('Encoder live'), holding: t('Holding') }[state];
}

export function targetStateWord(state: TargetState): string {
  return {
    off: t('Off'),
    waiting: t('Waiting'),
    connecting: t('Connecting'),
    live: t('Live'),
    retrying: t('Retrying'),
    failed: t('Failed'),
  }[state];
}

export function healthWord(word: HealthWord): string {
  return {
    good: t('Good'),
    strained: t('Strained'),
    failing: t('Failing'),
    waiting: t('Waiting'),
  }[word];
}

export function levelWord(level: LogEvent['level']): string {
  return { info: t('Info'), warning: t('Warning'), error: t('Error') }[level];
}

export function stageWord(stage: ConnectionStage): string {
  return { handshake: t('Handshake'), connection: t('Connection'), stream: t('Stream') }[stage];
}

export function stageMeaning(stage: ConnectionStage): string {
  return {
    handshake: t('Encoder and studio find each other and agree to speak RTMP.'),
    connection: t('The server address is checked.'),
    stream: t('The stream key is checked, then pictures arrive.'),
  }[stage];
}

/** How far a connection is with a stage. */
export function stageMarkWord(mark: StageMark): string {
  return {
    pending: t('Not yet'),
    active: t('Under way'),
    done: t('Done'),
    refused: t('Refused'),
    failed: t('Failed'),
  }[mark];
}

/** A stage as it stands inside a sentence. */
export function stageInSentence(stage: ConnectionStage): string {
  return { handshake: t('handshake'), connection: t('connection'), stream: t('stream') }[stage];
}

/** What of the show a target gets, and why not all of it. */
export function shedSentence(level: ShedLevel): string {
  return {
    none: t('The whole show again.'),
    keyframes: t('Sound and keyframes only: the line cannot carry all.'),
    sound: t('Sound only: the line cannot carry all.'),
  }[level];
}

export function shedWord(level: Exclude<ShedLevel, 'none'>): string {
  return { keyframes: t('Reduced'), sound: t('Sound only') }[level];
}

export function delayWord(state: ShowDelay['state']): string {
  return {
    off: t('Off'),
    filling: t('Fills'),
    ready: t('Ready'),
    switching: t('Switching'),
    active: t('Active'),
  }[state];
}

/** Which side a line's verdict is about. */
export function lineVerdictWords(kind: Exclude<LineVerdict['kind'], 'ok'>): string {
  return {
    'your-line': t('Your line does not keep up'),
    platform: t('The platform does not keep up'),
    encoder: t('The encoder does not keep up'),
  }[kind];
}

export function rehearsalVerdictWord(word: NonNullable<Rehearsal['verdict']>['word']): string {
  return { good: t('Good'), tight: t('Tight'), 'too-slow': t('Too slow'), unknown: t('Not known') }[word];
}

export function rehearsalStateWord(state: RehearsalRow['state']): string {
  return {
    connecting: t('Connecting'),
    sending: t('Sending'),
    done: t('Done'),
    failed: t('Failed'),
  }[state];
}
