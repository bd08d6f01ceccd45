/**
 * Targets that are lost together: told once, and back one after another.
 * @module
 */
import type { Clock, Timer } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { retryDelayMs } from './backoff.ts';

/** Losses within this are one event, ms: a line that is cut is noticed by all targets within a second or two. */
const EVENT_MS = 3_000;
/** Between the targets of one event, ms: each sends headers and a whole GOP first, and the line has just come back. */
const STAGGER_MS = 500;
/** A target that failed this recently and was not live since tells nothing new, ms: twice the longest wait and its time-out. */
const FAILED_BEFORE_MS = 120_000;
/** Of `Verdict.code`: only a target that was live is lost this way. */
const LOST_WHILE_LIVE: ReadonlySet<string> = new Set(['connection-lost', 'stalled']);

/** One target that has to try again. */
export type TargetLoss = {
  readonly targetId: string;
  readonly name: string;
  /** `Verdict.code`. */
  readonly code: string;
  /** Tries that have failed in a row, from 1. */
  readonly attempt: number;
  /** The network is the cause: lost, stalled, no answer, dialling failed. Others are never part of an event. */
  readonly isNetwork: boolean;
};

/** Targets that the network took away at the same time, in the order in which they fell. */
export type TogetherEvent = { readonly targetIds: readonly string[]; readonly names: readonly string[] };

/** What a coordinator is built from. */
export type ReconnectCoordinatorOptions = {
  readonly clock: Clock;
  readonly random: Random;
  /** Targets that are live; asked while `lost` runs, so one that is being lost should still be counted. */
  readonly liveCount: () => number;
  /** At least two targets, and half of those that were live: once for each event, 3 s after its first loss. */
  readonly onTogether: (event: TogetherEvent) => void;
};

type OpenEvent = {
  readonly timer: Timer;
  readonly liveBefore: number;
  /** All that try again, by when they fell. */
  readonly order: Map<string, { readonly name: string; readonly isFresh: boolean }>;
};

/** One for all targets of a studio. It holds no retries: each supervisor waits by itself. */
export class ReconnectCoordinator {
  readonly #options: ReconnectCoordinatorOptions;
  /** When the network last failed a target, ms; only what is younger than `FAILED_BEFORE_MS`. */
  readonly #failedAt = new Map<string, number>();
  #open: OpenEvent | undefined;
  #isClosed = false;

  constructor(options: ReconnectCoordinatorOptions) {
    this.#options = options;
  }

  /** Takes a loss in. Gives the delay before the next try, ms. */
  lost(loss: TargetLoss): number {
    const delayMs = retryDelayMs(Math.max(1, loss.attempt), this.#options.random.next());
    if (!loss.isNetwork || this.#isClosed) return delayMs;
    const isFresh = this.#isFresh(loss);
    this.#open ??= this.#begin();
    const { order } = this.#open;
    const known = order.get(loss.targetId);
    if (known === undefined || isFresh) order.set(loss.targetId, { name: loss.name, isFresh });
    return delayMs + [...order.keys()].indexOf(loss.targetId) * STAGGER_MS;
  }

  /** Whether its loss is one of several that will be told together: words of its own can be short. */
  isTogether(targetId: string): boolean {
    const event = this.#open;
    return event?.order.get(targetId)?.isFresh === true && freshOf(event) !== undefined;
  }

  /** Ends it; an open event is not told. */
  close(): void {
    this.#isClosed = true;
    this.#open?.timer.cancel();
    this.#open = undefined;
  }

  #begin(): OpenEvent {
    const { clock, liveCount } = this.#options;
    const timer = clock.after(EVENT_MS, () => {
      this.#tell();
    });
    return { timer, liveBefore: liveCount(), order: new Map() };
  }

  #tell(): void {
    const together = this.#open === undefined ? undefined : freshOf(this.#open);
    this.#open = undefined;
    if (together !== undefined) this.#options.onTogether(together);
  }

  /** False: it has been failing all along, which says nothing of what happens now. */
  #isFresh({ targetId, code }: TargetLoss): boolean {
    const now = this.#options.clock.now();
    for (const [id, at] of this.#failedAt) if (now - at >= FAILED_BEFORE_MS) this.#failedAt.delete(id);
    const failsSince = this.#failedAt.has(targetId);
    this.#failedAt.set(targetId, now);
    return !failsSince || LOST_WHILE_LIVE.has(code);
  }
}

/** Undefined: too few for one cause. */
function freshOf({ order, liveBefore }: OpenEvent): TogetherEvent | undefined {
  const fresh = [...order].filter(([, { isFresh }]) => isFresh);
  if (fresh.length < 2 || fresh.length * 2 < liveBefore) return undefined;
  return { targetIds: fresh.map(([id]) => id), names: fresh.map(([, { name }]) => name) };
}
