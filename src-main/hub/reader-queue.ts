/**
 * What one reader has still to send. A reader that cannot keep up loses its own frames, whole GOPs of them, and
 * nobody else's; audio and headers stay as long as they fit.
 * @module
 */
import { READER_QUEUE_BYTES, READER_QUEUE_MS } from './limits.ts';
import type { MediaMessage } from './media-message.ts';

/** Sent items are cut off the array in batches of this many, so that taking one costs nothing. */
const COMPACT_AT = 256;

/** Limits of one queue. */
export type ReaderQueueLimits = { readonly maxMs: number; readonly maxBytes: number };

/** Bounded in stream time and bytes. Single reader: `offer` at the back, `take` at the front. */
export class ReaderQueue {
  readonly #limits: ReaderQueueLimits;
  #items: MediaMessage[] = [];
  #head = 0;
  #bytes = 0;
  /** Video is thrown away until a keyframe comes: at the start, and after an overflow. */
  #awaitsKeyframe = true;
  /** Before the first keyframe audio is held back too: a player that starts with sound alone shows black. */
  #started = false;
  /** Time a first GOP may add to the limit until it has been sent, ms. */
  #allowanceMs = 0;
  #droppedFrames = 0;
  #droppedAudio = 0;
  #overflows = 0;

  constructor(limits: ReaderQueueLimits = { maxMs: READER_QUEUE_MS, maxBytes: READER_QUEUE_BYTES }) {
    this.#limits = limits;
  }

  /** Stream time between the oldest and the newest waiting message, ms. */
  get queuedMs(): number {
    const first = this.#items[this.#head];
    const last = this.#items[this.#items.length - 1];
    return first === undefined || last === undefined ? 0 : Math.max(0, last.timeMs - first.timeMs);
  }

  get queuedBytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#head >= this.#items.length;
  }

  /** Video messages that this reader has lost. */
  get droppedFrames(): number {
    return this.#droppedFrames;
  }

  get droppedAudio(): number {
    return this.#droppedAudio;
  }

  /** How often the limit was met. */
  get overflows(): number {
    return this.#overflows;
  }

  /** Starts, or starts anew: headers first, then the GOP so far (empty: from the next keyframe on). */
  start(headers: readonly MediaMessage[], gop: readonly MediaMessage[]): void {
    this.clear();
    this.#awaitsKeyframe = gop.length === 0;
    this.#started = !this.#awaitsKeyframe;
    for (const message of headers) this.#append(message);
    for (const message of gop) this.#append(message);
    this.#allowanceMs = this.queuedMs;
  }

  /** Throws away what waits, uncounted. */
  clear(): void {
    this.#items = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  /** Another encoder begins: what waits is still sent, then nothing but headers until its first keyframe. */
  awaitKeyframe(): void {
    this.#awaitsKeyframe = true;
    this.#started = false;
  }

  /**
   * Takes in a new message, or drops it by the rule.
   * @param audioOnly The stream has no video: audio is not held back for a keyframe.
   */
  offer(message: MediaMessage, audioOnly: boolean): void {
    const { role } = message.media;
    if (role === 'keyframe') {
      this.#awaitsKeyframe = false;
      this.#started = true;
    } else if (role === 'inter' && this.#awaitsKeyframe) {
      if (this.#started) this.#droppedFrames++;
      return;
    } else if (role === 'audio' && !this.#started) {
      if (!audioOnly) return;
      this.#started = true;
    }
    this.#append(message);
    if (this.#isOver()) this.#relieve();
  }

  /** The next message to send; undefined: nothing waits. */
  take(): MediaMessage | undefined {
    const message = this.#items[this.#head];
    if (message === undefined) return undefined;
    this.#head++;
    this.#bytes -= message.payload.length;
    if (this.#head >= this.#items.length) {
      this.#items.length = 0;
      this.#head = 0;
      this.#allowanceMs = 0;
    } else if (this.#head >= COMPACT_AT) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return message;
  }

  #append(message: MediaMessage): void {
    this.#items.push(message);
    this.#bytes += message.payload.length;
  }

  #isOver(): boolean {
    return this.#bytes > this.#limits.maxBytes || this.queuedMs > this.#limits.maxMs + this.#allowanceMs;
  }

  /** Drops all video before the newest waiting keyframe; if that is not enough, that GOP too; then old audio. */
  #relieve(): void {
    this.#overflows++;
    this.#allowanceMs = 0;
    let newestKeyframe = -1;
    for (let at = this.#items.length - 1; at > this.#head && newestKeyframe < 0; at--) {
      if (this.#items[at]?.media.role === 'keyframe') newestKeyframe = at;
    }
    // A lone keyframe that has just come is kept: dropping it would only mean waiting for the next one.
    if (newestKeyframe > this.#head) this.#dropVideo(newestKeyframe);
    if (newestKeyframe <= this.#head || this.#videoBytes() > this.#limits.maxBytes) {
      this.#dropVideo(this.#items.length);
      this.#awaitsKeyframe = true;
    }
    while (this.#isOver() && this.#dropOldestAudio());
  }

  #dropVideo(before: number): void {
    const kept: MediaMessage[] = [];
    for (let at = this.#head; at < this.#items.length; at++) {
      const message = this.#items[at];
      if (message === undefined) continue;
      const isFrame = message.media.role === 'keyframe' || message.media.role === 'inter';
      if (isFrame && at < before) {
        this.#droppedFrames++;
        this.#bytes -= message.payload.length;
      } else kept.push(message);
    }
    this.#items = kept;
    this.#head = 0;
  }

  #videoBytes(): number {
    let bytes = 0;
    for (let at = this.#head; at < this.#items.length; at++) {
      const message = this.#items[at];
      if (message?.typeId === 9) bytes += message.payload.length;
    }
    return bytes;
  }

  #dropOldestAudio(): boolean {
    const at = this.#items.findIndex(
      (message, index) => index >= this.#head && message.media.role === 'audio',
    );
    const [dropped] = at < 0 ? [] : this.#items.splice(at, 1);
    if (dropped === undefined) return false;
    this.#bytes -= dropped.payload.length;
    this.#droppedAudio++;
    return true;
  }
}
