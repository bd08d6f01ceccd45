/**
 * One ingest's stream: what late readers need, and the readers.
 * @module
 */
import { classifyMedia } from '../flv/classify.ts';
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

/** Where a reader starts. */
export type AttachOptions = {
  /** Stream time that has been sent before, ms: nothing at or before it comes again. Undefined: start with the cached GOP. */
  readonly afterMs?: number | undefined;
};

/** Lives as long as its ingest; encoders come and go. */
export class Stream {
  readonly #readers = new Set<StreamReader>();
  readonly #timeline = new Timeline();
  /** Newest metadata, sequence headers and configs, by the place each fills, oldest first. */
  readonly #slots = new Map<string, MediaMessage>();
  /** Slots as they were when the GOP began: a header that changes in mid-GOP must not be sent before it. */
  #gopSlots: readonly MediaMessage[] = [];
  #gop: MediaMessage[] = [];
  #gopBytes = 0;
  #hasVideo = false;
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

  /** An encoder connection begins to publish. */
  begin(): void {
    this.#timeline.begin();
    this.#slots.clear();
    this.#dropGop();
    this.#hasVideo = false;
    this.#firstMs = undefined;
    for (const reader of this.#readers) {
      reader.queue.awaitKeyframe();
      reader.began();
    }
  }

  /** The show is over: readers are told, the timeline starts at 0 again. */
  end(): void {
    this.#timeline.reset();
    this.#slots.clear();
    this.#dropGop();
    this.#hasVideo = false;
    for (const reader of [...this.#readers]) reader.ended();
  }

  /**
   * Takes a message from the encoder and offers it to every reader.
   * @param timestamp ms, unsigned 32 bits, as it came.
   * @param now ms, monotonic.
   */
  publish(typeId: number, timestamp: number, payload: Uint8Array, now: number): MediaMessage {
    const media = classifyMedia(typeId, payload);
    const isHeader = media.slots.length > 0 || (typeId !== AUDIO && typeId !== VIDEO);
    const timeMs = isHeader
      ? this.#timeline.placeHeader(typeId, timestamp)
      : this.#timeline.place(typeId, timestamp, now);
    const message: MediaMessage = { typeId, timeMs, payload, media, wire: undefined };
    this.#remember(message);
    if (!isHeader) this.#firstMs ??= timeMs;
    const audioOnly = !this.#hasVideo && timeMs - (this.#firstMs ?? timeMs) > AUDIO_ONLY_AFTER_MS;
    if (media.role === 'keyframe' || (audioOnly && media.role === 'audio')) this.#letGo();
    for (const reader of this.#readers) {
      reader.queue.offer(message, audioOnly);
      reader.wake();
    }
    return message;
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
    reader.queue.start(headers, gop);
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
      this.#gopSlots = [...new Set(this.#slots.values())];
    } else if (this.#gop.length === 0) return;
    this.#gop.push(message);
    this.#gopBytes += message.payload.length + MESSAGE_OVERHEAD_BYTES;
    const spanMs = message.timeMs - (this.#gop[0]?.timeMs ?? message.timeMs);
    if (this.#gopBytes > this.#maxGopBytes || spanMs > MAX_GOP_MS) this.#dropGop();
  }

  #dropGop(): void {
    this.#gop = [];
    this.#gopBytes = 0;
    this.#gopSlots = [];
  }
}
