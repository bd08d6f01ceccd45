/**
 * The message streams of one connection at the server's end: which exist, and what each is used for.
 * @module
 */
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { MAX_MESSAGE_STREAMS } from '../limits.ts';

/** `ended`: was published, and is idle again; what an encoder still sends behind its goodbye is dropped. */
export type StreamUse = 'idle' | 'publish' | 'play' | 'ended';

/** See the module's words. */
export class ServerStreams {
  readonly #uses = new Map<number, StreamUse>();
  #nextId = 1;

  /** A new stream's ID; undefined: the connection has as many as it may. */
  create(): number | undefined {
    if (this.#uses.size >= MAX_MESSAGE_STREAMS) return undefined;
    const streamId = this.#nextId++;
    this.#uses.set(streamId, 'idle');
    return streamId;
  }

  /** What the stream is used for; undefined: there is none. */
  useOf(streamId: number): StreamUse | undefined {
    return this.#uses.get(streamId);
  }

  /** Puts a stream that exists to use. */
  use(streamId: number, use: 'publish' | 'play'): void {
    this.#uses.set(streamId, use);
  }

  /** Ends a stream's use, and the stream too unless it is kept; what it was used for. */
  end(streamId: number, { keep }: { readonly keep: boolean }): StreamUse | undefined {
    const use = this.#uses.get(streamId);
    if (use === undefined) return undefined;
    if (!keep) this.#uses.delete(streamId);
    else if (use === 'publish') this.#uses.set(streamId, 'ended');
    else if (use === 'play') this.#uses.set(streamId, 'idle');
    return use;
  }

  /** IDs of the streams that are published. */
  published(): number[] {
    return [...this.#uses].filter(([, use]) => use === 'publish').map(([streamId]) => streamId);
  }

  /** @throws {ProtocolError} `no-such-stream`, `stream-in-use`: nothing can be started on it. */
  expectFree(streamId: number): void {
    const use = this.#uses.get(streamId);
    if (use === undefined) throw new ProtocolError('no-such-stream', `stream ${streamId} was never created`);
    if (use === 'publish' || use === 'play')
      throw new ProtocolError('stream-in-use', `stream ${streamId} is in use`);
  }

  /**
   * Whether audio and video are taken on a stream; false: they came too late, and are dropped.
   * @throws {ProtocolError} `media-before-publish`: it would pass the key check by.
   */
  takesMedia(streamId: number): boolean {
    const use = this.#uses.get(streamId);
    if (use === 'publish') return true;
    const deleted = use === undefined && streamId > 0 && streamId < this.#nextId;
    if (use === 'ended' || deleted) return false;
    throw new ProtocolError('media-before-publish', 'audio or video came before publish was accepted');
  }
}
