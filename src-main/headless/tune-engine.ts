/**
 * What V8 is told for a program that passes much through and holds little.
 * @module
 */
import { setFlagsFromString } from 'node:v8';
import type { Clock, Timer } from '../platform/clock.ts';
import { nodeClock } from '../platform/node-clock.ts';

/**
 * Each can be set while the program runs, and each is known to V8 (a test asks it):
 * - A scavenge takes half a millisecond: waking three threads for it costs more than they save.
 * - The history's SQLite is called once a second. Compiling it a second time, for speed, costs more CPU than it saves in
 *   hours, and 20 MiB that never come back.
 */
const ALWAYS = ['--no-parallel-scavenge', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'] as const;

/**
 * V8 counts media, which lie outside its heap, against a limit some MB above the heap's size, so that 50 streams have
 * 25 MB of program marked seven times a second. This is what may come on top before it marks, in percent: little memory
 * with the streams that a person has, little CPU with many.
 */
const ROOM_PERCENT = { few: 60, many: 300 } as const;

/** Streams from which on there are many: nobody runs as many beside a game. */
const MANY_STREAMS = 8;

/** What V8 is told with so many streams. */
export function engineFlags(streams: number): readonly string[] {
  const percent = streams < MANY_STREAMS ? ROOM_PERCENT.few : ROOM_PERCENT.many;
  return [...ALWAYS, `--heap-growing-percent=${percent}`];
}

/**
 * How soon V8 makes a function fast, in bytes of bytecode that it has run. A message passes forty functions once each, so
 * that a hundred messages a second take half a minute at the usual figure, and as long again when an encoder connects
 * anew. While a show begins, what is called per message is told from the rest after a second or two.
 */
export const HOT_AFTER = {
  /** V8's own. */
  usually: '--interrupt-budget=67584',
  atFirst: '--interrupt-budget=4096',
} as const;

/** How long a show begins, ms: afterwards what runs once a second would be made fast, too, which costs more than it saves. */
export const BEGINNING_MS = 5_000;

/** V8's settings, by what the studio does. One per program, as V8's settings are the program's. */
export class EngineTuner {
  readonly #clock: Clock;
  #streams = 0;
  #beginning: Timer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Before anything is started, and with every stream that comes or goes. */
  readonly tune = (streams: number): void => {
    for (const flag of engineFlags(streams)) setFlagsFromString(flag);
    if (streams > this.#streams) this.#begin();
    if (streams === 0) this.#begun();
    this.#streams = streams;
  };

  #begin(): void {
    this.#beginning?.cancel();
    setFlagsFromString(HOT_AFTER.atFirst);
    this.#beginning = this.#clock.after(BEGINNING_MS, () => {
      this.#begun();
    });
  }

  #begun(): void {
    if (this.#beginning === undefined) return;
    this.#beginning.cancel();
    this.#beginning = undefined;
    setFlagsFromString(HOT_AFTER.usually);
  }
}

/** Of this program. */
export const tuneEngine = new EngineTuner(nodeClock).tune;
