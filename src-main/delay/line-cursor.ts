/**
 * Where one delayed stream stands on a delay line.
 * @module
 */
import type { DelayLine } from './delay-line.ts';
import type { HeldHeader, LineEntry } from './line-entry.ts';

/** What was in force at a point of the line. */
export type CursorStart = {
  readonly headers: readonly HeldHeader[];
  /** Time of the newest sound, ms on the source's timeline; undefined: there was none. */
  readonly audioMs: number | undefined;
};

/** Where a cursor begins. */
export type LineCursorOptions = {
  readonly delayMs: number;
  /** What came before this is too late for it, ms, monotonic. */
  readonly fromMs: number;
  /** Of the segment that it begins with, there or to come. */
  readonly seq: number;
  readonly wake: () => void;
};

/** Walks over the entries in order, one by one. Made by `DelayLine.open`. */
export class LineCursor {
  readonly delayMs: number;
  readonly fromMs: number;
  readonly wake: () => void;
  readonly #line: DelayLine;
  #seq: number;
  #at = 0;
  #start: CursorStart | undefined;
  #hasMissed = false;

  constructor(line: DelayLine, { delayMs, fromMs, seq, wake }: LineCursorOptions) {
    this.#line = line;
    this.delayMs = delayMs;
    this.fromMs = fromMs;
    this.wake = wake;
    this.#seq = seq;
  }

  /** The segment it stands in. */
  get seq(): number {
    return this.#seq;
  }

  /** When the next entry came, ms, monotonic, whether it is in memory or not; undefined: there is none yet, `wake` will tell. */
  nextAtMs(): number | undefined {
    for (;;) {
      const segment = this.#line.segment(this.#seq);
      if (segment !== undefined) {
        // On every look, also after its markers: what stood behind those is lost, too.
        if (segment.isLost) this.#hasMissed = true;
        if (this.#at < segment.count) return segment.contents?.entries[this.#at]?.atMs ?? segment.firstMs;
      }
      if (segment?.isSealed !== true) {
        this.#line.starve(this);
        return undefined;
      }
      this.#seq++;
      this.#at = 0;
      this.#line.moved();
    }
  }

  /** The next entry, after `nextAtMs` has told of one; undefined: it is still on the disk, `wake` will tell. */
  take(): LineEntry | undefined {
    const segment = this.#line.segment(this.#seq);
    const entry = segment?.contents?.entries[this.#at];
    if (segment?.contents === undefined || entry === undefined) {
      this.#line.loadAhead();
      return undefined;
    }
    if (this.#at === 0 && !segment.isLost)
      this.#start = { headers: segment.contents.headers, audioMs: segment.audioMs };
    this.#at++;
    return entry;
  }

  /** Whether the next entry is in memory. */
  get isHeld(): boolean {
    return this.#line.segment(this.#seq)?.contents !== undefined;
  }

  /** True once after entries were lost: what comes next does not follow what came before. */
  takeMissed(): boolean {
    const missed = this.#hasMissed;
    this.#hasMissed = false;
    return missed;
  }

  /** What was in force before the entry taken now, once per segment, at its first entry. */
  takeStart(): CursorStart | undefined {
    const start = this.#start;
    this.#start = undefined;
    return start;
  }
}
