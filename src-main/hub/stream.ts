/**
 * One ingest's stream: what late readers need, and the readers.
 * @module
 */
import { sameBytes } from '../bytes/join.ts';
import { classifyMedia, type MediaClass } from '../flv/classify.ts';
import {
  AUDIO_ONLY_AFTER_MS,
  MAX_GOP_BYTES,
  MAX_GOP_MS,
  MAX_SLOTS,
  MESSAGE_OVERHEAD_BYTES,
} from './limits.ts';
import { atTime, type MediaMessage } from './media-message.ts';
import type { ReaderQueue } from './reader-queue.ts';
import { Timeline } from './timeline.ts';

const AUDIO = 8;
const VIDEO = 9;

/** One consumer. The stream fills its queue and wakes it; how it sends is its own affair. */
export type StreamReader = {
  readonly queue: ReaderQueue;
  /** Something waits in the queue. */
  readonly wake: () => void;
  /** Another encoder connection begins: new headers will come; the timeline goes on. */
  readonly began: () => void;
  /** The show is over. */
  readonly ended: () => void;
};

/** Listens beside the readers: gets every message at its place on the timeline, at once, and queues nothing. */
export type StreamTap = {
  readonly message: (message: MediaMessage) => void;
  /** Another source begins, with these headers; they do not come as messages, too. */
  readonly began: (headers: readonly MediaMessage[]) => void;
  readonly ended: () => void;
};

/** A header that a source has sent before it goes on air, as it came. */
export type SourceHeader = { readonly typeId: number; readonly payload: Uint8Array };

/** A message as its source sent it; `timestamp` in ms, unsigned 32 bits. */
export type SourceMessage = SourceHeader & { readonly timestamp: number };

/** Where a reader starts. */
export type AttachOptions = {
  /** It comes from another stream on the same time: what waits is still sent, headers it has are not sent again. */
  readonly goesOn?: boolean;
  /** Stream time that has been sent before, ms: nothing at or before it comes again. Undefined: start with the cached GOP. */
  readonly afterMs?: number | undefined;
};

/** Lives as long as its ingest; encoders come and go. */
export class Stream {
  readonly #readers = new Set<StreamReader>();
  readonly #taps = new Set<StreamTap>();
  /** Asked after each keyframe, until they say true. */
  readonly #joining = new Set<(keyframe: MediaMessage) => boolean>();
  readonly #timeline = new Timeline();
  /** Newest metadata, sequence headers and configs, by the place each fills, oldest first. */
  readonly #slots = new Map<string, MediaMessage>();
  /** Slots as they were when the GOP began: a header that changes in mid-GOP must not be sent before it. */
  #gopSlots: readonly MediaMessage[] = [];
  #gop: MediaMessage[] = [];
  #gopBytes = 0;
  #lastKeyframe: MediaMessage | undefined;
  #lastAudio: MediaMessage | undefined;
  #hasVideo = false;
  /** A source that is known to have no picture need not show it by sound alone. */
  #audioOnlyAfterMs = AUDIO_ONLY_AFTER_MS;
  /** Readers that go at the next message that others may start with, and what they are told then. */
  readonly #leaving = new Map<StreamReader, () => void>();
  /** Time of the first message of this encoder connection; undefined before it. */
  #firstMs: number | undefined;
  readonly #maxGopBytes: number;

  constructor(maxGopBytes: number = MAX_GOP_BYTES) {
    this.#maxGopBytes = maxGopBytes;
  }

  get readerCount(): number {
    return this.#readers.size;
  }

  /** Bytes held for late readers. */
  get gopBytes(): number {
    return this.#gopBytes;
  }

  /** Time of the newest message, ms on the stream's timeline. */
  get lastMs(): number {
    return this.#timeline.lastMs;
  }

  /** The newest message of each slot: metadata, sequence headers, configs, oldest first. */
  get headers(): readonly MediaMessage[] {
    return [...new Set(this.#slots.values())];
  }

  /** The newest keyframe of this source; undefined: none yet. */
  get lastKeyframe(): MediaMessage | undefined {
    return this.#lastKeyframe;
  }

  /** The newest sound of this source; undefined: none yet. */
  get lastAudio(): MediaMessage | undefined {
    return this.#lastAudio;
  }

  /**
   * Another source begins to publish: an encoder, or what fills in for one. Of its headers readers get the new ones.
   * @param hasPicture False: it is known to send sound alone.
   */
  begin(headers: readonly SourceHeader[] = [], hasPicture = true): void {
    const before = new Map(this.#slots);
    this.#timeline.begin();
    this.#slots.clear();
    this.#dropGop();
    this.#forgetMedia();
    this.#audioOnlyAfterMs = hasPicture ? AUDIO_ONLY_AFTER_MS : -1;
    for (const reader of this.#readers) {
      reader.queue.awaitKeyframe();
      reader.began();
    }
    const messages = headers.map(({ typeId, payload }): MediaMessage => {
      const timeMs = this.#timeline.placeHeader(typeId, 0);
      return { typeId, timeMs, payload, media: classifyMedia(typeId, payload), wire: undefined };
    });
    for (const message of messages) {
      this.#remember(message);
      const isKnown = message.media.slots.every((slot) => {
        const known = before.get(slot)?.payload;
        return known !== undefined && sameBytes(known, message.payload);
      });
      if (!isKnown) this.#offer(message, false);
    }
    for (const tap of this.#taps) tap.began(messages);
  }

  /** The show is over: readers are told, the timeline starts at 0 again. */
  end(): void {
    this.#timeline.reset();
    this.#slots.clear();
    this.#dropGop();
    this.#forgetMedia();
    for (const reader of [...this.#readers]) {
      reader.queue.timeBegins();
      reader.ended();
    }
    for (const tap of this.#taps) tap.ended();
  }

  /**
   * Takes a message from the encoder and offers it to every reader.
   * @param timestamp ms, unsigned 32 bits, as it came.
   * @param now ms, monotonic.
   */
  publish(typeId: number, timestamp: number, payload: Uint8Array, now: number): MediaMessage {
    return this.take({ typeId, timestamp, payload }, classifyMedia(typeId, payload), now);
  }

  /** As `publish`, for a message whose class is known already. */
  take({ typeId, timestamp, payload }: SourceMessage, media: MediaClass, now: number): MediaMessage {
    const isHeader = media.slots.length > 0 || (typeId !== AUDIO && typeId !== VIDEO);
    const timeMs = isHeader
      ? this.#timeline.placeHeader(typeId, timestamp)
      : this.#timeline.place(typeId, timestamp, now);
    const message: MediaMessage = { typeId, timeMs, payload, media, wire: undefined };
    this.#deliver(message, isHeader);
    return message;
  }

  /**
   * Takes a message that has its place on the timeline already: from a stream that this one runs behind.
   * @param now ms, monotonic.
   */
  relay(message: MediaMessage, now: number): void {
    const { typeId, timeMs, media } = message;
    this.#timeline.note(typeId, timeMs, now);
    this.#deliver(message, media.slots.length > 0 || (typeId !== AUDIO && typeId !== VIDEO));
  }

  /** Adds a tap. Returns the way to take it off. */
  tap(tap: StreamTap): () => void {
    this.#taps.add(tap);
    return () => {
      this.#taps.delete(tap);
    };
  }

  /**
   * Asks after each keyframe from now on (or sound, where there is no picture), when the readers have it and it is the
   * whole cached GOP, until the answer is true. A reader that attaches then begins with that keyframe. Returns the
   * way to take it back.
   */
  joinAtKeyframe(join: (keyframe: MediaMessage) => boolean): () => void {
    this.#joining.add(join);
    return () => {
      this.#joining.delete(join);
    };
  }

  /** Adds a reader: metadata, sequence headers, then the GOP from its keyframe. */
  attach(reader: StreamReader, options: AttachOptions = {}): void {
    const { afterMs = -1 } = options;
    const newest = this.#gop[0];
    const first = newest !== undefined && newest.timeMs > afterMs ? newest : undefined;
    const known = first === undefined ? [...new Set(this.#slots.values())] : this.#gopSlots;
    const headers = known.map((header) => atTime(header, this.#headerMs(header.typeId, first)));
    // Sound of a GOP whose picture was dropped may have been sent already.
    const isNew = ({ timeMs, media }: MediaMessage): boolean => timeMs > afterMs || media.slots.length > 0;
    const gop = first === undefined ? [] : this.#gop.filter(isNew);
    if (options.goesOn === true) reader.queue.goOn(headers, gop);
    else reader.queue.start(headers, gop);
    this.#readers.add(reader);
    if (!reader.queue.isEmpty) reader.wake();
  }

  detach(reader: StreamReader): void {
    this.#readers.delete(reader);
    this.#leaving.delete(reader);
  }

  /**
   * Detaches a reader right before the message that one attached now begins with: the next keyframe, or sound where
   * there is no picture. So each message goes to one of both.
   * @param onDetached Called inside `publish`; what the reader has in its queue is its own to send.
   */
  detachAtKeyframe(reader: StreamReader, onDetached: () => void): void {
    if (this.#readers.has(reader)) this.#leaving.set(reader, onDetached);
  }

  /** Takes `detachAtKeyframe` back; false: too late, or never asked. */
  keepAttached(reader: StreamReader): boolean {
    return this.#leaving.delete(reader);
  }

  #deliver(message: MediaMessage, isHeader: boolean): void {
    const { timeMs, media } = message;
    this.#remember(message);
    if (!isHeader) this.#firstMs ??= timeMs;
    const audioOnly = !this.#hasVideo && timeMs - (this.#firstMs ?? timeMs) > this.#audioOnlyAfterMs;
    const isStart = media.role === 'keyframe' || (audioOnly && media.role === 'audio');
    if (isStart) this.#letGo();
    this.#offer(message, audioOnly);
    for (const tap of this.#taps) tap.message(message);
    if (!isStart) return;
    // A copy costs something on every keyframe only where somebody waits.
    if (this.#joining.size === 0) return;
    for (const join of [...this.#joining]) if (join(message)) this.#joining.delete(join);
  }

  #offer(message: MediaMessage, audioOnly: boolean): void {
    for (const reader of this.#readers) {
      reader.queue.offer(message, audioOnly);
      reader.wake();
    }
  }

  #letGo(): void {
    if (this.#leaving.size === 0) return;
    const leaving = [...this.#leaving];
    for (const [reader] of leaving) this.detach(reader);
    for (const [, onDetached] of leaving) onDetached();
  }

  /** Where a header stands that is sent again: not behind the sound or picture that follows it. */
  #headerMs(typeId: number, first: MediaMessage | undefined): number {
    const lastMs = this.#timeline.lastOf(typeId) ?? this.#timeline.lastMs;
    if (first === undefined) return typeId === AUDIO || typeId === VIDEO ? lastMs : this.#timeline.lastMs;
    if (typeId !== AUDIO) return first.timeMs;
    const audio = this.#gop.find((message) => message.typeId === AUDIO);
    return Math.min(first.timeMs, audio?.timeMs ?? lastMs);
  }

  #remember(message: MediaMessage): void {
    if (message.typeId === VIDEO) this.#hasVideo = true;
    for (const slot of message.media.slots) {
      this.#slots.delete(slot);
      if (this.#slots.size < MAX_SLOTS) this.#slots.set(slot, message);
    }
    if (message.media.role === 'keyframe') {
      this.#dropGop();
      this.#lastKeyframe = message;
      this.#gopSlots = [...new Set(this.#slots.values())];
    } else {
      if (message.media.role === 'audio') this.#lastAudio = message;
      if (this.#gop.length === 0) return;
    }
    this.#gop.push(message);
    this.#gopBytes += message.payload.length + MESSAGE_OVERHEAD_BYTES;
    const spanMs = message.timeMs - (this.#gop[0]?.timeMs ?? message.timeMs);
    if (this.#gopBytes > this.#maxGopBytes || spanMs > MAX_GOP_MS) this.#dropGop();
  }

  #forgetMedia(): void {
    this.#lastKeyframe = undefined;
    this.#lastAudio = undefined;
    this.#hasVideo = false;
    this.#firstMs = undefined;
  }

  #dropGop(): void {
    this.#gop = [];
    this.#gopBytes = 0;
    this.#gopSlots = [];
  }
}
