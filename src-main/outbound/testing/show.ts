/**
 * A show for random walks: encoders that come and go on one stream, a second stream that runs behind it, and frames
 * that tell who they are.
 * @module
 */
import { Stream, type SourceHeader } from '../../hub/stream.ts';
import { metadata } from '../../hub/testing/stream-messages.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { DelayedStream } from './delayed-stream.ts';

const AUDIO = 8;
const VIDEO = 9;
/** Time between two frames, ms. */
export const TICK_MS = 100;

/** What a frame or header says of itself. */
export type Mark = {
  readonly kind: 'video-header' | 'audio-header' | 'keyframe' | 'inter' | 'sound';
  /** The header that it belongs to, or is. */
  readonly config: number;
  /** Counts frames of its type over the show; one is left out where the encoder changes. */
  readonly number: number;
};

/** Reads what `Show` has written. */
export function markOf(typeId: number, payload: Uint8Array): Mark {
  const [first = 0, second = 0] = payload;
  const at = typeId === VIDEO ? 5 : 2;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const config = view.getUint16(at);
  const number = payload.length >= at + 6 ? view.getUint32(at + 2) : 0;
  if (typeId === AUDIO) return { kind: second === 0 ? 'audio-header' : 'sound', config, number };
  const kind = second === 0 ? 'video-header' : first === 0x17 ? 'keyframe' : 'inter';
  return { kind, config, number };
}

function marked(start: readonly number[], { config, number }: Omit<Mark, 'kind'>, bytes: number): Uint8Array {
  const payload = new Uint8Array(Math.max(bytes, start.length + 6));
  payload.set(start);
  const view = new DataView(payload.buffer);
  view.setUint16(start.length, config);
  view.setUint32(start.length + 2, number);
  return payload;
}

/** The encoders of one show after the other. */
export class Show {
  readonly stream = new Stream();
  readonly delayed: DelayedStream;
  /** Frames that a reader without a fault gets, in order, since they were last taken. */
  readonly due: string[] = [];
  /** Bytes of a keyframe; other frames have a tenth of it. */
  readonly #keyBytes: number;
  readonly #random: Random;
  readonly #clock: Clock;
  #config = 0;
  #number = 0;
  #timestamp = 0;
  #untilKey = 0;
  #gop = 1;
  #isPresent = false;

  constructor(
    clock: Clock,
    random: Random,
    options: { readonly delayMs: number; readonly keyBytes: number },
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#keyBytes = options.keyBytes;
    this.delayed = new DelayedStream(this.stream, options.delayMs, clock);
    let waits = true;
    this.stream.tap({
      began: () => {
        waits = true;
      },
      ended: () => undefined,
      message: ({ typeId, timeMs, payload, media }) => {
        if (media.slots.length > 0) return;
        if (media.role === 'keyframe') waits = false;
        if (!waits) this.due.push(`${typeId}@${timeMs}#${markOf(typeId, payload).number}`);
      },
    });
  }

  /** Another encoder, with the same headers as the one before or others. */
  begin(): void {
    const { next } = this.#random;
    this.#isPresent = true;
    this.#number += 2;
    this.#timestamp = Math.floor(next() * 2 ** 32);
    // Some are longer than any queue.
    this.#gop = next() < 0.1 ? 80 : 2 + Math.floor(next() * 20);
    // Some begin in mid-GOP.
    this.#untilKey = next() < 0.3 ? 3 : 0;
    if (next() < 0.5) this.#config++;
    const headers: readonly SourceHeader[] = [
      { typeId: 18, payload: metadata({ width: 1920, config: this.#config }) },
      { typeId: VIDEO, payload: marked([0x17, 0, 0, 0, 0], { config: this.#config, number: 0 }, 0) },
      { typeId: AUDIO, payload: marked([0xaf, 0], { config: this.#config, number: 0 }, 0) },
    ];
    if (next() < 0.5) {
      this.stream.begin(headers);
      return;
    }
    this.stream.begin();
    for (const { typeId, payload } of headers) this.#publish(typeId, payload);
  }

  /** The encoder is lost; the show is held. */
  leave(): void {
    this.#isPresent = false;
  }

  end(): void {
    this.#isPresent = false;
    this.stream.end();
  }

  /** The time of one frame has passed. */
  tick(): void {
    if (this.#isPresent) this.#frame();
    // Its timers are late now and then, as all are.
    if (this.#random.next() < 0.7) this.delayed.turn();
  }

  #frame(): void {
    const isKey = this.#untilKey <= 0;
    this.#number++;
    this.#timestamp += TICK_MS;
    if (isKey) {
      this.#untilKey = this.#gop;
      if (this.#random.next() < 0.1) {
        this.#config++;
        this.#publish(VIDEO, marked([0x17, 0, 0, 0, 0], { config: this.#config, number: 0 }, 0));
        this.#publish(AUDIO, marked([0xaf, 0], { config: this.#config, number: 0 }, 0));
      }
    }
    this.#untilKey--;
    const mark = { config: this.#config, number: this.#number };
    const bytes = isKey ? this.#keyBytes : this.#keyBytes / 10;
    this.#publish(VIDEO, marked([isKey ? 0x17 : 0x27, 1, 0, 0, 0], mark, bytes));
    this.#publish(AUDIO, marked([0xaf, 1], mark, 40), -30);
  }

  #publish(typeId: number, payload: Uint8Array, offsetMs = 0): void {
    this.stream.publish(typeId, (this.#timestamp + offsetMs) >>> 0, payload, this.#clock.now());
  }
}
