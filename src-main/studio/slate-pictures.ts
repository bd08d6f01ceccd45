/**
 * The pictures that viewers see while an encoder is gone, one per ingest, each made ahead of need to match what its
 * encoder sends.
 * @module
 */
import type { HoldPicture, SlateReport } from '../../src-shared/model/ingest.ts';
import { sameBytes } from '../bytes/join.ts';
import type { SlateVideo } from '../ffmpeg/slate-arguments.ts';
import type { SlateLoop } from '../filler/slate-loop.ts';
import { videoCodecOf } from '../health/codec-line.ts';
import type { Stream } from '../hub/stream.ts';
import type { Clock } from '../platform/clock.ts';

/** What the picture must match. */
export type SlateWish = SlateVideo & {
  /** File; empty: the built-in one. */
  readonly picture: string;
};

/**
 * Makes pictures; outside of the studio, with FFmpeg.
 * `make` rejects with an `Error` whose message is a sentence for the streamer.
 */
export type SlateMaker = {
  /** Whether there is an FFmpeg at all; undefined: not looked for yet. */
  readonly isThere: () => boolean | undefined;
  readonly make: (wish: SlateWish, signal: AbortSignal) => Promise<SlateLoop>;
};

/** The encoder's settings must stand for this long before a picture is made for them, ms. */
const SETTLED_MS = 2_000;
/** Tries again after a failure, ms: the file may have come back. */
const AGAIN_AFTER_MS = 60_000;

const CODECS: Readonly<Record<string, SlateWish['codec']>> = { 'H.264': 'avc1', HEVC: 'hvc1', AV1: 'av01' };
/** Rates that encoders mean when their measured one is close; finer steps would change with every measurement. */
const COMMON_RATES = [24, 25, 30, 48, 50, 60, 90, 100, 120];

type Entry = {
  /** What is wanted now, as text, and since when, ms, monotonic. */
  wished: string;
  wishedSince: number;
  /** What the loop was made for: the wish, and the encoder's header then. */
  madeFor: string;
  header: Uint8Array | undefined;
  loop: SlateLoop | undefined;
  failure: string;
  failedAt: number;
  making: AbortController | undefined;
};

/** By ingest id. */
export class SlatePictures {
  readonly #maker: SlateMaker;
  readonly #clock: Clock;
  readonly #changed: (ingestId: string) => void;
  readonly #entries = new Map<string, Entry>();

  constructor(maker: SlateMaker, clock: Clock, changed: (ingestId: string) => void) {
    this.#maker = maker;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Once a second while an encoder is on air: makes a picture when what it must match has changed. */
  refresh(
    ingestId: string,
    { stream, picture, fps }: { stream: Stream; picture: string; fps: number | null },
  ): void {
    const header = videoHeader(stream);
    const wish = header === undefined ? undefined : wishFor(header, picture, fps);
    if (header === undefined || wish === undefined) return;
    const entry = this.#entry(ingestId);
    const now = this.#clock.now();
    const wished = JSON.stringify(wish);
    if (wished !== entry.wished) {
      entry.wished = wished;
      entry.wishedSince = now;
      entry.failure = '';
      entry.making?.abort();
    }
    const isSettled = now - entry.wishedSince >= SETTLED_MS;
    const mayTry = entry.failure === '' || now - entry.failedAt >= AGAIN_AFTER_MS;
    if (entry.madeFor === wished) entry.header = header;
    else if (isSettled && mayTry && entry.making === undefined && this.#maker.isThere() === true)
      void this.#make(ingestId, entry, { wish, wished, header });
  }

  /** The loop, when it is ready and was made for what the stream is now. */
  loop(ingestId: string, stream: Stream): SlateLoop | undefined {
    const entry = this.#entries.get(ingestId);
    const header = videoHeader(stream);
    const fits = entry?.header !== undefined && header !== undefined && sameBytes(entry.header, header);
    return fits ? entry.loop : undefined;
  }

  report(ingestId: string, wanted: HoldPicture): SlateReport {
    if (wanted === 'freeze') return { state: 'off', message: '' };
    if (this.#maker.isThere() === false) {
      const words =
        'There is no FFmpeg here to make the picture with: viewers would see the last picture. Install FFmpeg, or set its path in the settings.';
      return { state: 'unavailable', message: words };
    }
    const entry = this.#entries.get(ingestId);
    if (entry?.making !== undefined) return { state: 'preparing', message: '' };
    if (entry !== undefined && entry.failure !== '') {
      const words = `The picture could not be made: ${entry.failure} Viewers would see the last picture.`;
      return { state: 'failed', message: words };
    }
    return {
      state: entry?.loop === undefined || entry.madeFor !== entry.wished ? 'waiting' : 'ready',
      message: '',
    };
  }

  /** The ingest is gone. */
  delete(ingestId: string): void {
    this.#entries.get(ingestId)?.making?.abort();
    this.#entries.delete(ingestId);
  }

  close(): void {
    for (const id of [...this.#entries.keys()]) this.delete(id);
  }

  async #make(
    ingestId: string,
    entry: Entry,
    { wish, wished, header }: { wish: SlateWish; wished: string; header: Uint8Array },
  ): Promise<void> {
    const making = new AbortController();
    entry.making = making;
    this.#changed(ingestId);
    try {
      entry.loop = await this.#maker.make(wish, making.signal);
      entry.madeFor = wished;
      entry.header = header;
      entry.failure = '';
    } catch (error) {
      if (!making.signal.aborted) {
        entry.failure = error instanceof Error ? error.message : String(error);
        entry.failedAt = this.#clock.now();
      }
    }
    entry.making = undefined;
    this.#changed(ingestId);
  }

  #entry(ingestId: string): Entry {
    const known = this.#entries.get(ingestId);
    if (known !== undefined) return known;
    const entry: Entry = {
      wished: '',
      wishedSince: 0,
      madeFor: '',
      header: undefined,
      loop: undefined,
      failure: '',
      failedAt: 0,
      making: undefined,
    };
    this.#entries.set(ingestId, entry);
    return entry;
  }
}

function videoHeader(stream: Stream): Uint8Array | undefined {
  return stream.headers.find(({ media }) => media.slots.includes('video:0:sequence'))?.payload;
}

/** Undefined: of a codec, or with a config, that no picture can be made for. */
function wishFor(header: Uint8Array, picture: string, measuredFps: number | null): SlateWish | undefined {
  const video = videoCodecOf(header);
  const codec = video === undefined ? undefined : CODECS[video.codec];
  if (video === undefined || codec === undefined || video.width === null || video.height === null)
    return undefined;
  const fps = video.fps ?? commonRate(measuredFps);
  if (fps === undefined) return undefined;
  const { width, height, profile, level } = video;
  return { codec, width, height, fps, profile, level, picture };
}

/** Measured rates waver by a frame; undefined: it is not known yet, or is none that an encoder means. */
function commonRate(measured: number | null): number | undefined {
  if (measured === null || measured <= 0) return undefined;
  const nearest = COMMON_RATES.reduce((best, rate) =>
    Math.abs(rate - measured) < Math.abs(best - measured) ? rate : best,
  );
  return Math.abs(nearest - measured) < 1 ? nearest : Math.round(measured);
}
