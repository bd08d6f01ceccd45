import { expect, test } from 'vitest';
import { CUSTOM_PRESET } from './own-presets.ts';
import { freeName, recogniseAddress } from './paste-address.ts';

const twitch = {
  ...CUSTOM_PRESET,
  id: 'twitch',
  servers: [{ label: 'Automatic', url: 'rtmp://live.twitch.tv/app', unconfirmed: false }],
};

test('a pasted address is its platform, and any other one a server of one’s own', () => {
  expect(recogniseAddress('rtmp://live.twitch.tv/app/k', [twitch])).toEqual({
    preset: twitch,
    address: { url: 'rtmp://live.twitch.tv/app', streamKey: 'k' },
  });
  expect(recogniseAddress('rtmp://10.0.0.5:1936/live/k', [twitch])?.preset).toBe(CUSTOM_PRESET);
  expect(recogniseAddress('Twitch', [twitch])).toBeNull();
});

test('a second target of the same platform gets a name of its own', () => {
  expect(freeName('Twitch', [])).toBe('Twitch');
  expect(freeName('Twitch', ['Twitch', 'Twitch 2'])).toBe('Twitch 3');
});
