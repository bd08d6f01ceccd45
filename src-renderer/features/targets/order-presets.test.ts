import { describe, expect, it } from 'vitest';
import { orderPresets } from './order-presets.ts';
import { CUSTOM_PRESET } from './own-presets.ts';

const preset = (id: string, name: string) => ({ ...CUSTOM_PRESET, id, name, category: 'platform' as const });
const presets = [preset('vimeo', 'Vimeo'), preset('twitch', 'Twitch'), preset('dlive', 'DLive')];
const ids = (search: string, noTargetYet: boolean) =>
  orderPresets(presets, search, noTargetYet).map(({ id }) => id);

describe('orderPresets', () => {
  it('leads with the rehearsal on first start, then the popular ones, one’s own server, the rest by name', () => {
    expect(ids('', true)).toEqual(['rehearsal', 'twitch', 'custom', 'dlive', 'vimeo']);
    expect(ids('', false)).toEqual(['twitch', 'custom', 'dlive', 'vimeo', 'rehearsal']);
  });

  it('searches names and ids', () => {
    expect(ids(' VIM', true)).toEqual(['vimeo']);
    expect(ids('nothing such', true)).toEqual([]);
  });
});
