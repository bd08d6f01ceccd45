/**
 * One request of a webhook, as bytes and headers.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { NoticeLevel } from '../../src-shared/model/notice.ts';
import type { HmacSha256 } from '../platform/crypto.ts';

/** A webhook with what it needs to send; never shown as it is. */
export type Hook = {
  readonly id: string;
  readonly name: string;
  /** May hold a user and a password, which are sent as `Authorization`. */
  readonly url: string;
  readonly enabled: boolean;
  readonly leastLevel: NoticeLevel;
  /** Only these codes; empty: all. */
  readonly codes: readonly string[];
  /** Empty: requests are not signed. */
  readonly secret: string;
};

/** One event on its way to one webhook. */
export type Delivery = {
  /** The same in every try, so that a receiver can tell a repeat. */
  readonly id: string;
  /** When it was taken on; ISO 8601. */
  readonly at: string;
  readonly event: LogEvent;
};

/** What goes to `fetch`. */
export type WebhookRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * @param options.wallNow Of this try, ms since 1970: receivers refuse old timestamps.
 * @returns Undefined when the URL cannot be used; settings may be edited by hand.
 */
export function webhookRequest(
  hook: Pick<Hook, 'url' | 'secret'>,
  delivery: Delivery,
  options: { readonly wallNow: number; readonly version: string; readonly hmacSha256: HmacSha256 },
): WebhookRequest | undefined {
  const { wallNow, version, hmacSha256 } = options;
  const address = readAddress(hook.url);
  if (address === undefined) return undefined;
  const { id, at, event } = delivery;
  const body = JSON.stringify({ id, at, event, studio: { version } });
  const timestamp = String(Math.floor(wallNow / 1000));
  const signature =
    hook.secret === ''
      ? {}
      : { 'X-Relaydeck-Signature': `sha256=${signed(hook.secret, `${timestamp}.${body}`, hmacSha256)}` };
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': `Relaydeck/${version}`,
    'X-Relaydeck-Event': event.code.replaceAll(/[^A-Za-z0-9._-]/g, '-'),
    'X-Relaydeck-Delivery': id,
    'X-Relaydeck-Timestamp': timestamp,
    ...(address.authorization === undefined ? {} : { Authorization: address.authorization }),
    ...signature,
  };
  return { url: address.url, headers, body };
}

/** Host and port of a webhook: all of its URL that words may name. */
export function hookHost(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that cannot be read';
}

/** A webhook's URL as it may be shown: without its password. */
export function shownHookUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/]*@/, '//••••@');
  const { username, password } = new URL(url);
  if (username === '' && password === '') return url;
  const shown = password === '' ? username : `${username}:••••`;
  return url.replace(/\/\/[^/?#]*@/, () => `//${shown}@`);
}

/** `fetch` refuses addresses with a user in them. */
function readAddress(text: string): { url: string; authorization: string | undefined } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  if (username === '' && password === '') return { url: url.href, authorization: undefined };
  const pair = Buffer.from(`${decoded(username)}:${decoded(password)}`, 'utf8').toString('base64');
  return { url: url.href, authorization: `Basic ${pair}` };
}

/** As it was meant, or as it stands where it holds a `%` that begins no escape. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function signed(secret: string, text: string, hmacSha256: HmacSha256): string {
  const encoder = new TextEncoder();
  return Buffer.from(hmacSha256(encoder.encode(secret), encoder.encode(text))).toString('hex');
}
