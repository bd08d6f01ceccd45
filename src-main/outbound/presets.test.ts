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
