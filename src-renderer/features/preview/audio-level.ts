/**
 * @module
 */

/** What counts as silence: the scale's lower end. */
export const FLOOR_DB = -60;
/** How fast the bar falls: slow enough for a peak to be seen, dB per second. */
const FALL_DB_PER_SEC = 24;
/** How long the mark of the last peak stays before it falls with the bar, ms. */
const HOLD_MS = 1500;

/** One channel's level in dBFS, from `FLOOR_DB` to 0, and its last peak. */
export type ChannelLevel = { readonly db: number; readonly heldDb: number; readonly heldForMs: number };

export const SILENCE: ChannelLevel = { db: FLOOR_DB, heldDb: FLOOR_DB, heldForMs: 0 };

/** The level after `samples`, `passedMs` after `before`: rises at once, falls slowly. */
export function nextLevel(samples: Float32Array, before: ChannelLevel, passedMs: number): ChannelLevel {
  const peakDb = peakOf(samples);
  const fallen = (FALL_DB_PER_SEC * passedMs) / 1000;
  const db = Math.max(peakDb, before.db - fallen, FLOOR_DB);
  if (db >= before.heldDb) return { db, heldDb: db, heldForMs: 0 };
  const heldForMs = before.heldForMs + passedMs;
  const heldDb = heldForMs <= HOLD_MS ? before.heldDb : Math.max(db, before.heldDb - fallen);
  return { db, heldDb, heldForMs };
}

/** Place on the scale: 0 is silence, 1 is full scale. */
export function shareOf(db: number): number {
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}

function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) {
    const size = Math.abs(sample);
    if (size > peak) peak = size;
  }
  return peak === 0 ? FLOOR_DB : Math.min(0, 20 * Math.log10(peak));
}
