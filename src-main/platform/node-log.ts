/**
 * Log lines on stderr.
 * @module
 */
import type { Log, LogLevel } from './log.ts';

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Writes lines at or above `level` to stderr: time, level, message, values as JSON. */
export function nodeLog(level: LogLevel): Log {
  return {
    write: (lineLevel, message, values) => {
      if (RANK[lineLevel] < RANK[level]) return;
      const tail = values === undefined ? '' : ` ${JSON.stringify(values)}`;
      process.stderr.write(`${new Date().toISOString()} ${lineLevel} ${message}${tail}\n`);
    },
  };
}
