/**
 * A stretch of an encoder's timestamps without a jump: one offset for sound and picture.
 * @module
 */
import { TIMESTAMP_BACK_MS, TIMESTAMP_JUMP_MS } from './limits.ts';

/** A timestamp as it came, where it lies on the timeline, and when it came (ms, monotonic). */
type Mark = { raw: number; at: number; arrival: number };

/** Knows the newest timestamp of each type, so that it can tell what follows it from a jump. */
export class TimelineEpoch {
  readonly #ofType = new Map<number, Mark>();
  #newest: Mark;

  /**
   * @param raw Timestamp of its first message, unsigned 32 bits.
   * @param at Where that one lies on the timeline, ms.
   */
  constructor(raw: number, at: number) {
    this.#newest = { raw, at, arrival: 0 };
  }

  /** When its newest message came, ms, monotonic. */
  get lastArrival(): number {
    return this.#newest.arrival;
  }

  /** Whether a message of this type has come in it. */
  has(typeId: number): boolean {
    return this.#ofType.has(typeId);
  }

  /** Whether a message follows the last one of its type here: not far behind, and not ahead of the clock. */
  continues(typeId: number, raw: number, now: number): boolean {
    const last = this.#ofType.get(typeId);
    if (last === undefined) return false;
    const step = distance(last.raw, raw);
    return step >= -TIMESTAMP_BACK_MS && step <= now - last.arrival + TIMESTAMP_JUMP_MS;
  }

  /** Where a timestamp lies if it is anywhere near the newest of this epoch; undefined: it is not. */
  near(raw: number): number | undefined {
    const step = distance(this.#newest.raw, raw);
    return Math.abs(step) <= TIMESTAMP_JUMP_MS ? this.#newest.at + step : undefined;
  }

  /** Where a timestamp lies, ms. */
  placeOf(typeId: number, raw: number): number {
    const mark = this.#ofType.get(typeId) ?? this.#newest;
    return mark.at + distance(mark.raw, raw);
  }

  /** Takes a message in: where it lies, ms. */
  take(typeId: number, raw: number, arrival: number): number {
    const at = this.placeOf(typeId, raw);
    let mark = this.#ofType.get(typeId);
    if (mark === undefined) {
      mark = { raw, at, arrival };
      this.#ofType.set(typeId, mark);
    } else {
      // In place: every message of every stream comes by here.
      mark.raw = raw;
      mark.at = at;
      mark.arrival = arrival;
    }
    this.#newest = mark;
    return at;
  }
}

/** From one 32-bit timestamp to another over the shorter way round, ms. */
function distance(from: number, to: number): number {
  return (to - from) | 0;
}
