/**
 * The platforms we know, from `platform-facts.json`. Its figures come from OBS's service list and the platforms'
 * own pages; what could not be checked is marked.
 * @module
 */
import {
  NO_PLATFORM_LIMITS,
  type BitrateRow,
  type PlatformLimits,
  type PlatformPreset,
} from '../../src-shared/model/platform-preset.ts';
import facts from './platform-facts.json' with { type: 'json' };

/** Preset of the target that receives on this computer. */
export const REHEARSAL_PLATFORM = 'rehearsal';
/** Preset of a server of one's own. */
export const CUSTOM_PLATFORM = 'custom';

const CUSTOM_NOTES =
  'Any server that takes RTMP: nginx with its RTMP module, SRS, MediaMTX, Owncast, another Relaydeck, or a platform that is not in the list.';

type Fact = (typeof facts.platforms)[number];
type Recommended = Partial<Record<string, unknown>>;

/** Platforms that want an upright picture; the facts say so in their notes. */
const PORTRAIT_PLATFORMS: ReadonlySet<string> = new Set(['tiktok', 'instagram']);
/** Limits whose sources the facts may call weak one by one. */
const LIMIT_NAMES = [
  'maxVideoKbps',
  'maxAudioKbps',
  'keyframeIntervalSec',
  'maxFps',
  'maxBFrames',
  'videoCodecs',
  'audioCodecs',
  'resolutions',
  'h264Profile',
  'audioSampleRates',
] as const;
const ALL_BUT_KEYFRAMES = 'recommended except keyframe';

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
    limits: isCustom ? NO_PLATFORM_LIMITS : toLimits(fact),
    notes: isCustom ? CUSTOM_NOTES : (text(fact, 'notes') ?? ''),
    unconfirmed: flag(fact, 'unconfirmed'),
  };
}

function toLimits(fact: Fact): PlatformLimits {
  const recommended: Recommended = fact.recommended;
  return {
    maxVideoKbps: figure(recommended, 'maxVideoKbps'),
    maxAudioKbps: figure(recommended, 'maxAudioKbps'),
    keyframeIntervalSec: figure(recommended, 'keyframeIntervalSec'),
    maxFps: figure(recommended, 'maxFps'),
    maxBFrames: figure(recommended, 'maxBFrames'),
    videoCodecs: list(recommended, 'videoCodecs'),
    audioCodecs: list(recommended, 'audioCodecs'),
    resolutions: list(recommended, 'resolutions'),
    h264Profile: text(recommended, 'h264Profile'),
    audioSampleRates: figures(recommended, 'audioSampleRates'),
    orientation: PORTRAIT_PLATFORMS.has(fact.id) ? 'portrait' : null,
    bitrateTable: 'bitrateTable' in fact ? fact.bitrateTable.flatMap(toBitrateRows) : [],
    unconfirmed: recommended['unconfirmed'] === true,
    unconfirmedFigures: unconfirmedFigures(list(fact, 'unconfirmedFields')),
  };
}

/** `1080p`, `1920x1080` and `240p-720p` are all told by their largest number of lines, the last one that stands there. */
function toBitrateRows(row: Recommended): readonly BitrateRow[] {
  const lines = Number(/(\d+)p?$/.exec(text(row, 'res') ?? '')?.[1]);
  const fps = figure(row, 'fps');
  if (Number.isNaN(lines) || fps === null) return [];
  const h264 = { lines, fps, codecs: ['h264'], minKbps: null, recommendedKbps: null, maxKbps: null };
  const ceiling = figure(row, 'maxKbps');
  if (ceiling !== null) return [{ ...h264, maxKbps: ceiling, isAdvice: false }];
  const recommendedKbps = figure(row, 'h264Kbps');
  const newer: BitrateRow = {
    ...h264,
    codecs: ['hevc', 'av1'],
    minKbps: figure(row, 'hevcAv1MinKbps'),
    maxKbps: figure(row, 'hevcAv1MaxKbps'),
    isAdvice: true,
  };
  return recommendedKbps === null ? [newer] : [{ ...h264, recommendedKbps, isAdvice: true }, newer];
}

/** What the facts call weak by name; entries on addresses and keys are not about limits. */
function unconfirmedFigures(fields: readonly string[]): readonly string[] {
  if (fields.includes(ALL_BUT_KEYFRAMES)) return LIMIT_NAMES.filter((name) => name !== 'keyframeIntervalSec');
  return LIMIT_NAMES.filter((name) => fields.some((field) => field.includes(name)));
}

function figure(from: Recommended, key: string): number | null {
  const value = from[key];
  return typeof value === 'number' ? value : null;
}

function list(from: object, key: string): readonly string[] {
  const value = (from as Recommended)[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function figures(from: Recommended, key: string): readonly number[] {
  const value = from[key];
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : [];
}

function flag(from: object, key: string): boolean {
  return (from as Recommended)[key] === true;
}

function text(from: object, key: string): string | null {
  const value = (from as Recommended)[key];
  return typeof value === 'string' ? value : null;
}
