/**
 * What one reader has still to send. A reader that cannot keep up loses its own frames, whole GOPs of them, and
 * nobody else's; audio and headers stay as long as they fit.
 * @module
 */
import { sameBytes } from '../bytes/join.ts';
import { READER_QUEUE_BYTES, READER_QUEUE_MS } from './limits.ts';
import { atTime, type MediaMessage } from './media-message.ts';

/** Sent items are cut off the array in batches of this many, so that taking one costs nothing. */
const COMPACT_AT = 256;

/** What of the stream a reader gets: everything; sound and keyframes; sound alone. */
export type Shed = 'none' | 'keyframes' | 'sound';

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
  /** The limit was met, and the queue has not been empty since. */
  #isRelieving = false;
  #shed: Shed = 'none';
  /** Times of what came last, ms: a stream that is changed for another must not take the reader back. */
  #lastAudioMs = 0;
  #lastVideoMs = 0;
  /** Headers that this reader has been given, by slot. */
  readonly #given = new Map<string, Uint8Array>();

  constructor(limits: ReaderQueueLimits = { maxMs: READER_QUEUE_MS, maxBytes: READER_QUEUE_BYTES }) {
    this.#limits = limits;
  }

  /** Stream time between the oldest and the newest waiting message, ms; headers are never late and do not count. */
  get queuedMs(): number {
    return this.#spanMs(isTimed);
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

  /** How often the limit was met; once for each time that the reader falls behind and has not caught up yet. */
  get overflows(): number {
    return this.#overflows;
  }

  /** Starts, or starts anew: headers first, then the GOP so far (empty: from the next keyframe on). */
  start(headers: readonly MediaMessage[], gop: readonly MediaMessage[]): void {
    this.clear();
    this.timeBegins();
    this.#awaitsKeyframe = gop.length === 0;
    this.#started = !this.#awaitsKeyframe;
    for (const message of headers) this.#append(message);
    for (const message of gop)
      if (this.#shed === 'none' || !this.#isShed(message.media.role)) this.#append(message);
    if (this.#bytes > this.#limits.maxBytes) {
      this.clear();
      this.#awaitsKeyframe = true;
      this.#started = false;
      for (const message of headers) this.#append(message);
      this.#dropHeaders();
    }
    this.#allowanceMs = this.queuedMs;
  }

  /** Another stream on the same time goes on from its keyframe; what waits stays, headers that it has do not come again. */
  goOn(headers: readonly MediaMessage[], gop: readonly MediaMessage[]): void {
    this.awaitKeyframe();
    for (const header of headers) {
      if (!this.#isGiven(header)) this.offer(header, false);
    }
    for (const message of gop) if (!isHeader(message)) this.offer(message, false);
  }

  /** Time of the newest picture that came, ms; 0: none. */
  get lastVideoMs(): number {
    return this.#lastVideoMs;
  }

  get shed(): Shed {
    return this.#shed;
  }

  /** Less of the stream, or more again, from now on; the picture comes back with a keyframe. */
  setShed(shed: Shed): void {
    if (shed === this.#shed) return;
    if (this.#shed !== 'none') this.#awaitsKeyframe = true;
    this.#shed = shed;
  }

  /** Throws away what waits, uncounted. */
  clear(): void {
    this.#items = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#isRelieving = false;
  }

  /** What comes next stands at the beginning of a timeline. */
  timeBegins(): void {
    this.#lastAudioMs = 0;
    this.#lastVideoMs = 0;
    this.#given.clear();
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
    if (this.#shed !== 'none' && this.#isShed(role)) return;
    if (message.typeId === 8 && message.timeMs < this.#lastAudioMs) {
      if (isHeader(message)) this.#append(atTime(message, this.#lastAudioMs));
      return;
    }
    if (role === 'keyframe') {
      this.#awaitsKeyframe = false;
      this.#started = true;
    } else if (role === 'inter' && this.#awaitsKeyframe) {
      if (this.#started) this.#droppedFrames++;
      return;
    } else if (role === 'audio' && !this.#started) {
      if (!audioOnly) return;
      this.#started = true;
    } else if (role === 'empty' && (message.typeId === 9 ? this.#awaitsKeyframe : !this.#started)) {
      return;
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
      // Most queues hold one message at a time: popping it keeps the array's room, a length of 0 gives it away.
      if (this.#head === 1) this.#items.pop();
      else this.#items.length = 0;
      this.#head = 0;
      this.#allowanceMs = 0;
      this.#isRelieving = false;
    } else if (this.#head >= COMPACT_AT) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return message;
  }

  #append(message: MediaMessage): void {
    this.#items.push(message);
    this.#bytes += message.payload.length;
    if (message.typeId === 8) this.#lastAudioMs = message.timeMs;
    else if (message.typeId === 9) this.#lastVideoMs = message.timeMs;
    for (const slot of message.media.slots) this.#given.set(slot, message.payload);
  }

  #isGiven({ media, payload }: MediaMessage): boolean {
    return media.slots.every((slot) => {
      const given = this.#given.get(slot);
      return given !== undefined && sameBytes(given, payload);
    });
  }

  /** Counts what is shed. */
  #isShed(role: MediaMessage['media']['role']): boolean {
    if (role !== 'inter' && !(role === 'keyframe' && this.#shed === 'sound')) {
      if (this.#shed === 'sound') this.#started = true;
      return false;
    }
    if (this.#started) this.#droppedFrames++;
    return true;
  }

  #isOver(): boolean {
    return this.#bytes > this.#limits.maxBytes || this.queuedMs > this.#limits.maxMs + this.#allowanceMs;
  }

  /** Late video goes first, whole GOPs of it; then the oldest of the rest, until it fits. */
  #relieve(): void {
    if (!this.#isRelieving) this.#overflows++;
    this.#isRelieving = true;
    this.#allowanceMs = 0;
    if (this.#videoIsOver()) this.#dropLateVideo();
    while (this.#isOver() && this.#dropOldest((message) => !isHeader(message) && !isFrame(message)));
    if (this.#isOver()) this.#dropAllVideo();
    this.#dropHeaders();
  }

  /** Drops all video before the newest waiting keyframe; if that is not enough, that GOP too. */
  #dropLateVideo(): void {
    let newestKeyframe = this.#items.length - 1;
    while (newestKeyframe > this.#head && this.#items[newestKeyframe]?.media.role !== 'keyframe')
      newestKeyframe--;
    // A lone keyframe that has just come is kept: dropping it would only mean waiting for the next one.
    if (newestKeyframe > this.#head) this.#dropVideo(newestKeyframe);
    if (newestKeyframe <= this.#head || this.#videoIsOver()) this.#dropAllVideo();
  }

  #dropAllVideo(): void {
    this.#dropVideo(this.#items.length);
    this.#awaitsKeyframe = true;
  }

  #dropVideo(before: number): void {
    const kept: MediaMessage[] = [];
    for (let at = this.#head; at < this.#items.length; at++) {
      const message = this.#items[at];
      if (message === undefined) continue;
      if (isFrame(message) && at < before) {
        this.#droppedFrames++;
        this.#bytes -= message.payload.length;
      } else kept.push(message);
    }
    this.#items = kept;
    this.#head = 0;
  }

  #videoIsOver(): boolean {
    let bytes = 0;
    for (let at = this.#head; at < this.#items.length; at++) {
      const message = this.#items[at];
      if (message?.typeId === 9) bytes += message.payload.length;
    }
    return bytes > this.#limits.maxBytes || this.#spanMs(isFrame) > this.#limits.maxMs;
  }

  /** From the oldest waiting message that `counts` to the newest of all, ms. */
  #spanMs(counts: (message: MediaMessage) => boolean): number {
    const last = this.#items[this.#items.length - 1];
    for (let at = this.#head; at < this.#items.length; at++) {
      const message = this.#items[at];
      if (message !== undefined && last !== undefined && counts(message))
        return Math.max(0, last.timeMs - message.timeMs);
    }
    return 0;
  }

  /** The last resort, when headers alone are more than may wait: those first that newer ones replace. */
  #dropHeaders(): void {
    const isReplaced = (message: MediaMessage, at: number): boolean =>
      message.media.slots.every((slot) =>
        this.#items.some((later, laterAt) => laterAt > at && later.media.slots.includes(slot)),
      );
    while (this.#bytes > this.#limits.maxBytes && this.#dropOldest(isReplaced));
    while (this.#bytes > this.#limits.maxBytes && this.#dropOldest(() => true));
  }

  /** False: nothing waits that `expendable` names. */
  #dropOldest(expendable: (message: MediaMessage, at: number) => boolean): boolean {
    const at = this.#items.findIndex((message, index) => index >= this.#head && expendable(message, index));
    const [dropped] = at < 0 ? [] : this.#items.splice(at, 1);
    if (dropped === undefined) return false;
    this.#bytes -= dropped.payload.length;
    if (dropped.media.role === 'audio') this.#droppedAudio++;
    return true;
  }
}

function isFrame({ media }: MediaMessage): boolean {
  return media.role === 'keyframe' || media.role === 'inter';
}

/** Not a closure at the call: it is asked for every message of every reader. */
function isTimed(message: MediaMessage): boolean {
  return !isHeader(message);
}

function isHeader({ media }: MediaMessage): boolean {
  return media.slots.length > 0;
}
