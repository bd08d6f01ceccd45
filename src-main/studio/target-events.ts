/**
 * What the event log says of one target.
 * @module
 */
import type { Verdict } from '../outbound/run-end.ts';
import type { EventLog } from './event-log.ts';

/** One per target that is open. */
export class TargetEvents {
  readonly #events: EventLog;
  readonly #id: string;
  readonly #name: () => string;
  /** Code of the last loss that was told; undefined once live. */
  #toldCode: string | undefined;

  constructor(events: EventLog, id: string, name: () => string) {
    this.#events = events;
    this.#id = id;
    this.#name = name;
  }

  wentLive(isReconnect: boolean): void {
    this.#toldCode = undefined;
    this.#write('info', 'target-live', isReconnect ? ' is live again.' : ' is live.');
  }

  moved(host: string): void {
    this.#write('info', 'target-moved', ` asked to be sent to ${host} from now on, and is, without a gap.`);
  }

  /**
   * Tries that fail alike are told ever more rarely: a platform that is down for an hour must not fill the log.
   * @param attempt Tries in a row, this one included.
   * @param retryInMs Undefined: there is no next try.
   */
  lost(verdict: Verdict, attempt: number, retryInMs: number | undefined): void {
    const isNew = verdict.code !== this.#toldCode || retryInMs === undefined;
    this.#toldCode = verdict.code;
    if (!isNew && !Number.isInteger(Math.log2(attempt))) return;
    const tries = isNew ? '' : ` (${attempt} tries so far)`;
    this.#write(retryInMs === undefined ? 'error' : 'warning', verdict.code, `: ${verdict.message}${tries}`);
  }

  #write(level: 'info' | 'warning' | 'error', code: string, words: string): void {
    this.#events.write(level, code, this.#name() + words, { targetId: this.#id });
  }
}
