/**
 * The caller's end of the contract, over any transport.
 * @module
 */
import {
  commands,
  fromStudioSchema,
  type CommandAnswer,
  type CommandArgs,
  type CommandName,
  type Refusal,
  type ToStudio,
  type Update,
} from './contract.ts';
import type { BridgeTransport } from './transport.ts';

/** A command that the studio did not carry out; `refusal` says why, in words. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}

const LINE_LOST: Refusal = {
  code: 'studio-not-reachable',
  message: 'The connection to the studio was lost before it answered. Try again once it is back.',
  field: null,
};

const NOT_UNDERSTOOD: Refusal = {
  code: 'answer-not-understood',
  message:
    'The studio answered something this window does not understand. Reload the window: it may be older than the studio.',
  field: null,
};

type Pending = { command: CommandName; resolve: (value: unknown) => void; reject: (error: Error) => void };

/** Calls commands and hands on updates. One per transport; a new line needs a new client. */
export class BridgeClient {
  readonly #transport: BridgeTransport;
  readonly #pending = new Map<number, Pending>();
  #nextCallId = 1;
  #closed = false;
  #onUpdate: (update: Update) => void = () => undefined;

  /** @param onClosed Called once when the line is gone, after every open call was refused. */
  constructor(transport: BridgeTransport, onClosed: () => void = () => undefined) {
    this.#transport = transport;
    transport.onMessage((text) => {
      this.#receive(text);
    });
    transport.onClose(() => {
      this.#closed = true;
      for (const { reject } of this.#pending.values()) reject(new RefusedError(LINE_LOST));
      this.#pending.clear();
      onClosed();
    });
  }

  /** Asks for the snapshot and every update after it. */
  subscribe(onUpdate: (update: Update) => void): void {
    this.#onUpdate = onUpdate;
    this.#send({ kind: 'subscribe' });
  }

  /** @throws {RefusedError} When the studio says no, or cannot be reached. */
  call<K extends CommandName>(command: K, args: CommandArgs<K>): Promise<CommandAnswer<K>> {
    if (this.#closed) return Promise.reject(new RefusedError(LINE_LOST));
    const callId = this.#nextCallId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(callId, { command, resolve: resolve as (value: unknown) => void, reject });
      this.#send({ kind: 'call', callId, command, args });
    });
  }

  #send(message: ToStudio): void {
    this.#transport.send(JSON.stringify(message));
  }

  #receive(text: string): void {
    const message = fromStudioSchema.parse(JSON.parse(text));
    if (message.kind === 'update') {
      this.#onUpdate(message.update);
      return;
    }
    const pending = this.#pending.get(message.callId);
    if (pending === undefined) return;
    this.#pending.delete(message.callId);
    if (message.kind === 'refusal') {
      pending.reject(new RefusedError(message.refusal));
      return;
    }
    const answer = commands[pending.command].answer.safeParse(message.value);
    if (answer.success) pending.resolve(answer.data);
    else pending.reject(new RefusedError(NOT_UNDERSTOOD));
  }
}
