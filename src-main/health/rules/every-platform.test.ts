import { describe, expect, test } from 'vitest';
import { platformPresetSchema } from '../../../src-shared/model/platform-preset.ts';
import facts from '../../outbound/platform-facts.json' with { type: 'json' };
import { findPreset, platformPresets } from '../../outbound/presets.ts';
import { checkRules, type SentStream } from './check-rules.ts';
import { stream } from './testing/streams.ts';

/**
 * What must be found of a stream that is wrong in everything, told by hand from the facts, one letter per rule:
 * P profile above main, R larger than its largest size, O not upright, F over its frame rate, V over its bitrate,
 * A over its audio bitrate, K over its keyframe interval, B more B-frames than it takes, S plain RTMP though it has
 * RTMPS.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  twitch: 'PFVAK',
  youtube: 'RFVAKS',
  'youtube-rtmp-legacy': 'FVAK',
  kick: 'RS',
  facebook: 'PRFVAKS',
  x: 'FVAKS',
  tiktok: 'RO',
  instagram: 'OS',
  linkedin: 'RFVAK',
  trovo: 'VAK',
  rumble: '',
  dlive: 'VAK',
  nimo: 'VAK',
  bilibili: '',
  'soop-kr': 'PVAK',
  'soop-global': 'PRFVAKB',
  chzzk: 'RFVAKB',
  picarto: 'PVK',
  vimeo: '',
  dailymotion: '',
  vk: '',
  ok: '',
  telegram: 'S',
  steam: 'VAK',
  kuaishou: '',
  niconico: 'VAK',
  vaughn: 'VAK',
  mixcloud: 'RFVAK',
  piczel: 'VAK',
  goodgame: '',
  angelthump: 'VAK',
  aparat: 'VAK',
  'amazon-ivs': 'RFVAKS',
  mux: 'VAKS',
  restream: 'K',
  castr: 'K',
  livepush: 'VK',
  switchboard: 'KS',
  irltoolkit: 'VAKBS',
  owncast: '',
  'nginx-rtmp': '',
  srs: '',
  mediamtx: '',
  'node-media-server': '',
};
const LETTERS: Readonly<Record<string, string>> = {
  P: 'profile',
  R: 'resolution',
  O: 'orientation',
  F: 'fps',
  V: 'video-bitrate',
  A: 'audio-bitrate',
  K: 'keyframe-interval',
  B: 'b-frames',
  S: 'plain-rtmp',
};
/** What all but servers without rules are told of such a stream, whatever their facts say. */
const EVERYWHERE = ['audio-channels', 'audio-codec', 'audio-sample-rate', 'chroma-bit-depth', 'interlaced'];

type Fact = (typeof facts.platforms)[number];
type Recommended = {
  readonly maxVideoKbps: number | null;
  readonly maxAudioKbps: number | null;
  readonly keyframeIntervalSec: number | null;
  readonly maxFps: number | null;
  readonly videoCodecs: readonly string[];
  readonly resolutions?: readonly string[];
  readonly h264Profile?: string;
  readonly maxBFrames?: number;
};

/** To the last bit what the platform recommends: exactly at each limit. */
function recommendedStream(fact: Fact): SentStream {
  const asked: Recommended = fact.recommended;
  const upright = fact.id === 'instagram' ? '1080x1920' : undefined;
  const [width, height] = (upright ?? asked.resolutions?.[0] ?? '1920x1080').split('x').map(Number);
  const bFrames = asked.maxBFrames ?? 2;
  return stream({
    video: {
      codec: 'H.264',
      profile: asked.h264Profile === 'main' ? 'Main' : 'High',
      width: width ?? null,
      height: height ?? null,
      fps: asked.maxFps ?? 60,
      bFrames: bFrames > 0,
      reorderFrames: bFrames,
    },
    // 51000 is the most that YouTube takes; what it recommends for 2160p60 is in its table.
    videoKbps: fact.id === 'youtube' ? 35_000 : (asked.maxVideoKbps ?? 6_000),
    audioKbps: asked.maxAudioKbps ?? 160,
    keyframeIntervalSec: asked.keyframeIntervalSec ?? 2,
  });
}

const ALL_WRONG = stream({
  video: {
    profile: 'High',
    width: 7_680,
    height: 4_320,
    fps: 120,
    bFrames: true,
    reorderFrames: 4,
    interlaced: true,
    chroma: '4:2:2',
    bitDepth: 10,
  },
  audio: { profile: 'HE-AAC', sampleRate: 96_000, channels: 6 },
  videoKbps: 100_000,
  audioKbps: 1_000,
  keyframeIntervalSec: 10,
});
/** Upright and with a keyframe a second, so that nobody has anything else against it. */
const WRONG_CODECS = stream({
  video: { codec: 'VP8', profile: null, width: 720, height: 1280 },
  audio: { codec: 'speex' },
  keyframeIntervalSec: 1,
});

function presetOf(id: string) {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return platformPresetSchema.parse(preset);
}
const rulesOf = (sent: SentStream, id: string, url?: string): readonly string[] =>
  checkRules(sent, presetOf(id), url === undefined ? {} : { url })
    .map(({ rule }) => rule)
    .toSorted();

const platforms = facts.platforms.filter(({ id }) => id !== 'custom').map((fact) => [fact.id, fact] as const);

test('the table has every platform', () => {
  expect(Object.keys(EXPECTED)).toEqual(platforms.map(([id]) => id));
  expect(platforms.length).toBeGreaterThan(40);
});

describe.each(platforms)('%s', (id, fact) => {
  test('finds nothing in what it recommends', () => {
    const servers = presetOf(id).servers.map(({ url }) => url);
    const server = servers.find((url) => url.startsWith('rtmps:')) ?? servers[0];
    expect(
      checkRules(recommendedStream(fact), presetOf(id), server === undefined ? {} : { url: server }),
    ).toEqual([]);
  });

  test('finds all that is wrong, and nothing else', () => {
    const wrong = (EXPECTED[id] ?? '?').split('').map((letter) => LETTERS[letter] ?? letter);
    expect(rulesOf(ALL_WRONG, id, 'rtmp://live.example/app')).toEqual([...EVERYWHERE, ...wrong].toSorted());
  });

  test('finds codecs that it does not take', () => {
    expect(rulesOf(WRONG_CODECS, id)).toEqual(['audio-codec', 'video-codec']);
  });

  test('is sure of nothing that could not be checked', () => {
    const doubtful = [
      ...checkRules(ALL_WRONG, presetOf(id)),
      ...checkRules(WRONG_CODECS, presetOf(id)),
    ].filter(({ unconfirmed }) => unconfirmed);
    expect(doubtful.filter(({ severity }) => severity === 'error')).toEqual([]);
    const marked: { readonly unconfirmed?: boolean } = fact.recommended;
    if (marked.unconfirmed === true) {
      expect(
        checkRules(WRONG_CODECS, presetOf(id)).map(({ unconfirmed, severity }) => [unconfirmed, severity]),
      ).toEqual([
        [true, 'warning'],
        [true, 'warning'],
      ]);
    }
  });

  test('says what is sent, what is wanted, what comes of it and what to change', () => {
    for (const finding of [
      ...checkRules(ALL_WRONG, presetOf(id), { url: 'rtmp://live.example/app' }),
      ...checkRules(WRONG_CODECS, presetOf(id)),
    ]) {
      expect(finding.sent).toMatch(/\S/);
      expect(finding.wanted).toMatch(/\S/);
      expect(finding.consequence).toMatch(/\.$/);
      expect(finding.fix).toMatch(/\.$/);
      expect(finding.fix.length).toBeLessThan(420);
      expect(Object.values(finding).join(' ')).not.toMatch(/NaN|undefined|null|Infinity/);
    }
  });
});

test.each(['custom', 'rehearsal'])('%s has no rules', (id) => {
  expect(rulesOf(ALL_WRONG, id, 'rtmp://live.example/app')).toEqual([]);
  expect(rulesOf(WRONG_CODECS, id)).toEqual([]);
});

test('nothing is found about what is not known', () => {
  const unknown = { video: null, audio: null, videoKbps: null, audioKbps: null, keyframeIntervalSec: null };
  const halfKnown = stream({
    video: {
      profile: null,
      width: null,
      height: null,
      fps: null,
      bFrames: null,
      reorderFrames: null,
      interlaced: null,
      chroma: null,
      bitDepth: null,
    },
    audio: { profile: null, sampleRate: null, channels: null },
    videoKbps: null,
    audioKbps: null,
    keyframeIntervalSec: null,
  });
  for (const preset of platformPresets) {
    expect(checkRules(unknown, preset)).toEqual([]);
    expect(checkRules(halfKnown, preset)).toEqual([]);
  }
});
