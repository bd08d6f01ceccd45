/**
 * What a pasted address fills in, and which platform it belongs to.
 * @module
 */
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { CUSTOM_PRESET } from './own-presets.ts';
import { splitPublishUrl, type PublishUrl } from './split-publish-url.ts';

/** Every server that is known to be one. */
export function knownServers(presets: readonly PlatformPreset[]): readonly string[] {
  return presets.flatMap(({ servers }) => servers.map(({ url }) => url));
}

/** The platform whose address was pasted, with what was pasted taken apart; null: it is no address with a key. */
export function recogniseAddress(
  pasted: string,
  presets: readonly PlatformPreset[],
): { readonly preset: PlatformPreset; readonly address: PublishUrl } | null {
  const address = splitPublishUrl(pasted, knownServers(presets));
  if (address === null) return null;
  const host = hostOf(address.url);
  const own = presets.find(({ id }) => id === CUSTOM_PRESET.id) ?? CUSTOM_PRESET;
  const preset = presets.find(({ servers }) => servers.some(({ url }) => hostOf(url) === host)) ?? own;
  return { preset, address };
}

/** A name that no target has yet. */
export function freeName(wanted: string, taken: readonly string[]): string {
  for (let n = 2, name = wanted; ; n++) {
    if (!taken.includes(name)) return name;
    name = `${wanted} ${n}`;
  }
}

const hostOf = (url: string): string =>
  /^[a-z]+:\/\/([^/:?]+|\[[^\]]*\])/i.exec(url)?.[1]?.toLowerCase() ?? '';
