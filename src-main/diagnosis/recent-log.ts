/**
 * The technical log's last lines, kept in memory for a diagnosis.
 * @module
 */
import type { Log, LogLevel } from '../platform/log.ts';

/** Lines kept: an evening with trouble writes about as many. */
export const MAX_RECENT_LINES = 2_000;
/** Longest line kept, characters; with the number of lines this bounds the memory to a few MB. */
const MAX_LINE_CHARS = 2_000;

/** One line as it was written. */
export type RecentLine = {
  /** ISO 8601. */
  readonly at: string;
  readonly level: LogLevel;
  /** Message, and values as JSON; cut when it is too long. */
  readonly text: string;
};

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Hands every line on, and keeps the newest. */
export class RecentLog implements Log {
  readonly #inner: Log;
  readonly #wallNow: () => number;
  readonly #least: LogLevel;
  /** A ring once it is full; `#next` is where the next line goes, and then the oldest. */
  readonly #ring: RecentLine[] = [];
  #next = 0;

  /**
   * @param inner Gets every line.
   * @param options.least Lines below it are handed on only. `info` by default: debug lines would push out the rest.
   */
  constructor(inner: Log, options: { readonly wallNow: () => number; readonly least?: LogLevel }) {
    this.#inner = inner;
    this.#wallNow = options.wallNow;
    this.#least = options.least ?? 'info';
  }

  /** Oldest first. */
  get lines(): readonly RecentLine[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
  }

  // A field, not a method: loggers are handed around without their object.
  readonly write = (level: LogLevel, message: string, values?: Readonly<Record<string, unknown>>): void => {
    this.#inner.write(level, message, values);
    if (RANK[level] < RANK[this.#least]) return;
    const whole = values === undefined ? message : `${message} ${JSON.stringify(values)}`;
    const text = whole.length > MAX_LINE_CHARS ? `${whole.slice(0, MAX_LINE_CHARS)}…` : whole;
    this.#ring[this.#next] = { at: new Date(this.#wallNow()).toISOString(), level, text };
    this.#next = (this.#next + 1) % MAX_RECENT_LINES;
  };
}
