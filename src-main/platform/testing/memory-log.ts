/**
 * A log for tests.
 * @module
 */
import type { Log, LogLevel } from '../log.ts';

/** Keeps its lines as text, printed the way the real log prints them. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  readonly write = (level: LogLevel, message: string, values?: Readonly<Record<string, unknown>>): void => {
    this.lines.push(`${level} ${message}${values === undefined ? '' : ` ${JSON.stringify(values)}`}`);
  };
}
