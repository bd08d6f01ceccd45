/**
 * Two joined transports without a network, for tests: bytes move when the test says so.
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';
import { lend } from '../../bytes/testing/lend.ts';
import type { Clock, Timer } from '../../platform/clock.ts';
import type { TransportError, Transport, TransportListener } from '../transport.ts';

type PairOptions = {
  /** Makes `end` close by its grace time; without it a stalled end waits for ever. */
  readonly clock?: Clock;
  readonly nearAddress?: string;
  readonly farAddress?: string;
};

/** One end. Nothing reaches a listener but in `flush`, `take` and `cut`: as with a socket, never inside a call. */
export class MemoryTransport implements Transport {
  /** Pieces as they were written, in order, by the identity of each array. */
  readonly written: Uint8Array[] = [];
  /** Pieces of each `write`, by the identity of what was handed over. */
  readonly writes: (readonly Uint8Array[])[] = [];
  /** While true nothing written here moves. */
  stalled = false;
  /** Bytes that the system pretends to hold on top of what waits. */
  pretendedBacklogBytes = 0;
  readonly remoteAddress: string;
  readonly #clock: Clock | undefined;
  #peer: MemoryTransport | undefined;
  #listener: TransportListener | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #bytesSent = 0;
  /** Delivered before anybody listened. */
  #early: Uint8Array[] = [];
  #ended = false;
  #grace: Timer | undefined;
  #closing: { readonly error: TransportError | undefined } | undefined;
  #closed = false;
  /** Told to close, so that it does without anybody to tell; a close from the other end waits for its listener. */
  #closedByUs = false;

  constructor(remoteAddress: string, clock: Clock | undefined) {
    this.remoteAddress = remoteAddress;
    this.#clock = clock;
  }

  /** Whether this end can still send or receive. */
  get isOpen(): boolean {
    return !this.#closed && this.#closing === undefined && !this.#ended;
  }

  /** Whether the line is gone for this end. */
  get isClosed(): boolean {
    return this.#closed;
  }

  join(peer: MemoryTransport): void {
    this.#peer = peer;
  }

  readonly write = (pieces: readonly Uint8Array[]): void => {
    if (!this.isOpen) return;
    this.writes.push(pieces);
    for (const piece of pieces) {
      this.written.push(piece);
      this.#waiting.push(piece);
      this.#waitingBytes += piece.length;
    }
  };

  readonly backlogBytes = (): number => this.#waitingBytes + this.pretendedBacklogBytes;

  readonly bytesSent = (): number => this.#bytesSent;

  readonly listen = (listener: TransportListener): void => {
    if (this.#listener !== undefined) throw new Error('a transport has one listener');
    this.#listener = listener;
  };

  readonly end = (graceMs: number): void => {
    this.#closedByUs = true;
    this.#ended = true;
    this.#grace ??= this.#clock?.after(graceMs, () => {
      this.destroy();
    });
  };

  readonly destroy = (): void => {
    if (this.#closed) return;
    this.#closedByUs = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#closing ??= { error: undefined };
  };

  /** Hands all that waits to the other end, then tells what has closed. True: something happened. */
  flush(): boolean {
    const moved = this.take(Number.POSITIVE_INFINITY);
    const early = this.#listener === undefined ? [] : this.#early.splice(0);
    for (const bytes of early) if (this.#listener !== undefined) lend(bytes, this.#listener.bytes);
    if (this.#ended && this.#waitingBytes === 0) this.#closing ??= { error: undefined };
    return this.#tellClosed() || moved || early.length > 0;
  }

  /** Hands at most `byteCount` of what waits to the other end. True: something moved. */
  take(byteCount: number): boolean {
    if (this.stalled || this.#closed || this.#closing !== undefined || this.#waitingBytes === 0) return false;
    const all = joinBytes(this.#waiting);
    const taken = all.slice(0, Math.min(byteCount, all.length));
    this.#waiting = taken.length < all.length ? [all.subarray(taken.length)] : [];
    this.#waitingBytes = all.length - taken.length;
    this.#bytesSent += taken.length;
    this.#peer?.deliver(taken);
    if (this.backlogBytes() === 0) this.#listener?.drained();
    return true;
  }

  /** The line breaks: both ends are told at once. */
  cut(error: TransportError | undefined): void {
    this.#closing ??= { error };
    const peer = this.#peer;
    if (peer !== undefined) peer.#closing ??= { error };
    this.#tellClosed();
    if (peer !== undefined) peer.#tellClosed();
  }

  deliver(bytes: Uint8Array): void {
    if (this.#closed || this.#closing !== undefined) return;
    if (this.#listener === undefined) this.#early.push(bytes);
    else lend(bytes, this.#listener.bytes);
  }

  #tellClosed(): boolean {
    if (this.#closing === undefined || this.#closed) return false;
    if (this.#listener === undefined && !this.#closedByUs) return false;
    this.#closed = true;
    this.#grace?.cancel();
    const peer = this.#peer;
    if (peer !== undefined) peer.#closing ??= { error: undefined };
    this.#listener?.closed(this.#closing.error);
    return true;
  }
}

/** A line with two ends. */
export class MemoryLine {
  readonly near: MemoryTransport;
  readonly far: MemoryTransport;

  constructor({ clock, nearAddress = '127.0.0.1:50000', farAddress = '192.0.2.1:1935' }: PairOptions = {}) {
    this.near = new MemoryTransport(farAddress, clock);
    this.far = new MemoryTransport(nearAddress, clock);
    this.near.join(this.far);
    this.far.join(this.near);
  }

  /** Carries bytes both ways until both ends are quiet. True: something happened. */
  flush(): boolean {
    let happened = false;
    for (let round = 0; ; round++) {
      if (round > 10_000) throw new Error('the two ends never fall silent');
      const near = this.near.flush();
      const far = this.far.flush();
      if (!near && !far) return happened;
      happened = true;
    }
  }
}
