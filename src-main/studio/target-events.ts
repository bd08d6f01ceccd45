/**
 * What the event log says of one target.
 * @module
 */
import type { Verdict } from '../outbound/run-end.ts';
import type { Leg } from '../outbound/target-legs.ts';
import type { EventLog } from './event-log.ts';

/** One per target that is open. */
export class TargetEvents {
  readonly #events: EventLog;
  readonly #id: string;
  readonly #name: () => string;
  /** Code of the last loss that was told, by leg; none once live. */
  readonly #toldCodes = new Map<Leg, string>();

  constructor(events: EventLog, id: string, name: () => string) {
    this.#events = events;
    this.#id = id;
    this.#name = name;
  }

  wentLive(leg: Leg, isReconnect: boolean): void {
    this.#toldCodes.delete(leg);
    this.#write('info', 'target-live', leg, isReconnect ? ' is live again.' : ' is live.');
  }

  moved(leg: Leg, host: string): void {
    this.#write(
      'info',
      'target-moved',
      leg,
      ` asked to be sent to ${host} from now on, and is, without a gap.`,
    );
  }

  /**
   * Tries that fail alike are told ever more rarely: a platform that is down for an hour must not fill the log.
   * @param tries.attempt Tries in a row, this one included.
   * @param tries.retryInMs Undefined: there is no next try.
   */
  lost(
    leg: Leg,
    verdict: Verdict,
    { attempt, retryInMs }: { readonly attempt: number; readonly retryInMs: number | undefined },
  ): void {
    const isNew = verdict.code !== this.#toldCodes.get(leg) || retryInMs === undefined;
    this.#toldCodes.set(leg, verdict.code);
    if (!isNew && !Number.isInteger(Math.log2(attempt))) return;
    const tries = isNew ? '' : ` (${attempt} tries so far)`;
    const level = retryInMs === undefined ? 'error' : 'warning';
    this.#write(level, verdict.code, leg, `: ${verdict.message}${tries}`);
  }

  #write(level: 'info' | 'warning' | 'error', code: string, leg: Leg, words: string): void {
    const second = leg === 'backup' ? ' (second connection)' : '';
    this.#events.write(level, code, this.#name() + second + words, { targetId: this.#id });
  }
}
