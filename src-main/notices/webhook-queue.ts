/**
 * The events that wait for one webhook, sent one after another.
 * @module
 */
import type { Clock, Timer } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Delivery } from './webhook-request.ts';
import type { TryResult } from './webhook-try.ts';

/** Events that may wait for one webhook; an hour of trouble makes fewer. */
const MAX_WAITING = 100;
/** Tries of one event. With the waits between them: about five minutes. */
const MAX_TRIES = 5;
/** Waits after the first failed try and the most there is, ms; each is four times the one before. */
const FIRST_WAIT_MS = 4_000;
const CAP_MS = 180_000;

/** What a queue works with. */
export type WebhookQueueOptions = {
  readonly clock: Clock;
  readonly random: Random;
  /** Never rejects. Undefined: the webhook is gone or off, and so is all that waits for it. */
  readonly attempt: (delivery: Delivery) => Promise<TryResult | undefined>;
  /** After every try; `waitMs`: until the next one of the same event, undefined: there is none. */
  readonly onTried: (result: TryResult, waitMs: number | undefined) => void;
};

/** One per webhook. */
export class WebhookQueue {
  readonly #options: WebhookQueueOptions;
  /** The first one is under way. */
  #waiting: readonly Delivery[] = [];
  #tries = 0;
  #timer: Timer | undefined;
  #isTrying = false;
  #isClosed = false;
  #dropped = 0;

  constructor(options: WebhookQueueOptions) {
    this.#options = options;
  }

  /** Events that have not been delivered or given up yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Events that were left out because too many waited, since `takeDropped` was called last. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  /** Takes an event on; where too many wait, the oldest that is not under way goes. */
  push(delivery: Delivery): void {
    if (this.#isClosed) return;
    const [first, ...rest] = this.#waiting;
    if (first !== undefined && this.#waiting.length >= MAX_WAITING) {
      this.#waiting = [first, ...rest.slice(1), delivery];
      this.#dropped++;
    } else {
      this.#waiting = [...this.#waiting, delivery];
    }
    this.#begin();
  }

  /** Forgets all that waits; nothing is told any more. */
  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#waiting = [];
  }

  #begin(): void {
    const first = this.#waiting[0];
    if (first === undefined || this.#isTrying || this.#timer !== undefined) return;
    this.#isTrying = true;
    void this.#options.attempt(first).then((result) => {
      this.#isTrying = false;
      if (!this.#isClosed) this.#tried(result);
    });
  }

  #tried(result: TryResult | undefined): void {
    if (result === undefined) {
      this.#waiting = [];
      this.#tries = 0;
      return;
    }
    this.#tries++;
    if (result.ok || !result.mayRetry || this.#tries >= MAX_TRIES) {
      this.#tries = 0;
      this.#waiting = this.#waiting.slice(1);
      this.#options.onTried(result, undefined);
      this.#begin();
      return;
    }
    const waitMs = Math.max(result.retryAfterMs, this.#backoffMs());
    this.#timer = this.#options.clock.after(waitMs, () => {
      this.#timer = undefined;
      this.#begin();
    });
    this.#options.onTried(result, waitMs);
  }

  /** A quarter up or down, so that many programs do not return to a receiver together. */
  #backoffMs(): number {
    const mean = Math.min(CAP_MS, FIRST_WAIT_MS * 4 ** (this.#tries - 1));
    return Math.round(mean * (0.75 + this.#options.random.next() / 2));
  }
}
