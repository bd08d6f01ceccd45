import { expect, test } from 'vitest';
import { platformPresetSchema } from '../../src-shared/model/platform-preset.ts';
import facts from './platform-facts.json' with { type: 'json' };
import { findPreset, platformPresets } from './presets.ts';
import { readTargetUrl } from './target-url.ts';

test('every platform of the facts is there, once, the rehearsal first', () => {
  const ids = platformPresets.map(({ id }) => id);
  expect(ids).toEqual(['rehearsal', ...facts.platforms.map(({ id }) => id)]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['twitch', 'youtube', 'kick', 'facebook', 'custom']));
  expect(findPreset('no-such')).toBeUndefined();
});

test.each(platformPresets.map((preset) => [preset.id, preset] as const))(
  '%s fits the contract, and its servers can be published to',
  (_, preset) => {
    expect(platformPresetSchema.parse(preset)).toEqual(preset);
    for (const { url } of preset.servers) expect(readTargetUrl(url)).toHaveProperty('host');
    const { backupUrl, limits } = preset;
    if (backupUrl !== null && !/[{}]/.test(backupUrl))
      expect(readTargetUrl(backupUrl)).toHaveProperty('host');
    for (const figure of [
      limits.maxVideoKbps,
      limits.maxAudioKbps,
      limits.keyframeIntervalSec,
      limits.maxFps,
    ])
      expect(figure ?? 1).toBeGreaterThan(0);
  },
);

test('no placeholder is left among the servers', () => {
  const urls = platformPresets.flatMap(({ servers }) => servers.map(({ url }) => url));
  expect(urls.length).toBeGreaterThan(30);
  expect(urls.filter((url) => /[{}]/.test(url))).toEqual([]);
  const all = facts.platforms.flatMap(({ ingest }) => ingest.map(({ url }) => url));
  expect(all.some((url) => url.includes('{'))).toBe(true);
});

test('figures arrive as the facts have them', () => {
  expect(findPreset('twitch')).toMatchObject({
    name: 'Twitch',
    category: 'platform',
    limits: {
      maxVideoKbps: 6_000,
      maxAudioKbps: 320,
      keyframeIntervalSec: 2,
      maxFps: 60,
      videoCodecs: ['h264'],
    },
  });
  expect(findPreset('youtube')?.backupUrl).toBe('rtmps://b.rtmps.youtube.com:443/live2?backup=1');
  expect(findPreset('rehearsal')?.limits.maxVideoKbps).toBeNull();
});

test('limits beyond the plain ones arrive, too', () => {
  expect(findPreset('twitch')?.limits).toMatchObject({
    h264Profile: 'main',
    audioSampleRates: [44_100, 48_000],
    orientation: null,
    bitrateTable: [],
    unconfirmedFigures: [],
  });
  expect(findPreset('custom')?.limits).toMatchObject({ h264Profile: null, audioSampleRates: [] });
});

test('a table of rates: figures to recommend by codec, or a ceiling for each size', () => {
  const none = { minKbps: null, recommendedKbps: null, maxKbps: null };
  const ofYoutube = findPreset('youtube')?.limits.bitrateTable;
  expect(ofYoutube?.filter(({ lines, fps }) => lines === 1080 && fps === 60)).toEqual([
    { ...none, lines: 1080, fps: 60, codecs: ['h264'], recommendedKbps: 12_000, isAdvice: true },
    {
      ...none,
      lines: 1080,
      fps: 60,
      codecs: ['hevc', 'av1'],
      minKbps: 4_000,
      maxKbps: 10_000,
      isAdvice: true,
    },
  ]);
  // No figure for H.264 stands there.
  expect(
    ofYoutube?.filter(({ lines, fps }) => lines === 1080 && fps === 30).map((row) => row.codecs),
  ).toEqual([['hevc', 'av1']]);
  // The last row is "240p-720p".
  expect(ofYoutube?.at(-1)).toMatchObject({ lines: 720, fps: 30 });
  expect(findPreset('facebook')?.limits.bitrateTable).toContainEqual({
    ...none,
    lines: 720,
    fps: 30,
    codecs: ['h264'],
    maxKbps: 4_000,
    isAdvice: false,
  });
});

test('figures that the facts call weak one by one are marked', () => {
  expect(findPreset('amazon-ivs')?.limits.unconfirmedFigures).toEqual(['maxVideoKbps', 'maxFps']);
  const ofRestream = findPreset('restream')?.limits.unconfirmedFigures;
  expect(ofRestream).toContain('videoCodecs');
  expect(ofRestream).not.toContain('keyframeIntervalSec');
  expect(findPreset('bilibili')?.limits.unconfirmedFigures).toEqual([]);
});

test('who wants an upright picture is who says so in the notes', () => {
  const says = facts.platforms.filter(({ notes }) => /\bportrait\b/i.test(notes)).map(({ id }) => id);
  const wants = platformPresets.filter(({ limits }) => limits.orientation === 'portrait').map(({ id }) => id);
  expect(wants).toEqual(says);
  expect(wants).toEqual(['tiktok', 'instagram']);
});
