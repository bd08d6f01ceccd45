/**
 * What a profile of OBS is as a target of ours.
 * @module
 */
import { MAX_NAME_CHARS } from '../../src-shared/bridge/contract.ts';
import type { PlatformPreset } from '../../src-shared/model/platform-preset.ts';
import type { ObsProfile, ObsService } from './obs-profiles.ts';
import type { TravellingTarget } from './portable-target.ts';

/** Names that OBS has for platforms whose own name has moved on. */
const OTHER_NAMES: Readonly<Record<string, string>> = { twitter: 'x', afreecatv: 'soopkr' };

/** What it would be as a target, and why it cannot be one; undefined: it can. */
export type ObsTarget = TravellingTarget & { readonly problem: string | undefined };

/**
 * @param options.custom Id of the preset for servers that are no platform.
 * @param options.isOwnRelay Whether a server's URL is this very relay.
 */
export function obsTarget(
  { name, service }: ObsProfile,
  options: {
    readonly presets: readonly PlatformPreset[];
    readonly custom: string;
    readonly isOwnRelay: (url: string) => boolean;
  },
): ObsTarget {
  const hasUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(service.server);
  const named = presetNamed(service.service, options.presets);
  const preset = (hasUrl ? presetAt(service.server, options.presets) : undefined) ?? named;
  const url = hasUrl ? service.server : (preset?.servers[0]?.url ?? '');
  const signsIn = service.type === 'rtmp_custom' && service.use_auth;
  return {
    target: {
      name: (service.service === '' ? name : `${preset?.name ?? service.service} (${name})`).slice(
        0,
        MAX_NAME_CHARS,
      ),
      platform: preset?.id ?? options.custom,
      ...(url === '' ? {} : { url }),
      user: signsIn ? service.username : '',
    },
    secrets: {
      streamKey: service.key,
      backupKey: '',
      password: signsIn ? service.password : '',
      proxy: '',
    },
    problem: problemOf(service, url, options.isOwnRelay),
  };
}

function problemOf(
  { type, service, server }: ObsService,
  url: string,
  isOwnRelay: (url: string) => boolean,
): string | undefined {
  if (type !== 'rtmp_common' && type !== 'rtmp_custom') {
    return `It streams with ${type === 'whip_custom' ? 'WHIP' : `“${type}”`}, and Relaydeck sends RTMP only.`;
  }
  if (url === '') {
    return service === ''
      ? 'No server is set in it.'
      : `OBS chooses the server of “${service}” by itself, and Relaydeck does not know which one that is.`;
  }
  if (!/^rtmps?:\/\//i.test(url)) {
    const [scheme = ''] = server.split(':');
    return `It streams over ${scheme}://, and Relaydeck sends RTMP only. Choose the RTMP server of this service in its place.`;
  }
  if (isOwnRelay(url)) {
    return 'It streams to this Relaydeck: that is your encoder. As a target it would send the show round in a loop.';
  }
  return undefined;
}

/** The preset that has a server on the same host. */
function presetAt(url: string, presets: readonly PlatformPreset[]): PlatformPreset | undefined {
  const host = hostOf(url);
  if (host === undefined) return undefined;
  return presets.find(({ servers }) => servers.some((server) => hostOf(server.url) === host));
}

function hostOf(url: string): string | undefined {
  return /^[a-z]+:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
}

function presetNamed(service: string, presets: readonly PlatformPreset[]): PlatformPreset | undefined {
  const wanted = plain(service);
  if (wanted === '') return undefined;
  const name = OTHER_NAMES[wanted] ?? wanted;
  return presets.find((preset) => plain(preset.id) === name || plain(preset.name) === name);
}

/** “Facebook Live”, “YouTube - RTMPS” and “Restream.io” without what is added to a name here and there. */
function plain(name: string): string {
  const [first = ''] = name.toLowerCase().split(/ - |\||\(|\//);
  return first.replace(/\b(live|tv|io)\b/g, '').replace(/[^\p{L}\p{N}]/gu, '');
}
