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
  /** Starts FLV output of an ingest: waits for its encoder if there is none. Undefined: no such ingest. */
  readonly openPreview: (ingestId: string, sink: PreviewSink) => PreviewHandle | undefined;
};
