/**
 * Keeps an ingest's stream going while its encoder is gone: the last keyframe once a second, or the loop of a picture
 * made for it, and silence in the stream's own sound. To the stream it is a source like any encoder.
 * @module
 */
import { classifyMedia } from '../flv/classify.ts';
import type { SourceHeader, Stream } from '../hub/stream.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import { silentAudioOf, type SilentAudio } from './silent-audio.ts';
import type { SlateLoop } from './slate-loop.ts';

/** How often what is due is sent, ms: about one frame of sound. */
const TURN_MS = 20;
/** Keyframes of a still picture, ms apart: players that join see it at once, and platforms want one every 2 s. */
const STILL_INTERVAL_MS = 1_000;
/** After a computer's sleep, what was due this long ago is left out, ms: it would come as a flood. */
const MOST_LATE_MS = 2_000;
const VIDEO = 9;
const AUDIO = 8;

/** What viewers see. */
export type Filling = 'freeze' | 'slate';

/** Something that comes over and over; `timeOf` the n-th one is ms from the start. */
type Beat = {
  next: number;
  readonly timeOf: (n: number) => number;
  readonly payloadOf: (n: number) => Uint8Array;
  /** Each n-th one stands for itself; those between need the one before. */
  readonly group: number;
};

/** One per ingest; runs between `start` and `stop`. */
export class HoldFiller {
  readonly #stream: Stream;
  readonly #clock: Clock;
  readonly #slate: () => SlateLoop | undefined;
  #showing: Filling | undefined;
  #timer: Timer | undefined;
  #startedAt = 0;
  #picture: Beat | undefined;
  #sound: Beat | undefined;

  /** @param options.slate The picture's loop, when one is wanted and ready for what the stream is now. */
  constructor(options: { stream: Stream; clock: Clock; slate: () => SlateLoop | undefined }) {
    this.#stream = options.stream;
    this.#clock = options.clock;
    this.#slate = options.slate;
  }

  /** Undefined: it does not run. */
  get showing(): Filling | undefined {
    return this.#showing;
  }

  /** Takes the stream over from where its last source left it. */
  start(): void {
    this.stop();
    const stream = this.#stream;
    const slate = this.#slate();
    const keyframe = stream.lastKeyframe?.payload;
    const silence = silenceOf(stream);
    const headers = stream.headers.map(({ typeId, payload }) => ({ typeId, payload }));
    this.#showing = slate === undefined ? 'freeze' : 'slate';
    this.#startedAt = this.#clock.now();
    this.#picture = slate === undefined ? still(keyframe) : loop(slate);
    this.#sound = silence === undefined ? undefined : soundOf(silence);
    const shown = slate === undefined ? headers : withHeader(headers, slate.header);
    stream.begin(shown, this.#picture !== undefined);
    this.#turn();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#showing = undefined;
  }

  #turn(): void {
    const now = this.#clock.now();
    const elapsedMs = now - this.#startedAt;
    const [picture, sound] = [this.#picture, this.#sound];
    for (const beat of [picture, sound]) if (beat !== undefined) catchUp(beat, elapsedMs);
    for (;;) {
      const videoMs = picture?.timeOf(picture.next) ?? Infinity;
      const audioMs = sound?.timeOf(sound.next) ?? Infinity;
      if (Math.min(videoMs, audioMs) > elapsedMs) break;
      if (videoMs <= audioMs) this.#publish(VIDEO, picture, now);
      else this.#publish(AUDIO, sound, now);
    }
    this.#timer = this.#clock.after(TURN_MS, () => {
      this.#turn();
    });
  }

  #publish(typeId: number, beat: Beat | undefined, now: number): void {
    if (beat === undefined) return;
    const n = beat.next++;
    this.#stream.publish(typeId, Math.round(beat.timeOf(n)) >>> 0, beat.payloadOf(n), now);
  }
}

function catchUp(beat: Beat, elapsedMs: number): void {
  if (elapsedMs - beat.timeOf(beat.next) <= MOST_LATE_MS) return;
  const groupMs = beat.timeOf(beat.group);
  beat.next = beat.group * Math.floor(elapsedMs / groupMs);
}

function still(keyframe: Uint8Array | undefined): Beat | undefined {
  if (keyframe === undefined) return undefined;
  return { next: 0, timeOf: (n) => n * STILL_INTERVAL_MS, payloadOf: () => keyframe, group: 1 };
}

function loop({ frames, durationMs }: SlateLoop): Beat {
  const group = frames.length;
  return {
    next: 0,
    timeOf: (n) => Math.floor(n / group) * durationMs + (frames[n % group]?.timeMs ?? 0),
    payloadOf: (n) => frames[n % group]?.payload ?? new Uint8Array(0),
    group,
  };
}

function soundOf({ payload, samples, sampleRateHz }: SilentAudio): Beat {
  return { next: 0, timeOf: (n) => (n * samples * 1000) / sampleRateHz, payloadOf: () => payload, group: 1 };
}

function silenceOf(stream: Stream): SilentAudio | undefined {
  const header = stream.headers.find(({ media }) => media.slots.includes('audio:0:sequence'));
  return silentAudioOf(header?.payload, stream.lastAudio?.payload);
}

/** The picture's own header in the place of the encoder's. */
function withHeader(headers: readonly SourceHeader[], header: Uint8Array): readonly SourceHeader[] {
  const slots = new Set(classifyMedia(VIDEO, header).slots);
  const isReplaced = ({ typeId, payload }: SourceHeader): boolean =>
    classifyMedia(typeId, payload).slots.some((slot) => slots.has(slot));
  return [...headers.filter((known) => !isReplaced(known)), { typeId: VIDEO, payload: header }];
}
