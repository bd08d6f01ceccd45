/**
 * @module
 */
import { memo } from 'react';
import { SERIES_SECONDS } from '../state/series.ts';
import { sparklinePath } from './sparkline-path.ts';

export type SparklineProps = {
  readonly seconds: readonly number[];
  readonly values: readonly (number | null)[];
  readonly className?: string;
};

/** A figure's last minutes as one line; the figure itself stands beside it in words. */
export const Sparkline = memo(function Sparkline({ seconds, values, className }: SparklineProps) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${SERIES_SECONDS} 100`}
      preserveAspectRatio="none"
      className={className}
      fill="none"
      stroke="currentColor"
    >
      <path d={sparklinePath(seconds, values)} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
});
