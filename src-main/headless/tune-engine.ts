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
 * - Other threads that mark while the program goes on take turns with it for the processor, for longer than it would take
 *   by itself: with 50 streams on two cores that is a delay of 10 ms for one message of a hundred.
 * - The history's SQLite is called once a second. Compiling it a second time, for speed, costs more CPU than it saves in
 *   hours, and 20 MiB that never come back.
 */
const ALWAYS = [
  '--no-parallel-scavenge',
  '--no-concurrent-marking',
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
] as const;

/**
 * V8 counts media, which lie outside its heap, against a limit some MB above the heap's size, so that 50 streams have
 * 25 MB of program marked seven times a second. This is what may come on top before it marks, in percent: little memory
 * with the streams that a person has, little CPU with many. No more than some 55 MB: 64 MB after the last time V8 marks in
 * any case, and then in steps of 5 ms at once instead of one now and then.
 */
const ROOM_PERCENT = { few: 60, many: 160 } as const;

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
 * anew. While a show begins, what is called per message is told from the rest within seconds.
 */
export const HOT_AFTER = {
  /** V8's own. */
  usually: '--interrupt-budget=67584',
  atFirst: '--interrupt-budget=2048',
} as const;

/**
 * Node 20's V8. Later ones count calls, know no such flag and say so; they have a compiler in between that is soon done.
 */
export const COUNTS_BYTECODE = process.versions.v8.startsWith('11.3.');

/**
 * How long a show begins, ms: V8 asks at least three times before it makes a function fast, which the smallest one of a
 * message comes to in eight seconds. Later on what runs once a second would be made fast, too, which costs more than it
 * saves.
 */
export const BEGINNING_MS = 15_000;

/** V8's settings, by what the studio does. One per program, as V8's settings are the program's. */
export class EngineTuner {
  readonly #clock: Clock;
  readonly #countsBytecode: boolean;
  #streams = 0;
  #beginning: Timer | undefined;

  constructor(clock: Clock, countsBytecode = COUNTS_BYTECODE) {
    this.#clock = clock;
    this.#countsBytecode = countsBytecode;
  }

  /** Before anything is started, and with every stream that comes or goes. */
  readonly tune = (streams: number): void => {
    for (const flag of engineFlags(streams)) setFlagsFromString(flag);
    if (streams > this.#streams && this.#countsBytecode) this.#begin();
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
