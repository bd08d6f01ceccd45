import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_PLATFORM_LIMITS, type PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Finding } from '../../../src-shared/model/target.ts';
import { findPreset, platformPresets } from '../../outbound/presets.ts';
import { checkRules, type RuleId, type SentStream } from './check-rules.ts';
import { stream, type StreamParts } from './testing/streams.ts';

type Where = { readonly url?: string; readonly software?: string };

function presetOf(id: string): PlatformPreset {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return preset;
}

/** The only finding of a stream that is fine but for `parts`; undefined: there is none. */
function only(id: string, parts: StreamParts, where: Where = {}): Finding | undefined {
  const findings = checkRules(stream(parts), presetOf(id), where);
  expect(findings.length).toBeLessThan(2);
  return findings[0];
}

describe('words', () => {
  test('a keyframe interval that is too long', () => {
    expect(only('twitch', { keyframeIntervalSec: 4.17 })).toEqual({
      rule: 'keyframe-interval',
      severity: 'error',
      sent: 'a keyframe every 4.2 s',
      wanted: 'one every 2 s',
      unconfirmed: false,
      consequence: 'Viewers may wait long for the picture, and it may stop to load.',
      fix: 'OBS, Streamlabs: Settings → Output → Streaming → Keyframe Interval: 2 s. vMix: cog wheel beside Stream → cog wheel beside Quality → Keyframe Latency: 2. Larix: Settings → Video → Keyframe frequency: 2 s. FFmpeg: -g 60.',
    });
  });

  test('a bitrate over the limit', () => {
    expect(
      only('picarto', { videoKbps: 4_000 }, { software: 'obs-output module (libobs version 31.0.0)' }),
    ).toEqual({
      rule: 'video-bitrate',
      severity: 'warning',
      sent: '4000 kbit/s',
      wanted: 'at most 3500 kbit/s',
      unconfirmed: false,
      consequence: 'Picarto may cut the connection, or viewers may see the picture stall.',
      fix: 'OBS, Streamlabs: Settings → Output → Streaming → Bitrate: 3500 Kbps.',
    });
  });

  test('a codec, with the platform named as in a sentence', () => {
    expect(
      only('soop-kr', { video: { codec: 'HEVC', profile: 'Main' } }, { software: 'Lavf60.16.100' }),
    ).toEqual({
      rule: 'video-codec',
      severity: 'error',
      sent: 'HEVC',
      wanted: 'H.264',
      unconfirmed: false,
      consequence: 'SOOP Korea may refuse the stream, or viewers may see no picture.',
      fix: 'FFmpeg: -c:v libx264. vMix: cog wheel beside Stream → cog wheel beside Quality → Codec: H264.',
    });
    expect(only('youtube', { video: { codec: 'VP9' } })?.wanted).toBe('H.264, HEVC or AV1');
  });

  test('what could not be checked is a warning and says so', () => {
    expect(only('kick', { video: { width: 2560, height: 1440 } }, { software: 'Larix/1.3' })).toEqual({
      rule: 'resolution',
      severity: 'warning',
      sent: '2560×1440',
      wanted: 'at most 1920×1080',
      unconfirmed: true,
      consequence: 'Kick may refuse a picture of this size, or scale it down.',
      fix: 'Larix: Settings → Video → Resolution: 1920x1080.',
    });
    // Single weak figures, beside others that are sound.
    expect(only('amazon-ivs', { videoKbps: 20_000 })).toMatchObject({
      unconfirmed: true,
      severity: 'warning',
    });
    expect(only('restream', { video: { codec: 'AV1' } })).toMatchObject({
      unconfirmed: true,
      severity: 'warning',
    });
    expect(only('restream', { keyframeIntervalSec: 5 })).toMatchObject({
      unconfirmed: false,
      severity: 'error',
    });
  });

  test('an unencrypted line', () => {
    expect(only('youtube', {}, { url: 'rtmp://a.rtmp.youtube.com/live2' })).toEqual({
      rule: 'plain-rtmp',
      severity: 'info',
      sent: 'plain RTMP',
      wanted: 'RTMPS',
      unconfirmed: false,
      consequence: 'Your stream key crosses the internet in the clear.',
      fix: 'Nothing to change in the encoder: edit this target and give as server rtmps://a.rtmps.youtube.com:443/live2 (Primary (RTMPS)).',
    });
    expect(only('facebook', {}, { url: 'rtmp://rtmp-api.facebook.com/rtmp/' })).toMatchObject({
      severity: 'warning',
      consequence: expect.stringContaining('Facebook Live names no server without encryption') as string,
    });
    expect(only('kick', {}, { url: 'RTMP://kick.example/app' })?.fix).toContain('that Kick shows you');
    expect(only('youtube', {}, { url: 'rtmps://a.rtmps.youtube.com:443/live2' })).toBeUndefined();
    expect(only('trovo', {}, { url: 'rtmp://livepush.trovo.live/live/' })).toBeUndefined();
    expect(only('youtube', {})).toBeUndefined();
  });
});

test('what nearly all platforms want, though this one does not say so, is not confirmed', () => {
  const odd: readonly StreamParts[] = [
    { video: { interlaced: true } },
    { video: { chroma: '4:4:4' } },
    { audio: { profile: 'HE-AAC' } },
    { audio: { channels: 6 } },
  ];
  for (const parts of odd) expect(only('twitch', parts)?.unconfirmed).toBe(true);
  // Twitch does name its sample rates; Trovo names none.
  expect(only('twitch', { audio: { sampleRate: 96_000 } })?.unconfirmed).toBe(false);
  expect(only('trovo', { audio: { sampleRate: 96_000 } })?.unconfirmed).toBe(true);
  expect(only('twitch', { keyframeIntervalSec: 9 })?.unconfirmed).toBe(false);
  // Nobody has confirmed that Kick's server takes RTMPS; Facebook's does.
  expect(only('kick', {}, { url: 'rtmp://kick.example/app' })?.unconfirmed).toBe(true);
  expect(only('facebook', {}, { url: 'rtmp://facebook.example/app' })?.unconfirmed).toBe(false);
});

test('words leave out what is not known', () => {
  expect(only('twitch', { video: { chroma: '4:2:2', bitDepth: 10 } })?.sent).toBe(
    'H.264 with 4:2:2 and 10 bits',
  );
  expect(only('twitch', { video: { chroma: null, bitDepth: 10 } })?.sent).toBe('H.264 with 10 bits');
  expect(only('twitch', { video: { chroma: '4:2:2', bitDepth: null } })?.sent).toBe('H.264 with 4:2:2');
  const ofFfmpeg = { software: 'Lavf60.16.100' };
  expect(only('twitch', { keyframeIntervalSec: 9, video: { fps: 59.94 } }, ofFfmpeg)?.fix).toContain(
    'FFmpeg: -g 120.',
  );
  expect(only('twitch', { keyframeIntervalSec: 9, video: { fps: null } }, ofFfmpeg)?.fix).toContain(
    'FFmpeg: -force_key_frames "expr:gte(t,n_forced*2)".',
  );
  expect(only('youtube', { videoKbps: 60_000, video: { width: null, fps: 60 } })?.wanted).toBe(
    'at most 51000 kbit/s',
  );
  expect(only('youtube', { videoKbps: 0, audioKbps: 0, video: { fps: 60, codec: 'HEVC' } })).toBeUndefined();
});

/** Rule, platform, what just passes, what just does not, and how grave that is. */
const EDGES: readonly (readonly [RuleId, string, StreamParts, StreamParts, Finding['severity']])[] = [
  ['keyframe-interval', 'twitch', { keyframeIntervalSec: 2.6 }, { keyframeIntervalSec: 2.61 }, 'warning'],
  ['keyframe-interval', 'x', { keyframeIntervalSec: 3.9 }, { keyframeIntervalSec: 6.1 }, 'error'],
  [
    'keyframe-interval',
    'chzzk',
    { keyframeIntervalSec: 1.3, video: { profile: 'High' } },
    { keyframeIntervalSec: 2 },
    'warning',
  ],
  ['video-bitrate', 'twitch', { videoKbps: 6_300 }, { videoKbps: 6_301 }, 'warning'],
  ['video-bitrate', 'twitch', { videoKbps: 100 }, { videoKbps: 9_001 }, 'error'],
  ['audio-bitrate', 'mux', { audioKbps: 176 }, { audioKbps: 177 }, 'info'],
  ['audio-bitrate', 'mux', { audioKbps: 1 }, { audioKbps: 321 }, 'warning'],
  ['fps', 'mixcloud', { video: { fps: 31.5 } }, { video: { fps: 31.6 } }, 'warning'],
  [
    'resolution',
    'mixcloud',
    { video: { width: 720, height: 1280 } },
    { video: { width: 720, height: 1282 } },
    'error',
  ],
  [
    'b-frames',
    'irltoolkit',
    { video: { bFrames: true, reorderFrames: 2 } },
    { video: { bFrames: true, reorderFrames: 3 } },
    'warning',
  ],
  [
    'b-frames',
    'chzzk',
    { keyframeIntervalSec: 1 },
    { keyframeIntervalSec: 1, video: { bFrames: true, reorderFrames: null } },
    'error',
  ],
  [
    'profile',
    'twitch',
    { video: { profile: 'Constrained Baseline' } },
    { video: { profile: 'High' } },
    'info',
  ],
  [
    'chroma-bit-depth',
    'steam',
    { video: { profile: 'High' } },
    { video: { profile: 'High', chroma: '4:2:2' } },
    'warning',
  ],
  [
    'orientation',
    'tiktok',
    { video: { width: 720, height: 1280 } },
    { video: { width: 720, height: 720 } },
    'warning',
  ],
  ['interlaced', 'twitch', { video: { interlaced: false } }, { video: { interlaced: true } }, 'warning'],
  ['chroma-bit-depth', 'twitch', {}, { video: { bitDepth: 10 } }, 'warning'],
  ['audio-codec', 'twitch', {}, { audio: { profile: 'HE-AACv2' } }, 'warning'],
  ['audio-codec', 'twitch', {}, { audio: { codec: 'Opus', profile: null } }, 'error'],
  [
    'audio-sample-rate',
    'twitch',
    { audio: { sampleRate: 44_100 } },
    { audio: { sampleRate: 32_000 } },
    'warning',
  ],
  ['audio-channels', 'twitch', { audio: { channels: 1 } }, { audio: { channels: 6 } }, 'warning'],
];

test.each(EDGES)('%s at %s: its edge', (rule, id, fits, breaks, severity) => {
  expect(checkRules(stream({ keyframeIntervalSec: 1, ...fits }), presetOf(id))).toEqual([]);
  expect(only(id, { keyframeIntervalSec: 1, ...breaks })).toMatchObject({ rule, severity });
});

describe('bitrates by size', () => {
  const uhd = { width: 3840, height: 2160 };

  test('a ceiling of the size goes before that of the platform', () => {
    expect(only('facebook', { videoKbps: 4_200 })).toBeUndefined();
    expect(only('facebook', { videoKbps: 4_201 })).toMatchObject({
      rule: 'video-bitrate',
      severity: 'warning',
      wanted: 'at most 4000 kbit/s at this size and frame rate',
    });
    expect(only('facebook', { videoKbps: 6_300, video: { fps: 60 } })).toBeUndefined();
    // Between two sizes the larger one counts, upright ones are as lying ones, and 29.97 and 30.4 are 30.
    expect(only('facebook', { videoKbps: 6_000, video: { width: 1600, height: 900 } })).toBeUndefined();
    expect(
      only('facebook', { videoKbps: 6_000, video: { width: 1080, height: 1920, fps: 29.97 } }),
    ).toBeUndefined();
    expect(only('facebook', { videoKbps: 4_300, video: { fps: 30.4 } })?.wanted).toContain('4000');
  });

  test('advice is no limit: more and much less are worth knowing, for exactly that picture', () => {
    const at4k60 = (videoKbps: number) => only('youtube', { videoKbps, video: { ...uhd, fps: 60 } });
    expect(at4k60(36_750)).toBeUndefined();
    expect(at4k60(36_751)).toMatchObject({ rule: 'video-bitrate', severity: 'info' });
    expect(at4k60(11_667)).toBeUndefined();
    expect(at4k60(11_666)).toMatchObject({
      rule: 'video-bitrate-low',
      severity: 'info',
      wanted: 'about 35000 kbit/s at this size and frame rate',
    });
    expect(at4k60(60_000)).toMatchObject({
      rule: 'video-bitrate',
      severity: 'warning',
      wanted: 'at most 51000 kbit/s',
    });
    expect(
      only('youtube', { videoKbps: 1_000, video: { width: 1920, height: 1080, fps: 30 } }),
    ).toBeUndefined();
    expect(
      only('youtube', { videoKbps: 1_000, video: { width: 1600, height: 900, fps: 60 } }),
    ).toBeUndefined();
  });

  test('newer codecs have a range of their own', () => {
    const hevc = { codec: 'HEVC', profile: 'Main', width: 1920, height: 1080, fps: 60 };
    expect(only('youtube', { videoKbps: 4_000, video: hevc })).toBeUndefined();
    expect(only('youtube', { videoKbps: 3_999, video: hevc })).toMatchObject({
      rule: 'video-bitrate-low',
      wanted: 'at least 4000 kbit/s at this size and frame rate',
    });
    expect(only('youtube', { videoKbps: 10_501, video: hevc })).toMatchObject({
      rule: 'video-bitrate',
      severity: 'info',
      wanted: 'about 10000 kbit/s at this size and frame rate',
    });
    expect(
      only('youtube', { videoKbps: 500, video: { ...hevc, height: 240, width: 426, fps: 30 } }),
    ).toBeUndefined();
  });
});

describe('what is not sent at all', () => {
  const silent = (kbps: number | null): SentStream => ({ ...stream(), audio: null, audioKbps: kbps });
  const blind = (kbps: number | null): SentStream => ({
    ...stream({ keyframeIntervalSec: null }),
    video: null,
    videoKbps: kbps,
  });
  const found = (sent: SentStream, id: string) =>
    checkRules(sent, presetOf(id)).map(({ rule, severity, unconfirmed }) => [rule, severity, unconfirmed]);

  test.each([null, 0])('sound or picture missing, rate %s', (kbps) => {
    expect(found(silent(kbps), 'twitch')).toEqual([['no-audio', 'warning', false]]);
    expect(found(blind(kbps), 'twitch')).toEqual([['no-video', 'error', false]]);
    // Certain even where no figure of the platform's could be checked.
    expect(found(blind(kbps), 'kick')).toEqual([['no-video', 'error', false]]);
    for (const id of ['custom', 'rehearsal', 'owncast']) {
      expect(found(silent(kbps), id)).toEqual([['no-audio', 'info', false]]);
      expect(found(blind(kbps), id)).toEqual([['no-video', 'info', false]]);
    }
  });

  test('sound that has stopped is missing, too', () => {
    expect(found(stream({ audioKbps: 0 }), 'twitch')).toEqual([['no-audio', 'warning', false]]);
  });

  test('nothing is missed before anything is measured, or while the encoder sends nothing', () => {
    expect(found({ ...silent(null), videoKbps: null }, 'twitch')).toEqual([]);
    expect(found(stream({ videoKbps: 0, audioKbps: 0 }), 'twitch')).toEqual([]);
  });
});

test('a server of one’s own is told of what is unusual, not warned of it', () => {
  expect(only('mediamtx', { video: { chroma: '4:4:4' } })?.severity).toBe('info');
  expect(only('mediamtx', { audio: { codec: 'g711-a', profile: null } })).toBeUndefined();
  expect(only('nginx-rtmp', { video: { codec: 'HEVC' } })?.severity).toBe('error');
});

test('a platform that wants its picture lying', () => {
  const preset: PlatformPreset = {
    ...presetOf('rumble'),
    limits: { ...NO_PLATFORM_LIMITS, orientation: 'landscape' },
  };
  const findings = checkRules(stream({ video: { width: 720, height: 1280 } }), preset, { software: 'vMix' });
  expect(findings.map(({ rule, wanted, fix }) => [rule, wanted, fix])).toEqual([
    ['orientation', 'landscape, such as 1920×1080', 'vMix: Settings → Display → Output size: 1920x1080.'],
  ]);
  expect(checkRules(stream(), preset)).toEqual([]);
});

test('the gravest comes first, and one rule has one finding, whatever is sent', () => {
  const rate = fc.option(fc.integer({ min: 0, max: 200_000 }));
  const parts = fc.record({
    video: fc.record({
      codec: fc.constantFrom('H.264', 'HEVC', 'AV1', 'VP9', 'unknown:3'),
      width: fc.option(fc.integer({ min: 16, max: 8_192 })),
      height: fc.option(fc.integer({ min: 16, max: 8_192 })),
      fps: fc.option(fc.float({ min: 0, max: 240, noNaN: true })),
      reorderFrames: fc.option(fc.integer({ min: 0, max: 16 })),
      chroma: fc.constantFrom(null, '4:2:0', '4:2:2', '4:0:0'),
    }),
    audio: fc.record({
      codec: fc.constantFrom('AAC', 'MP3', 'Opus'),
      sampleRate: fc.option(fc.integer({ min: 8_000, max: 192_000 })),
      channels: fc.option(fc.integer({ min: 0, max: 24 })),
    }),
    videoKbps: rate,
    audioKbps: rate,
    keyframeIntervalSec: fc.option(fc.float({ min: 0, max: 60, noNaN: true })),
  });
  const weights = ['error', 'warning', 'info'];
  fc.assert(
    fc.property(parts, fc.constantFrom(...platformPresets), (sent, preset) => {
      const findings = checkRules(stream(sent), preset, { url: 'rtmp://live.example/app' });
      const order = findings.map(({ severity }) => weights.indexOf(severity));
      expect(order).toEqual(order.toSorted());
      expect(new Set(findings.map(({ rule }) => rule)).size).toBe(findings.length);
      expect(findings.filter(({ unconfirmed, severity }) => unconfirmed && severity === 'error')).toEqual([]);
    }),
  );
});
