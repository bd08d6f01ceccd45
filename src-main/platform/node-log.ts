/**
 * Log lines on stderr.
 * @module
 */
import type { Log, LogLevel } from './log.ts';
import { printable } from './printable.ts';

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Writes lines at or above `level` to stderr: time, level, message, values as JSON; no control characters. */
export function nodeLog(level: LogLevel): Log {
  return {
    write: (lineLevel, message, values) => {
      if (RANK[lineLevel] < RANK[level]) return;
      const tail = values === undefined ? '' : ` ${JSON.stringify(values)}`;
      // The values too: JSON leaves DEL and U+0080 to U+009F as they are, and U+009B alone begins an escape sequence.
      process.stderr.write(`${new Date().toISOString()} ${lineLevel} ${printable(message + tail)}\n`);
    },
  };
}
