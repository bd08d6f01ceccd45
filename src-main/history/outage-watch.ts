/**
 * The outages of one target or of the encoder in one show: at most one at a time.
 * @module
 */
import type { KeptOutage } from './history-batch.ts';

/** Why it is out. */
export type OutageCause = { readonly code: string; readonly cause: string };

/** Hands out rows as they change. Times are show time, ms. */
export class OutageWatch {
  readonly #of: { readonly showId: string; readonly targetId: string };
  #open: KeptOutage | undefined;
  /** Of the last one: no two begin at the same moment. */
  #lastAt = Number.NEGATIVE_INFINITY;
  #changed: KeptOutage[] = [];

  constructor(of: { readonly showId: string; readonly targetId: string }) {
    this.#of = of;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Begin of the open one; undefined: none is open. */
  get since(): number | undefined {
    return this.#open?.at;
  }

  /** Code of the open one; undefined: none is open. */
  get code(): string | undefined {
    return this.#open?.code;
  }

  begin(at: number, why: OutageCause): void {
    this.#lastAt = Math.max(at, this.#lastAt + 1);
    this.#put({ ...this.#of, at: this.#lastAt, endedAt: null, ...why });
  }

  /** Its cause is known only now. */
  explain(why: OutageCause): void {
    const open = this.#open;
    if (open !== undefined && (open.code !== why.code || open.cause !== why.cause))
      this.#put({ ...open, ...why });
  }

  /** Nothing when none is open. */
  end(at: number): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#put({ ...open, endedAt: Math.max(open.at, at) });
    this.#open = undefined;
  }

  /** Rows that changed since the last call. */
  take(): readonly KeptOutage[] {
    const changed = this.#changed;
    this.#changed = [];
    return changed;
  }

  #put(row: KeptOutage): void {
    this.#open = row;
    this.#changed = [...this.#changed.filter(({ at }) => at !== row.at), row];
  }
}
