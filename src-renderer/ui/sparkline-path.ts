/**
 * @module
 */
import { SERIES_SECONDS } from '../state/series.ts';

/**
 * An SVG path in a box of {@link SERIES_SECONDS} × 100, newest at the right, zero at the bottom.
 * The top is a tenth above the highest value, so that a steady line is seen below the edge.
 */
export function sparklinePath(seconds: readonly number[], values: readonly (number | null)[]): string {
  const newest = seconds.at(-1);
  if (newest === undefined) return '';
  const top = Math.max(1, ...values.map((value) => value ?? 0)) * 1.1;
  let pen: 'M' | 'L' = 'M';
  const steps: string[] = [];
  values.forEach((value, index) => {
    const second = seconds[index];
    if (value === null || second === undefined) {
      pen = 'M';
      return;
    }
    steps.push(`${pen}${SERIES_SECONDS - (newest - second)} ${(100 - (value / top) * 100).toFixed(1)}`);
    pen = 'L';
  });
  return steps.join('');
}
