/**
 * The built-in test signal: a short recorded loop, published to an ingest of this computer by our own publisher, as
 * an encoder would.
 * @module
 */
import { FlvTagReader, type FlvTag } from '../flv/flv-tags.ts';
import { Stream } from '../hub/stream.ts';
import type { Dial } from '../net/dial.ts';
import { TargetRun } from '../outbound/target-run.ts';
import type { RunEnd } from '../outbound/run-end.ts';
import type { TargetAddress } from '../outbound/target-url.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

/** How often due frames are sent, ms: well under a frame at 30 fps, so the signal comes evenly. */
const TURN_MS = 10;
/** What the test signal calls itself. */
const SOFTWARE = 'Relaydeck test signal';

/** A loop: its headers once, its media over and over. */
export type SignalLoop = {
  readonly headers: readonly FlvTag[];
  readonly media: readonly FlvTag[];
  readonly durationMs: number;
};

/**
 * Reads a loop from a whole FLV file.
 * @throws {ProtocolError} It is no FLV. An `Error` when it holds no video: the file that comes with us is broken.
 */
export function readSignalLoop(file: Uint8Array): SignalLoop {
  const reader = new FlvTagReader();
  reader.push(file);
  const headers: FlvTag[] = [];
  const media: FlvTag[] = [];
  for (let tag = reader.next(); tag !== undefined; tag = reader.next()) {
    const isHeader = tag.typeId === 18 || ((tag.typeId === 9 || tag.typeId === 8) && tag.payload[1] === 0);
    if (isHeader) headers.push(tag);
    else if (tag.typeId === 8 || (tag.typeId === 9 && tag.payload[1] === 1)) media.push(tag);
  }
  const video = media.filter((tag) => tag.typeId === 9);
  const first = video[0];
  const last = video[video.length - 1];
  if (first === undefined || last === undefined || first === last)
    throw new Error('the test signal holds no video');
  const spanMs = last.timestampMs - first.timestampMs;
  return { headers, media, durationMs: Math.round((spanMs * video.length) / (video.length - 1)) };
}

/** One showing of the loop, from `start` until `stop` or until the ingest ends it. */
export class TestSignal {
  readonly #loop: SignalLoop;
  readonly #clock: Clock;
  readonly #stream = new Stream();
  readonly #run: TargetRun;
  #timer: Timer | undefined;
  #startedAt = 0;
  #sent = 0;

  /** @param options.onEnd The ingest refused or ended it, or `stop` was called. */
  constructor(options: {
    loop: SignalLoop;
    address: TargetAddress;
    streamKey: string;
    dial: Dial;
    clock: Clock;
    random: Random;
    onEnd: (end: RunEnd) => void;
  }) {
    const { loop, address, streamKey, dial, clock, random, onEnd } = options;
    this.#loop = loop;
    this.#clock = clock;
    this.#run = new TargetRun({
      address,
      streamName: streamKey,
      flashVer: SOFTWARE,
      stream: this.#stream,
      afterMs: undefined,
      dial,
      clock,
      random,
      onLive: () => {
        this.#begin();
      },
      onEnd: (end) => {
        this.#timer?.cancel();
        onEnd(end);
      },
    });
  }

  start(): void {
    this.#run.start();
  }

  stop(): void {
    this.#run.stop();
  }

  #begin(): void {
    this.#startedAt = this.#clock.now();
    for (const { typeId, payload } of this.#loop.headers)
      this.#stream.publish(typeId, 0, payload, this.#startedAt);
    this.#turn();
  }

  /** Sends what is due. The time of each frame comes from the clock at the start, so the signal never drifts. */
  #turn(): void {
    const now = this.#clock.now();
    const { media, durationMs } = this.#loop;
    for (;;) {
      const tag = media[this.#sent % media.length];
      if (tag === undefined) return;
      const timeMs = Math.floor(this.#sent / media.length) * durationMs + tag.timestampMs;
      if (timeMs > now - this.#startedAt) break;
      this.#stream.publish(tag.typeId, timeMs >>> 0, tag.payload, now);
      this.#sent++;
    }
    this.#timer = this.#clock.after(TURN_MS, () => {
      this.#turn();
    });
  }
}
