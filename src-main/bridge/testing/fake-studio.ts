/**
 * A studio without streams, for tests of what speaks to it.
 * @module
 */
import type { CommandName, Update } from '../../../src-shared/bridge/contract.ts';
import { DEFAULT_NOTICE_SETTINGS } from '../../../src-shared/model/notice.ts';
import type { StudioState } from '../../../src-shared/model/studio-state.ts';
import { SAMPLE_INGEST, SAMPLE_TARGET } from '../../../src-shared/model/testing/samples.ts';
import {
  CommandRefused,
  type PreviewOf,
  type PreviewSink,
  type StudioPort,
} from '../../studio/studio-port.ts';

/** An ingest that waits. */
export const FAKE_INGEST = SAMPLE_INGEST;

/** A target that is off. */
export const FAKE_TARGET = SAMPLE_TARGET;

/** A whole state of one ingest and one target. */
export const FAKE_STATE: StudioState = {
  version: '0.1.0',
  rtmpUrl: 'rtmp://127.0.0.1:1935/live',
  ingests: [FAKE_INGEST],
  targets: [FAKE_TARGET],
  connections: [],
  events: [],
  uplink: {
    totalKbps: 0,
    budgetKbps: null,
    measuredKbps: null,
    verdict: { kind: 'ok', message: '', targetIds: [], ingestId: null },
  },
  rehearsal: null,
  notices: DEFAULT_NOTICE_SETTINGS,
};

const DONE: readonly CommandName[] = [
  'ingest.delete',
  'target.delete',
  'targets.start-all',
  'targets.stop-all',
  'targets.reorder',
  'webhook.delete',
];

/** Remembers what it was asked, answers with fixed values, and lets the test send updates and previews. */
export class FakeStudio implements StudioPort {
  readonly calls: { command: CommandName; args: unknown }[] = [];
  readonly previews: { of: PreviewOf; sink: PreviewSink; drained: number; closed: boolean }[] = [];
  /** Of the one ingest. */
  still: readonly Uint8Array[] = [];
  /** Thrown by the next command when set. */
  failure: Error | undefined;
  readonly #listeners = new Set<(update: Update) => void>();

  /** Subscribers there are now. */
  get subscribers(): number {
    return this.#listeners.size;
  }

  readonly carryOut: StudioPort['carryOut'] = async (command, args) => {
    this.calls.push({ command, args });
    await Promise.resolve();
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
    // The answer of each command by its name: the compiler cannot follow that.
    return this.#answer(command, args) as never;
  };

  readonly subscribe = (listener: (update: Update) => void): (() => void) => {
    this.#listeners.add(listener);
    listener({ type: 'snapshot', state: FAKE_STATE });
    return () => void this.#listeners.delete(listener);
  };

  readonly openPreview: StudioPort['openPreview'] = (of, sink) => {
    if (of.id !== (of.type === 'ingest' ? FAKE_INGEST.id : FAKE_TARGET.id)) return undefined;
    const preview = { of, sink, drained: 0, closed: false };
    this.previews.push(preview);
    return {
      drained: () => {
        preview.drained += 1;
      },
      close: () => {
        preview.closed = true;
      },
    };
  };

  readonly stillOf: StudioPort['stillOf'] = (ingestId) =>
    ingestId === FAKE_INGEST.id ? this.still : undefined;

  /** Sends an update to every subscriber. */
  tell(update: Update): void {
    for (const listener of this.#listeners) listener(update);
  }

  #answer(command: CommandName, args: object): unknown {
    if (command === 'state.get') return FAKE_STATE;
    if (command === 'platforms.list') return [];
    const id = 'id' in args && typeof args.id === 'string' ? args.id : undefined;
    const [kind, known] = command.startsWith('ingest.')
      ? ['ingest', FAKE_INGEST.id]
      : ['target', FAKE_TARGET.id];
    if (id !== undefined && id !== known)
      throw new CommandRefused(`no-such-${kind}`, `There is no ${kind} ${id}.`);
    if (DONE.includes(command)) return null;
    if (command === 'window.url') return { url: '/' };
    if (command === 'ingest.preview-url') return { url: `/preview/${id ?? ''}.flv` };
    if (command === 'target.preview-url') return { url: `/preview/targets/${id ?? ''}.flv` };
    return kind === 'ingest' ? FAKE_INGEST : FAKE_TARGET;
  }
}
