/**
 * One ingest's stream: what late readers need, and the readers.
 * @module
 */
import { classifyMedia } from '../flv/classify.ts';
import { AUDIO_ONLY_AFTER_MS, MAX_GOP_BYTES, MAX_SLOTS } from './limits.ts';
import { atTime, type MediaMessage } from './media-message.ts';
import type { ReaderQueue } from './reader-queue.ts';
import { Timeline } from './timeline.ts';

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
    const timeMs = this.#timeline.place(typeId, timestamp, now);
    const message: MediaMessage = { typeId, timeMs, payload, media, wire: undefined };
    this.#remember(message);
    this.#firstMs ??= timeMs;
    const audioOnly = !this.#hasVideo && timeMs - this.#firstMs > AUDIO_ONLY_AFTER_MS;
    for (const reader of this.#readers) {
      reader.queue.offer(message, audioOnly);
      reader.wake();
    }
    return message;
  }

  /** Adds a reader: metadata, sequence headers, then the GOP from its keyframe. */
  attach(reader: StreamReader, options: AttachOptions = {}): void {
    const first = this.#gop[0];
    const useGop = first !== undefined && (options.afterMs === undefined || first.timeMs > options.afterMs);
    const startMs = useGop ? first.timeMs : this.#timeline.lastMs;
    const headers = (useGop ? this.#gopSlots : [...this.#slots.values()]).map((header) =>
      atTime(header, startMs),
    );
    reader.queue.start(headers, useGop ? this.#gop : []);
    this.#readers.add(reader);
    if (!reader.queue.isEmpty) reader.wake();
  }

  detach(reader: StreamReader): void {
    this.#readers.delete(reader);
  }

  #remember(message: MediaMessage): void {
    if (message.typeId === 9) this.#hasVideo = true;
    for (const slot of message.media.slots) {
      this.#slots.delete(slot);
      if (this.#slots.size < MAX_SLOTS) this.#slots.set(slot, message);
    }
    if (message.media.role === 'keyframe') {
      this.#dropGop();
      this.#gopSlots = [...new Set(this.#slots.values())];
    } else if (this.#gop.length === 0) return;
    this.#gop.push(message);
    this.#gopBytes += message.payload.length;
    if (this.#gopBytes > this.#maxGopBytes) this.#dropGop();
  }

  #dropGop(): void {
    this.#gop = [];
    this.#gopBytes = 0;
    this.#gopSlots = [];
  }
}
