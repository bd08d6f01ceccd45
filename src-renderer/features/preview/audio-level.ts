/**
 * @module
 */

/** `share`: 0 is silence (−60 dBFS and below), 1 is full scale. */
export type ChannelLevel = { readonly share: number };

const FLOOR_DB = -60;
/** How much the bar falls per frame at most: peaks stay long enough to be seen. */
const FALL_PER_FRAME = 0.02;

/** The level of `samples`; rises at once, falls slowly from `before`. */
export function levelOf(samples: Float32Array, before: ChannelLevel): ChannelLevel {
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  const db = peak === 0 ? FLOOR_DB : 20 * Math.log10(peak);
  const share = Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
  return { share: Math.max(share, before.share - FALL_PER_FRAME) };
}
