import { describe, expect, it } from 'vitest';
import { column, SERIES_SECONDS, span, withPoint, type Series } from './series.ts';

const fill = (seconds: readonly number[]): Series =>
  seconds.reduce<Series>((series, atSec) => withPoint(series, { atSec, values: [atSec * 10] }), []);

describe('withPoint', () => {
  it('keeps the last five minutes', () => {
    const series = fill(Array.from({ length: 1000 }, (_, index) => index));
    expect(series).toHaveLength(SERIES_SECONDS);
    expect(series[0]?.atSec).toBe(1000 - SERIES_SECONDS);
  });

  it('keeps one point per second, the latest', () => {
    const series = withPoint(fill([1, 2]), { atSec: 2, values: [99] });
    expect(series).toEqual([
      { atSec: 1, values: [10] },
      { atSec: 2, values: [99] },
    ]);
  });

  it('follows a clock that was set back', () => {
    expect(fill([10, 11, 12, 5]).map(({ atSec }) => atSec)).toEqual([5]);
  });

  it('drops all that is too old after a long silence', () => {
    expect(fill([1, 2, 1000])).toHaveLength(1);
  });
});

describe('column', () => {
  it('leaves a hole where nothing was heard', () => {
    expect(column(fill([1, 2, 9]), 0)).toEqual([
      [1, 2, 3, 9],
      [10, 20, null, 90],
    ]);
  });

  it('reads a column that is not there as unknown', () => {
    expect(column(fill([1]), 4)).toEqual([[1], [null]]);
  });
});

describe('span', () => {
  it('knows the lowest and the highest', () => {
    expect(span([3, null, -1, 7])).toEqual({ low: -1, high: 7 });
    expect(span([null])).toBeNull();
  });
});
