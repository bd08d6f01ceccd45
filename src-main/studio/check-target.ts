/**
 * Whether a target can work, before it is taken in.
 * @module
 */
import { CUSTOM_PLATFORM, findPreset, REHEARSAL_PLATFORM } from '../outbound/presets.ts';
import { readTarget } from '../outbound/target-url.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { CommandRefused } from './studio-port.ts';

/**
 * Refuses what cannot work.
 * @throws {CommandRefused} Names the field and the way out.
 */
export function checkTarget(
  saved: SavedTarget,
  streamKey: string,
  ingestExists: (ingestId: string) => boolean,
): void {
  if (!ingestExists(saved.ingestId)) {
    throw new CommandRefused(
      'no-such-ingest',
      `There is no ingest with the id "${saved.ingestId}".`,
      'ingestId',
    );
  }
  if (findPreset(saved.platform) === undefined) {
    const words = `The platform "${saved.platform}" is not known. Use "${CUSTOM_PLATFORM}" for a server of your own.`;
    throw new CommandRefused('unknown-platform', words, 'platform');
  }
  if (saved.platform === REHEARSAL_PLATFORM) return;
  if (saved.url === '') {
    const words = 'The server URL is missing. Copy it from the platform; it starts with rtmp:// or rtmps://.';
    throw new CommandRefused('bad-request', words, 'url');
  }
  const target = readTarget(saved.url, streamKey);
  if ('field' in target) throw new CommandRefused('bad-request', target.message, target.field);
}

/** The first server of a platform that has the same for everybody; empty where each user has an own one. */
export function defaultUrl(platform: string): string {
  const preset = findPreset(platform);
  return preset === undefined || preset.serverUrlIsPerUser ? '' : (preset.servers[0]?.url ?? '');
}
