/**
 * What V8 is told for a program that passes much through and holds little.
 * @module
 */
import { setFlagsFromString } from 'node:v8';

/**
 * Each can be set while the program runs, and each is known to V8 (a test asks it):
 * - V8 counts media, which lie outside its heap, against a limit of some MB above the heap's size. So 50 streams have
 *   25 MB of program marked seven times a second. Twice the heap is room enough for once or twice, and little
 *   memory.
 * - Once V8 has given start-up's room for young objects back it stays at that: more of it saves no CPU here, and is kept.
 * - A scavenge takes half a millisecond: waking three threads for it costs more than they save.
 * - The history's SQLite is called once a second. Compiling it a second time, for speed, costs more CPU than it saves in
 *   hours, and 20 MiB that never come back.
 */
export const ENGINE_FLAGS = [
  '--heap-growing-percent=100',
  '--semi-space-growth-factor=1',
  '--no-parallel-scavenge',
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
] as const;

/** Before anything is started. */
export function tuneEngine(): void {
  for (const flag of ENGINE_FLAGS) setFlagsFromString(flag);
}
