/**
 * The event log: what a streamer reads to know what happened.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

/** Events kept in memory: a long show with trouble writes a few hundred. */
const KEPT = 500;
/** Events of one code that repeat within this are counted, not written, ms: a port scanner must not flood the log. */
const REPEAT_MS = 10_000;

/** What an event is about. */
export type EventAbout = { readonly ingestId?: string | null; readonly targetId?: string | null };

/** Keeps the newest events and hands each on. */
export class EventLog {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #emit: (event: LogEvent) => void;
  #events: readonly LogEvent[] = [];
  #seq = 0;
  readonly #repeats = new Map<string, { since: number; suppressed: number }>();

  constructor(clock: Clock, log: Log, emit: (event: LogEvent) => void) {
    this.#clock = clock;
    this.#log = log;
    this.#emit = emit;
  }

  /** Newest last. */
  get events(): readonly LogEvent[] {
    return this.#events;
  }

  /** Writes an event. `message` is for the streamer and holds no key. */
  write(level: LogEvent['level'], code: string, message: string, about: EventAbout = {}): void {
    const event: LogEvent = {
      seq: ++this.#seq,
      at: new Date(this.#clock.wallNow()).toISOString(),
      level,
      code,
      message,
      ingestId: about.ingestId ?? null,
      targetId: about.targetId ?? null,
    };
    this.#events = [...this.#events, event].slice(-KEPT);
    this.#log.write(level === 'warning' ? 'warn' : level, message, { code });
    this.#emit(event);
  }

  /** As `write`, but events of the same code that follow at once are only counted, and told with the next. */
  writeSparsely(level: LogEvent['level'], code: string, message: string, about: EventAbout = {}): void {
    const now = this.#clock.now();
    const repeat = this.#repeats.get(code);
    if (repeat !== undefined && now - repeat.since < REPEAT_MS) {
      repeat.suppressed++;
      return;
    }
    const more =
      repeat === undefined || repeat.suppressed === 0
        ? ''
        : ` (${repeat.suppressed} more like the last one before)`;
    this.#repeats.set(code, { since: now, suppressed: 0 });
    this.write(level, code, message + more, about);
  }
}
