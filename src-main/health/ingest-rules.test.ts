import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { healthReportSchema } from '../../src-shared/model/health.ts';
import { ingestFindings, INGEST_RULES, ingestPatience, type IngestFacts } from './ingest-rules.ts';
import { StreamMeter } from './stream-meter.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/health.md'), 'utf8');
const { meters: none } = new StreamMeter(0).sample(1_000);

type Changes = Partial<Omit<IngestFacts, 'meters' | 'video'>> & {
  readonly meters?: Partial<IngestFacts['meters']>;
  readonly video?: Partial<IngestFacts['video']> | null;
};

/** Facts of a good stream, with changes. */
function facts({ meters = {}, video = {}, ...changes }: Changes): IngestFacts {
  const good = {
    ...{ codec: 'H.264', profile: 'High', level: '4.2', width: 1920, height: 1080, fps: 60, kbps: 6_000 },
    ...{ keyframeIntervalSec: 2, bFrames: true, reorderFrames: 2, cabac: true, interlaced: false },
    ...{ chroma: '4:2:0', bitDepth: 8 },
  };
  return {
    video: video === null ? null : { ...good, ...video },
    audio: { codec: 'AAC', sampleRate: 48_000, channels: 2, profile: 'LC', kbps: 160 },
    ...{ avOffsetMs: 10, jitterMs: 5, silentVideoMs: 20, silentAudioMs: 20, bestFps: 60 },
    ...{ sinceKeyframeMs: 1_000, keyframeIntervals: 10, newGaps: 0, newBackwardJumps: 0 },
    recent: { frames: 180, dropped: 0, duplicates: 0 },
    ...changes,
    meters: { ...none, keyframeIntervalSec: 2, keyframeSpreadSec: 0, behindMs: 0, ...meters },
  };
}

const codes = (changes: Changes): readonly string[] => ingestFindings(facts(changes)).map(({ code }) => code);

test('a good stream has no findings', () => {
  expect(codes({})).toEqual([]);
});

/** Each rule just within what is good, and just beyond it. */
const EDGES: readonly (readonly [string, Changes, Changes])[] = [
  ['video-stopped', { silentVideoMs: 3_000 }, { silentVideoMs: 3_001 }],
  ['sound-stopped', { silentAudioMs: 3_000 }, { silentAudioMs: 3_001 }],
  ['no-picture', {}, { video: null }],
  ['no-sound', {}, { audio: null }],
  ['frame-rate-low', { video: { fps: 51 } }, { video: { fps: 50.9 } }],
  [
    'frames-dropped',
    { recent: { frames: 98, dropped: 2, duplicates: 0 } },
    { recent: { frames: 97, dropped: 3, duplicates: 0 } },
  ],
  [
    'frames-duplicate',
    { recent: { frames: 150, dropped: 0, duplicates: 3 } },
    { recent: { frames: 149, dropped: 0, duplicates: 3 } },
  ],
  [
    'keyframes-far',
    { meters: { keyframeIntervalSec: 5 }, video: { keyframeIntervalSec: 2 } },
    { meters: { keyframeIntervalSec: 4.6 }, video: { keyframeIntervalSec: 4.6 } },
  ],
  ['keyframes-uneven', { meters: { keyframeSpreadSec: 1.5 } }, { meters: { keyframeSpreadSec: 1.6 } }],
  ['keyframes-stopped', { sinceKeyframeMs: 12_000 }, { sinceKeyframeMs: 12_001 }],
  ['arrival-uneven', { jitterMs: 120 }, { jitterMs: 121 }],
  ['far-behind', { meters: { behindMs: 1_500 } }, { meters: { behindMs: 1_501 } }],
  ['timestamp-gap', {}, { newGaps: 1 }],
  ['timestamps-back', {}, { newBackwardJumps: 1 }],
  ['av-apart', { avOffsetMs: 500 }, { avOffsetMs: -501 }],
  ['av-drift', { meters: { avDriftMsPerMin: 40 } }, { meters: { avDriftMsPerMin: -41 } }],
  ['interlaced', { video: { interlaced: null } }, { video: { interlaced: true } }],
];

test.each(EDGES)('%s', (code, good, bad) => {
  expect(codes(good)).toEqual([]);
  expect(codes(bad)).toEqual([code]);
});

test('every rule has its edges, and its words are sentences', () => {
  expect(EDGES.map(([code]) => code)).toEqual(INGEST_RULES.map(({ code }) => code));
  for (const [, , bad] of EDGES)
    for (const { message } of ingestFindings(facts(bad))) expect(message).toMatch(/^[A-Z0-9].*\.$/);
});

test('few intervals say nothing of their evenness; long ones are waited for three times', () => {
  expect(codes({ keyframeIntervals: 3, meters: { keyframeSpreadSec: 3 } })).toEqual([]);
  const slow = { meters: { keyframeIntervalSec: 10 } };
  expect(codes({ ...slow, sinceKeyframeMs: 30_000 })).toEqual([]);
  expect(codes({ ...slow, sinceKeyframeMs: 30_001 })).toEqual(['keyframes-stopped']);
});

test('docs/health.md has each rule with its level and its patience', () => {
  for (const { code, level, enter, leave } of INGEST_RULES) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${code}\` |`));
    const cells = row?.split('|').map((cell) => cell.trim());
    expect(cells?.slice(-3, -1), code).toEqual([`${enter}`, `${leave}`]);
    expect(cells?.[2], code).toBe(level);
  }
});

test('docs/health.md defines every meter', () => {
  for (const name of Object.keys(none)) expect(page, name).toContain(`\`${name}\``);
});

test('a report keeps the contract', () => {
  const meter = new StreamMeter(0);
  expect(healthReportSchema.safeParse(meter.sample(1_000)).success).toBe(true);
});

test('a code that is in no rule is our fault', () => {
  expect(() => ingestPatience('else')).toThrow('else');
});
