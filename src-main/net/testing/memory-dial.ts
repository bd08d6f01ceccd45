/**
 * Dialling without a network, for tests.
 * @module
 */
import type { Clock } from '../../platform/clock.ts';
import type { Dial, DialOptions } from '../dial.ts';
import { TransportError, type TransportErrorCode } from '../transport.ts';
import { MemoryLine } from './memory-transport.ts';

/** What comes of one call: a line to whatever serves its far end, a failure, or nothing until it is given up. */
export type DialOutcome =
  { readonly type: 'line'; readonly serve: (line: MemoryLine) => void } | TransportErrorCode | 'never';

/** Counts calls and lines; `answer` decides about each call. */
export class MemoryDial {
  readonly calls: DialOptions[] = [];
  readonly lines: MemoryLine[] = [];
  readonly #clock: Clock;
  readonly #answer: (options: DialOptions, callNumber: number) => DialOutcome;

  /** @param answer Called with the number of the call, from 0. */
  constructor(clock: Clock, answer: (options: DialOptions, callNumber: number) => DialOutcome) {
    this.#clock = clock;
    this.#answer = answer;
  }

  readonly dial: Dial = (options) => {
    this.calls.push(options);
    const outcome = this.#answer(options, this.calls.length - 1);
    if (outcome === 'never') return this.#never(options);
    if (typeof outcome === 'string')
      return Promise.reject(new TransportError(outcome, `scripted: ${outcome}`));
    const line = new MemoryLine({ clock: this.#clock });
    this.lines.push(line);
    outcome.serve(line);
    return Promise.resolve(line.near);
  };

  /** Lines that our end has neither ended nor lost. */
  get openLines(): number {
    return this.lines.filter((line) => line.near.isOpen).length;
  }

  /** Lines that are not gone for our end: those too that it has ended, and that wait for a goodbye to go out. */
  get unclosedLines(): number {
    return this.lines.filter((line) => !line.near.isClosed).length;
  }

  /** Lets promises settle and bytes move until nothing happens any more. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
      for (const line of this.lines) if (line.flush()) quiet = -1;
    }
  }

  #never({ signal, timeoutMs }: DialOptions): ReturnType<Dial> {
    return new Promise((_, reject) => {
      const giveUp = (why: string): void => {
        timer.cancel();
        reject(new TransportError('timeout', why));
      };
      const timer = this.#clock.after(timeoutMs, () => {
        giveUp('scripted: no connection');
      });
      signal.addEventListener('abort', () => {
        giveUp('given up');
      });
    });
  }
}
