import { expect, it } from 'vitest';
import { sampleEvent } from '../../state/testing/samples.ts';
import { eventMarks, markNear } from './event-marks.ts';

it('finds the event under the pointer', () => {
  const marks = eventMarks([
    sampleEvent({ at: '1970-01-01T00:00:10Z', message: 'first' }),
    sampleEvent({ at: '1970-01-01T00:00:14Z', message: 'second' }),
  ]);
  expect(markNear(marks, 13, 5)?.text).toBe('second');
  expect(markNear(marks, 100, 5)).toBeNull();
});
