/**
 * Loaded into our server with `--import`: each SIGUSR2 writes how long its event loop was late since the one before.
 * @module
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The monitor counts from one of its own timers to the next: this long when nothing is late. */
const RESOLUTION_MS = 1;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('SIGUSR2', () => {
  const ms = (/** @type {number} */ share) => Math.max(0, delay.percentile(share) / 1e6 - RESOLUTION_MS);
  const late = { p50Ms: ms(50), p99Ms: ms(99), maxMs: ms(100) };
  writeFileSync(process.env['RELAYDECK_LOOP_FILE'] ?? 'loop.json', JSON.stringify(late));
  delay.reset();
});
