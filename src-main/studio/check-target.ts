/**
 * Whether a target can work, before it is taken in.
 * @module
 */
import { proxyFault } from '../net/proxy-socket.ts';
import { isOwnAddress } from '../net/shown-host.ts';
import { CUSTOM_PLATFORM, findPreset, REHEARSAL_PLATFORM } from '../outbound/presets.ts';
import { readTarget } from '../outbound/target-url.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { CommandRefused } from './studio-port.ts';
import { backupUrlOf } from './target-places.ts';
import type { TargetSecretTexts } from './target-secrets.ts';

/**
 * Refuses what cannot work.
 * @throws {CommandRefused} Names the field and the way out.
 */
export function checkTarget(
  saved: SavedTarget,
  { streamKey, backupKey, proxy }: TargetSecretTexts,
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
  if (streamKey.startsWith('••')) {
    const words =
      'The dots stand for the stream key and are not it. Copy the key from the platform and paste it here.';
    throw new CommandRefused('bad-request', words, 'streamKey');
  }
  const target = readTarget(saved.url, streamKey);
  if ('field' in target) throw new CommandRefused('bad-request', target.message, target.field);
  checkBackup(saved, backupKey === '' ? streamKey : backupKey);
  if (proxy.includes('••••')) {
    const words =
      'The dots stand for the password of the proxy and are not it. Enter the whole address anew, with its password.';
    throw new CommandRefused('bad-request', words, 'proxy');
  }
  const badProxy = proxy === '' ? undefined : proxyFault(proxy);
  if (badProxy !== undefined) throw new CommandRefused('bad-request', badProxy, 'proxy');
  if (saved.bindAddress !== '' && !isOwnAddress(saved.bindAddress)) {
    const words = `${saved.bindAddress} is no address of this computer. Leave the field empty, or enter one that the system shows for a network card.`;
    throw new CommandRefused('bad-request', words, 'bindAddress');
  }
  if (saved.certificateSha256 !== '' && !target.address.tls) {
    const words =
      'A certificate is only shown over rtmps://. Use it in the server URL, or leave the fingerprint empty.';
    throw new CommandRefused('bad-request', words, 'certificateSha256');
  }
}

function checkBackup(saved: SavedTarget, key: string): void {
  if (saved.backupMode === 'off') return;
  const url = backupUrlOf(saved);
  if (url === '') {
    const words =
      'No backup server of this platform is known. Enter its URL, or switch the second connection off.';
    throw new CommandRefused('bad-request', words, 'backupUrl');
  }
  if (key.startsWith('••')) {
    const words =
      'The dots stand for the key and are not it. Copy the backup key from the platform and paste it here.';
    throw new CommandRefused('bad-request', words, 'backupStreamKey');
  }
  if (separateLogin(url).user !== '') {
    const words =
      'A user and a password do not belong into this URL: it is shown as it is. The second connection signs in as the first one does.';
    throw new CommandRefused('bad-request', words, 'backupUrl');
  }
  const backup = readTarget(url, key);
  if (!('field' in backup)) return;
  const field = backup.field === 'url' ? 'backupUrl' : 'backupStreamKey';
  throw new CommandRefused('bad-request', backup.message, field);
}

/** The first server of a platform that has the same for everybody; empty where each user has an own one. */
export function defaultUrl(platform: string): string {
  const preset = findPreset(platform);
  return preset === undefined || preset.serverUrlIsPerUser ? '' : (preset.servers[0]?.url ?? '');
}

/**
 * A URL that ends in the key, as some services show it, taken apart: a URL is saved and shown as it is, a key never.
 * With a key of its own, or when it cannot be taken apart, it stays as it came.
 */
export function separateKey(
  url: string,
  streamKey: string,
): { readonly url: string; readonly streamKey: string } {
  const target = streamKey === '' ? readTarget(url, '') : undefined;
  if (target === undefined || 'field' in target) return { url, streamKey };
  return { url: target.address.tcUrl, streamKey: target.streamName };
}

/** A backup URL without the key that it may end in: a URL is saved and shown as it is, a key never. */
export function backupUrlWithoutKey(backupUrl: string, keys: readonly string[]): string {
  const ending = keys.find((key) => key !== '' && backupUrl.endsWith(`/${key}`));
  return ending === undefined ? backupUrl : backupUrl.slice(0, -ending.length - 1);
}

/** A URL that carries a user and a password, taken apart: a URL is saved and shown as it is, a password never. */
export function separateLogin(url: string): {
  readonly url: string;
  readonly user: string;
  readonly password: string;
} {
  const [, scheme, login, rest] = /^([a-z]+:\/\/)([^@/]*)@(.*)$/i.exec(url) ?? [];
  if (scheme === undefined || login === undefined || rest === undefined)
    return { url, user: '', password: '' };
  const colon = login.indexOf(':');
  const [user, password] = colon < 0 ? [login, ''] : [login.slice(0, colon), login.slice(colon + 1)];
  return { url: scheme + rest, user: decoded(user), password: decoded(password) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign: it was written as it is meant.
    return text;
  }
}
