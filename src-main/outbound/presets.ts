/**
 * The platforms we know, from `platform-facts.json`. Its figures come from OBS's service list and the platforms'
 * own pages; what could not be checked is marked.
 * @module
 */
import { NO_PLATFORM_LIMITS, type PlatformPreset } from '../../src-shared/model/platform-preset.ts';
import facts from './platform-facts.json' with { type: 'json' };

/** Preset of the target that receives on this computer. */
export const REHEARSAL_PLATFORM = 'rehearsal';
/** Preset of a server of one's own. */
export const CUSTOM_PLATFORM = 'custom';

const CUSTOM_NOTES =
  'Any server that takes RTMP: nginx with its RTMP module, SRS, MediaMTX, Owncast, another Relaydeck, or a platform that is not in the list.';

type Fact = (typeof facts.platforms)[number];
type Recommended = Partial<Record<string, unknown>>;

const CATEGORIES = ['platform', 'cloud', 'self-hosted', 'custom'] as const;
const REHEARSAL: PlatformPreset = {
  id: REHEARSAL_PLATFORM,
  name: 'Rehearsal (on this computer)',
  category: 'rehearsal',
  servers: [],
  serverUrlIsPerUser: false,
  backupUrl: null,
  bandwidthTest: null,
  keyHint: null,
  keyUrl: null,
  limits: NO_PLATFORM_LIMITS,
  notes:
    'Receives the stream on this computer, counts it and throws it away. Nobody sees it; no account is needed.',
  unconfirmed: false,
};

/** All presets; the rehearsal first. Made once. */
export const platformPresets: readonly PlatformPreset[] = [REHEARSAL, ...facts.platforms.map(toPreset)];

/**
 * Where a platform shows its key, as it reads behind "copy it again from"; null when the hint names no place to go.
 */
export function keyPlace({ keyHint }: PlatformPreset): string | null {
  if (keyHint?.includes(' > ') !== true) return null;
  return keyHint.replace(/ *\([^)]*\)/g, '').replaceAll(' > ', ' → ');
}

/** The preset of that id; undefined when there is none. */
export function findPreset(id: string): PlatformPreset | undefined {
  return platformPresets.find((preset) => preset.id === id);
}

function toPreset(fact: Fact): PlatformPreset {
  const category = CATEGORIES.find((known) => known === fact.category) ?? 'platform';
  // A server of one's own has no rules but its owner's.
  const isCustom = fact.id === CUSTOM_PLATFORM;
  return {
    id: fact.id,
    name: isCustom ? 'Your own server (RTMP or RTMPS)' : fact.name,
    category,
    // Only what we can publish to, and no placeholders such as {host}: those are for the user to fill in.
    servers: fact.ingest
      .filter((server) => /^rtmps?:\/\/[^{}]+$/.test(server.url))
      .map((server) => ({
        label: server.label,
        url: server.url,
        unconfirmed: flag(server, 'unconfirmed'),
      })),
    serverUrlIsPerUser: flag(fact, 'serverUrlIsPerUser'),
    backupUrl: text(fact, 'backupUrl'),
    bandwidthTest: 'keySuffixes' in fact ? text(fact.keySuffixes, 'bandwidthTest') : null,
    keyHint: text(fact, 'keyHint'),
    keyUrl: text(fact, 'keyUrl'),
    limits: isCustom ? NO_PLATFORM_LIMITS : toLimits(fact.recommended),
    notes: isCustom ? CUSTOM_NOTES : (text(fact, 'notes') ?? ''),
    unconfirmed: flag(fact, 'unconfirmed'),
  };
}

function toLimits(recommended: Recommended): PlatformPreset['limits'] {
  return {
    maxVideoKbps: figure(recommended, 'maxVideoKbps'),
    maxAudioKbps: figure(recommended, 'maxAudioKbps'),
    keyframeIntervalSec: figure(recommended, 'keyframeIntervalSec'),
    maxFps: figure(recommended, 'maxFps'),
    maxBFrames: figure(recommended, 'maxBFrames'),
    videoCodecs: list(recommended, 'videoCodecs'),
    audioCodecs: list(recommended, 'audioCodecs'),
    resolutions: list(recommended, 'resolutions'),
    unconfirmed: recommended['unconfirmed'] === true,
  };
}

function figure(from: Recommended, key: string): number | null {
  const value = from[key];
  return typeof value === 'number' ? value : null;
}

function list(from: Recommended, key: string): readonly string[] {
  const value = from[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function flag(from: object, key: string): boolean {
  return (from as Recommended)[key] === true;
}

function text(from: object, key: string): string | null {
  const value = (from as Recommended)[key];
  return typeof value === 'string' ? value : null;
}
