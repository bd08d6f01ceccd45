/**
 * Where a target's connections go, and how.
 * @module
 */
import { findPreset, keyPlace, REHEARSAL_PLATFORM } from '../outbound/presets.ts';
import type { Leg } from '../outbound/target-legs.ts';
import type { TargetPlace } from '../outbound/target-route.ts';
import type { SavedTarget } from '../settings/settings.ts';
import type { TargetSecretTexts } from './target-secrets.ts';

/** The platform's own backup server, unless the streamer has named one; empty: none is known. */
export function backupUrlOf({ backupUrl, platform }: SavedTarget): string {
  return backupUrl === '' ? (findPreset(platform)?.backupUrl ?? '') : backupUrl;
}

/**
 * The place of a leg; undefined: the target has no such leg.
 * @param rehearsalUrl Address that rehearsal targets publish to on this computer.
 */
export function placeFor(
  leg: Leg,
  saved: SavedTarget,
  secrets: TargetSecretTexts,
  rehearsalUrl = '',
): TargetPlace | undefined {
  const preset = findPreset(saved.platform);
  const known = preset !== undefined && preset.category !== 'custom' && preset.category !== 'self-hosted';
  const rehearsal = saved.platform === REHEARSAL_PLATFORM;
  const orNone = (text: string): string | undefined => (text === '' || rehearsal ? undefined : text);
  const shared = {
    platformName: known ? preset.name : saved.name,
    keyPlace: preset === undefined ? null : keyPlace(preset),
    user: saved.user,
    password: secrets.password,
    certificateSha256: orNone(saved.certificateSha256),
    proxy: orNone(secrets.proxy),
    bindAddress: orNone(saved.bindAddress),
  };
  if (leg === 'primary') {
    const url = rehearsal ? rehearsalUrl : saved.url;
    return { ...shared, url, streamKey: rehearsal ? saved.id : secrets.streamKey };
  }
  const url = backupUrlOf(saved);
  if (saved.backupMode === 'off' || rehearsal || url === '') return undefined;
  return {
    ...shared,
    url,
    platformName: `${shared.platformName}'s backup server`,
    streamKey: secrets.backupKey === '' ? secrets.streamKey : secrets.backupKey,
  };
}

/** Whether a connection to the one is none to the other. A name decides the words, and not the way. */
export function placesDiffer(one: TargetPlace | undefined, other: TargetPlace | undefined): boolean {
  const way = (place: TargetPlace | undefined): string =>
    JSON.stringify(place === undefined ? null : { ...place, platformName: '', keyPlace: null });
  return way(one) !== way(other);
}
