/**
 * A stream that runs behind another one, for tests: the same messages later by so much, on the same time.
 * @module
 */
import type { MediaMessage } from '../../hub/media-message.ts';
import { Stream } from '../../hub/stream.ts';
import type { Clock } from '../../platform/clock.ts';

/** Moves when it is told to. */
export class DelayedStream {
  readonly stream = new Stream();
  readonly delayMs: number;
  readonly #clock: Clock;
  #waiting: { readonly at: number; readonly give: () => void }[] = [];

  constructor(source: Stream, delayMs: number, clock: Clock) {
    this.delayMs = delayMs;
    this.#clock = clock;
    source.tap({
      message: (message) => {
        this.#later(() => {
          this.stream.relay(this.#moved(message), clock.now());
        });
      },
      began: (headers) => {
        this.#later(() => {
          this.stream.begin(headers);
        });
      },
      ended: () => {
        this.#waiting = [];
        this.stream.end();
      },
    });
  }

  /** Gives out what is due. */
  turn(): void {
    for (;;) {
      const first = this.#waiting[0];
      if (first === undefined || first.at > this.#clock.now()) return;
      this.#waiting.shift();
      first.give();
    }
  }

  #moved(message: MediaMessage): MediaMessage {
    return { ...message, timeMs: message.timeMs + this.delayMs, wire: undefined };
  }

  #later(give: () => void): void {
    this.#waiting.push({ at: this.#clock.now() + this.delayMs, give });
  }
}
