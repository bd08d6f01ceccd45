/**
 * A stream as FLV over any line of bytes, for players that fetch it over HTTP. When codec or size change, the FLV ends:
 * players cope with a new stream better than with new codecs in mid-stream.
 * @module
 */
import { sameBytes } from '../bytes/join.ts';
import { flvFileHeader, flvTag } from '../flv/flv-tags.ts';
import { stripSetDataFrame } from '../flv/metadata.ts';
import type { MediaMessage } from '../hub/media-message.ts';
import { ReaderQueue } from '../hub/reader-queue.ts';
import type { StreamReader } from '../hub/stream.ts';

/** What a preview lags before it skips to the newest keyframe, ms: a preview that is late shows nothing true. */
const PREVIEW_QUEUE_MS = 1_500;
/** Bytes a preview may lag. */
const PREVIEW_QUEUE_BYTES = 16 * 1024 * 1024;
/** Bytes that may wait in the line before the queue takes over. */
const LINE_BACKLOG_BYTES = 512 * 1024;

/** Where the bytes go. */
export type PreviewLine = {
  readonly write: (bytes: Uint8Array) => void;
  readonly backlogBytes: () => number;
  readonly end: () => void;
};

/** What is watched: a stream of the hub, or what stands for one. */
export type PreviewSource = {
  readonly attach: (reader: StreamReader) => void;
  readonly detach: (reader: StreamReader) => void;
};

/** Attach with `start`; it writes as the line takes it. */
export class FlvPreview implements StreamReader {
  readonly queue = new ReaderQueue({ maxMs: PREVIEW_QUEUE_MS, maxBytes: PREVIEW_QUEUE_BYTES });
  readonly #source: PreviewSource;
  readonly #line: PreviewLine;
  #startMs: number | undefined;
  /** Sequence headers that the player has, by slot: it cannot change to another codec or size. */
  readonly #given = new Map<string, Uint8Array>();
  #over = false;

  constructor(source: PreviewSource, line: PreviewLine) {
    this.#source = source;
    this.#line = line;
  }

  start(): void {
    this.#line.write(flvFileHeader());
    this.#source.attach(this);
  }

  /** The viewer is gone. */
  close(): void {
    this.#over = true;
    this.#source.detach(this);
    this.queue.clear();
  }

  readonly wake = (): void => {
    while (!this.#over && this.#line.backlogBytes() < LINE_BACKLOG_BYTES) {
      const message = this.queue.take();
      if (message === undefined) return;
      if (this.#startsAnew(message)) return;
      // Players of live FLV want time to start near 0; a header that is sent again may stand far before the frames.
      if (message.media.slots.length === 0) this.#startMs ??= message.timeMs;
      const payload = message.typeId === 18 ? stripSetDataFrame(message.payload) : message.payload;
      const timeMs = Math.max(0, message.timeMs - (this.#startMs ?? message.timeMs));
      this.#line.write(flvTag(message.typeId, timeMs, payload));
    }
  };

  /** The line has sent what it held. */
  readonly drained = (): void => {
    this.wake();
  };

  readonly began = (): void => undefined;

  readonly ended = (): void => {
    this.#finish();
  };

  /** Ends the preview where a new stream of another form begins; the window opens it again at once. */
  #startsAnew({ media, payload }: MediaMessage): boolean {
    if (media.role !== 'sequence-header') return false;
    for (const slot of media.slots) {
      const given = this.#given.get(slot);
      if (given !== undefined && !sameBytes(given, payload)) {
        this.#finish();
        return true;
      }
      this.#given.set(slot, payload);
    }
    return false;
  }

  #finish(): void {
    if (this.#over) return;
    this.close();
    this.#line.end();
  }
}
