/**
 * Figures and names as this room tells them.
 * @module
 */

/** 1000 bit/s in Mbit/s, one digit: finer than that changes every second. */
export function mbit(kbps: number): string {
  return (kbps / 1000).toFixed(1);
}

/** Seconds, one digit. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A, B and C. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
