/**
 * The studio as the bridge sees it: commands in, updates out, previews. No sockets, no HTTP, no Electron.
 * @module
 */
import type {
  CommandAnswer,
  CommandArgs,
  CommandName,
  Refusal,
  Update,
} from '../../src-shared/bridge/contract.ts';

/** A command was not carried out, and nothing was changed. */
export class CommandRefused extends Error {
  readonly refusal: Refusal;
  constructor(code: string, message: string, field: string | null = null) {
    super(message);
    this.name = 'CommandRefused';
    this.refusal = { code, message, field };
  }
}

/** What can be watched: an ingest as it comes in, or what a target is really sent. */
export type PreviewOf = { readonly type: 'ingest' | 'target'; readonly id: string };

/** Where a preview's FLV bytes go: an HTTP response, a socket. */
export type PreviewSink = {
  /** Never blocks; what the line cannot take yet is buffered and counted in `backlogBytes`. */
  readonly write: (bytes: Uint8Array) => void;
  readonly backlogBytes: () => number;
  /** The stream is over: nothing will be written any more. */
  readonly end: () => void;
};

/** A preview under way. */
export type PreviewHandle = {
  /** Tell when `backlogBytes` has gone down again. */
  readonly drained: () => void;
  /** The viewer is gone. */
  readonly close: () => void;
};

/** What the bridge, the headless program and the shell may do with a studio. */
export type StudioPort = {
  /**
   * Arguments must already fit the contract's schema.
   * @throws {CommandRefused}
   */
  readonly carryOut: <K extends CommandName>(command: K, args: CommandArgs<K>) => Promise<CommandAnswer<K>>;
  /** Calls `listener` with the snapshot before it returns, then with every change in order. Returns the way to stop. */
  readonly subscribe: (listener: (update: Update) => void) => () => void;
  /**
   * Starts FLV output of an ingest or a target: waits for the encoder, or for the target to be sent something.
   * Undefined: there is no such thing.
   */
  readonly openPreview: (of: PreviewOf, sink: PreviewSink) => PreviewHandle | undefined;
  /** The newest keyframe of an ingest as a whole FLV; no pieces: it has no picture now. Undefined: no such ingest. */
  readonly stillOf: (ingestId: string) => readonly Uint8Array[] | undefined;
};
