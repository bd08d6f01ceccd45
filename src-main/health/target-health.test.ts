import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Health } from '../../src-shared/model/health.ts';
import type { Finding } from '../../src-shared/model/target.ts';
import { TargetHealthKeeper, type TargetSample } from './target-health.ts';

const GOOD: TargetSample = {
  state: 'live',
  queueMs: 40,
  droppedInLastSecond: 0,
  kbps: 6_000,
  wantedKbps: 6_000,
  shed: 'none',
  roundTripMs: 30,
  findings: [],
  lastErrorMessage: null,
  delayed: false,
};
const LOST = 'Twitch closed the connection.';
const TOO_LONG: Finding = {
  rule: 'keyframe-interval',
  severity: 'error',
  sent: 'a keyframe every 8 s',
  wanted: 'one every 2 s',
  unconfirmed: false,
  consequence: 'It may stop.',
  fix: 'OBS: 2 s.',
};

/** A target sampled once a second. */
class Watched {
  readonly #keeper = new TargetHealthKeeper();

  /** The same for so many seconds. @returns The word of each of them. */
  words(seconds: number, change: Partial<TargetSample> = {}): readonly string[] {
    return this.for(seconds, change).map(({ word }) => word);
  }

  /** @returns The last second's. */
  after(seconds: number, change: Partial<TargetSample> = {}): Health {
    const [last] = this.for(seconds, change).slice(-1);
    if (last === undefined) throw new Error('no seconds');
    return last;
  }

  for(seconds: number, change: Partial<TargetSample>): readonly Health[] {
    return Array.from({ length: seconds }, () => this.#keeper.sample({ ...GOOD, ...change }));
  }
}
const times = (word: string, count: number): readonly string[] => Array.from({ length: count }, () => word);

test('all is well: good, from the first second on', () => {
  const watched = new Watched();
  expect(watched.for(100, {})).toEqual(times('good', 100).map((word) => ({ word, reasons: [] })));
});

describe('waiting', () => {
  test('off, and for the encoder', () => {
    const watched = new Watched();
    expect(watched.after(1, { state: 'off' })).toEqual({ word: 'waiting', reasons: ['This target is off.'] });
    expect(watched.after(1, { state: 'waiting', kbps: 0 }).word).toBe('waiting');
  });

  test('what was wrong before is forgotten', () => {
    const watched = new Watched();
    expect(watched.after(9, { droppedInLastSecond: 9 }).word).toBe('failing');
    expect(watched.words(1, { state: 'waiting' })).toEqual(['waiting']);
    expect(watched.words(3)).toEqual(times('good', 3));
    // The encoder went and came: no reconnect of the target.
    watched.words(1, { state: 'waiting' });
    watched.words(2, { state: 'connecting' });
    expect(watched.words(3)).toEqual(times('good', 3));
  });
});

describe('connecting', () => {
  test('the first time it is waited for ten seconds', () => {
    const watched = new Watched();
    expect(watched.words(12, { state: 'connecting', kbps: 0 })).toEqual([
      ...times('waiting', 10),
      ...times('failing', 2),
    ]);
    expect(watched.after(1, { state: 'connecting' }).reasons).toEqual([
      'Not connected for over 10 s; it keeps trying.',
    ]);
    // Live for five seconds in a row before it is believed; it was never lost.
    expect(watched.words(6)).toEqual([...times('failing', 4), 'good', 'good']);
  });

  test('a loss strains it at once, and fails it after ten seconds of trying', () => {
    const watched = new Watched();
    watched.words(5);
    expect(watched.after(1, { state: 'retrying', lastErrorMessage: LOST })).toEqual({
      word: 'strained',
      reasons: [`The connection was lost a moment ago; it tries again. ${LOST}`],
    });
    expect(watched.words(4, { state: 'connecting' })).toEqual(times('strained', 4));
    expect(watched.words(6, { state: 'retrying' })).toEqual([...times('strained', 5), 'failing']);
    expect(watched.after(1, { state: 'connecting', lastErrorMessage: LOST }).reasons).toEqual([
      `Not connected for over 10 s; it keeps trying. ${LOST}`,
    ]);
  });

  test('back again it stays strained for a minute', () => {
    const watched = new Watched();
    watched.words(5);
    watched.words(2, { state: 'retrying', lastErrorMessage: LOST });
    expect(watched.after(1, { lastErrorMessage: LOST })).toEqual({
      word: 'strained',
      reasons: [`It was lost and came back within the last minute. ${LOST}`],
    });
    expect(watched.words(60, { lastErrorMessage: LOST })).toEqual([...times('strained', 59), 'good']);
  });

  test('a first try that goes wrong', () => {
    const watched = new Watched();
    // What was wrong the last time it was on says nothing of this one.
    const beginning = watched.after(11, { state: 'connecting', lastErrorMessage: LOST });
    expect(beginning.reasons).toEqual(['Not connected for over 10 s; it keeps trying.']);
    watched.words(1, { state: 'off' });
    watched.words(2, { state: 'connecting' });
    expect(watched.after(1, { state: 'retrying', lastErrorMessage: LOST })).toEqual({
      word: 'strained',
      reasons: [`The first try went wrong; it tries again. ${LOST}`],
    });
    expect(watched.words(1)).toEqual(['good']);
  });

  test('failed says why, until it is set on its way anew', () => {
    const watched = new Watched();
    watched.words(5);
    expect(watched.after(1, { state: 'failed', lastErrorMessage: 'Twitch refused the stream key.' })).toEqual(
      {
        word: 'failing',
        reasons: ['Twitch refused the stream key.'],
      },
    );
    expect(watched.after(1, { state: 'failed' }).reasons).toEqual([
      'It was lost, and does not try again by itself.',
    ]);
    expect(watched.words(2, { state: 'connecting' })).toEqual(times('waiting', 2));
    expect(watched.words(1)).toEqual(['good']);
  });
});

describe('failing while live', () => {
  test('nothing gets through for five seconds', () => {
    const watched = new Watched();
    expect(watched.words(5, { kbps: 0 })).toEqual([...times('good', 4), 'failing']);
    expect(watched.words(5)).toEqual([...times('failing', 4), 'good']);
  });

  test('that there is nothing to send is not its fault', () => {
    const watched = new Watched();
    expect(watched.words(20, { kbps: 0, wantedKbps: 0 })).toEqual(times('good', 20));
    expect(watched.words(20, { kbps: 0, wantedKbps: null })).toEqual(times('good', 20));
    expect(watched.words(20, { kbps: 0, delayed: true })).toEqual(times('good', 20));
  });

  test('drops for five seconds, with a second between them', () => {
    const watched = new Watched();
    const words = [9, 0, 9, 0, 9, 0, 9].flatMap((droppedInLastSecond) =>
      watched.words(1, { droppedInLastSecond }),
    );
    expect(words).toEqual([...times('strained', 4), ...times('failing', 3)]);
    // One pause still belongs to them; five clean seconds end it, and thirty the rest.
    expect(watched.words(30)).toEqual([...times('failing', 5), ...times('strained', 24), 'good']);
  });

  test('drops now and then only strain it', () => {
    const watched = new Watched();
    for (let turn = 0; turn < 20; turn++) {
      expect(watched.words(1, { droppedInLastSecond: 60 })).toEqual(['strained']);
      expect(watched.words(3)).toEqual(times('strained', 3));
    }
  });

  test('a blink of good seconds does not take the word back', () => {
    const watched = new Watched();
    watched.words(5, { kbps: 0 });
    expect(watched.words(4)).toEqual(times('failing', 4));
    expect(watched.words(1, { kbps: 0 })).toEqual(['failing']);
    expect(watched.words(5)).toEqual([...times('failing', 4), 'good']);
  });
});

describe('strained while live', () => {
  test('a queue of over a second, for three', () => {
    const watched = new Watched();
    expect(watched.words(3, { queueMs: 1_001 })).toEqual(['good', 'good', 'strained']);
    expect(watched.after(1, { queueMs: 1_001, roundTripMs: 501 }).reasons).toEqual([
      'Over a second of the stream waits to be sent: this way there is too slow. A ping there and back takes over half a second.',
    ]);
    expect(watched.words(5, { queueMs: 1_000 })).toEqual([...times('strained', 4), 'good']);
    expect(watched.words(2, { queueMs: 9_000 })).toEqual(['good', 'good']);
  });

  test('one drop, for thirty seconds', () => {
    const watched = new Watched();
    expect(watched.after(1, { droppedInLastSecond: 1 })).toEqual({
      word: 'strained',
      reasons: ['Frames were dropped in the last 30 s.'],
    });
    expect(watched.words(30)).toEqual([...times('strained', 29), 'good']);
  });

  test('what is shed on purpose is no drop', () => {
    const watched = new Watched();
    const shed = { shed: 'keyframes', droppedInLastSecond: 58 } as const;
    expect(watched.for(20, shed)).toEqual(
      times('strained', 20).map((word) => ({
        word,
        reasons: ['Gets sound and keyframes only: the line cannot carry all.'],
      })),
    );
    expect(watched.words(5)).toEqual([...times('strained', 4), 'good']);
    expect(watched.after(1, { shed: 'sound' }).reasons).toEqual([
      'Gets sound only: the line cannot carry more.',
    ]);
  });

  test('a rule that is broken, with what to change', () => {
    const watched = new Watched();
    const broken = { findings: [TOO_LONG] };
    expect(watched.words(3, broken)).toEqual(['good', 'good', 'strained']);
    expect(watched.after(1, broken).reasons).toEqual([
      'You send a keyframe every 8 s, wanted is one every 2 s. It may stop. OBS: 2 s.',
    ]);
    expect(watched.words(10)).toEqual([...times('strained', 9), 'good']);
    const milder = [
      { ...TOO_LONG, severity: 'warning' },
      { ...TOO_LONG, severity: 'info' },
    ] as const;
    expect(watched.words(20, { findings: milder })).toEqual(times('good', 20));
  });

  test('each reason stands for itself', () => {
    const { reasons } = new Watched().after(3, { queueMs: 3_000, shed: 'sound', findings: [TOO_LONG] });
    expect(reasons).toHaveLength(3);
  });
});

test('whatever came before, a minute and five seconds of good is good', () => {
  const change = fc.record({
    state: fc.constantFrom('off', 'waiting', 'connecting', 'live', 'retrying', 'failed'),
    queueMs: fc.integer({ min: 0, max: 5_000 }),
    droppedInLastSecond: fc.integer({ min: 0, max: 60 }),
    kbps: fc.constantFrom(0, 3_000),
    shed: fc.constantFrom('none', 'keyframes', 'sound'),
    findings: fc.constantFrom([], [TOO_LONG]),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
      const watched = new Watched();
      for (const one of changes) {
        const { word, reasons } = watched.after(1, one);
        expect(reasons.length === 0).toBe(word === 'good');
        if (one.state === 'off' || one.state === 'waiting') expect(word).toBe('waiting');
        if (one.state === 'failed') expect(word).toBe('failing');
      }
      expect(watched.after(65)).toEqual({ word: 'good', reasons: [] });
    }),
  );
});
