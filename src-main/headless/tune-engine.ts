/**
 * What V8 is told for a program that passes much through and holds little.
 * @module
 */
import { setFlagsFromString } from 'node:v8';

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

/** Before anything is started, and with every stream that comes or goes. */
export function tuneEngine(streams: number): void {
  for (const flag of engineFlags(streams)) setFlagsFromString(flag);
}
