/**
 * What one receiver has really been sent, as a stream of its own: after drops, shedding, hold and delay. While nobody
 * watches, nothing but headers is remembered.
 * @module
 */
import { Stream, type StreamReader } from '../hub/stream.ts';
import type { MediaMessage } from '../hub/media-message.ts';

/** Watchers attach as to any stream. It lives as long as the receiver; its connections (lines) come and go. */
export class SentStream {
  readonly #stream = new Stream();
  readonly #now: () => number;
  /** Lines that have sent something and are not over; the newest header of each slot that each has sent. */
  readonly #lines = new Map<object, Map<string, MediaMessage>>();
  /** The line that is shown. */
  #line: object | undefined;

  /** @param now ms, monotonic. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many watch. */
  get watchers(): number {
    return this.#stream.readerCount;
  }

  /** Bytes held for the next to watch. */
  get heldBytes(): number {
    return this.#stream.gopBytes;
  }

  /** The first to watch gets the headers that were sent, and the picture from the next keyframe that is sent. */
  attach(reader: StreamReader): void {
    if (this.#stream.readerCount === 0) this.#begin();
    this.#stream.attach(reader);
  }

  detach(reader: StreamReader): void {
    this.#stream.detach(reader);
    if (this.#stream.readerCount === 0) this.#stream.end();
  }

  /**
   * A line has written this. While two take turns at a keyframe, the one that has sent a keyframe last is shown.
   * @param message As it was sent, with the time that it was sent with.
   */
  take(line: object, message: MediaMessage): void {
    const { slots, role } = message.media;
    // Nearly every message is neither a header nor the first of its line.
    if (slots.length > 0 || line !== this.#line) this.#remember(line, message);
    if (line !== this.#line) {
      if (slots.length > 0 || (this.#line !== undefined && role !== 'keyframe')) return;
      this.#line = line;
      if (this.watchers > 0) this.#begin();
    }
    if (this.watchers > 0) this.#stream.relay(message, this.#now());
  }

  /** A line is over. Those who watch go on with another one, or are told the end and may ask again. */
  left(line: object): void {
    this.#lines.delete(line);
    if (line !== this.#line) return;
    this.#line = undefined;
    if (this.#lines.size === 0) this.#stream.end();
  }

  /** The receiver is gone for good, also for those who wait for its first picture. */
  close(): void {
    this.#lines.clear();
    this.#line = undefined;
    this.#stream.end();
  }

  #begin(): void {
    const headers = this.#line === undefined ? undefined : this.#lines.get(this.#line);
    this.#stream.begin([...new Set(headers?.values() ?? [])]);
  }

  #remember(line: object, message: MediaMessage): void {
    let headers = this.#lines.get(line);
    if (headers === undefined) {
      headers = new Map();
      this.#lines.set(line, headers);
    }
    for (const slot of message.media.slots) headers.set(slot, message);
  }
}
