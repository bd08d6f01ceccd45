/**
 * @module
 */
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { CUSTOM_PRESET, REHEARSAL_PRESET } from './own-presets.ts';

/** Those most people look for, in the order of their audience. */
const POPULAR = ['youtube', 'twitch', 'kick', 'facebook', 'tiktok', 'instagram', 'x', 'linkedin'];

const CATEGORY_RANK: Readonly<Record<PlatformPreset['category'], number>> = {
  rehearsal: 0,
  platform: 1,
  cloud: 2,
  'self-hosted': 3,
  custom: 4,
};

/**
 * The platforms that fit `search`, popular ones first. The rehearsal leads while there is no target yet,
 * because nobody's account is needed for it.
 */
export function orderPresets(
  presets: readonly PlatformPreset[],
  search: string,
  noTargetYet: boolean,
): readonly PlatformPreset[] {
  const wanted = search.trim().toLowerCase();
  const rank = (preset: PlatformPreset): number => {
    if (preset.category === 'rehearsal') return noTargetYet ? -1 : 500;
    // In sight without scrolling: it is what fits everybody whose platform is not popular.
    if (preset.id === CUSTOM_PRESET.id) return POPULAR.length;
    const popular = POPULAR.indexOf(preset.id);
    return popular === -1 ? 100 * CATEGORY_RANK[preset.category] : popular;
  };
  return withOwn(presets)
    .filter(({ id, name }) => name.toLowerCase().includes(wanted) || id.includes(wanted))
    .toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

function withOwn(presets: readonly PlatformPreset[]): readonly PlatformPreset[] {
  const missing = [REHEARSAL_PRESET, CUSTOM_PRESET].filter((own) => presets.every(({ id }) => id !== own.id));
  return [...presets, ...missing];
}
