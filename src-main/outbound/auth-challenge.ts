/**
 * Challenges of access managers that want a user and a password: Adobe's (`authmod=adobe`) and Limelight's
 * (`authmod=llnw`). Neither is specified; both go over refused connects: first the server says that it wants a
 * user, then it sends a challenge, then it lets in the connection whose app carries the response.
 * Facts as FFmpeg, librtmp and GStreamer agree on them.
 * @module
 */

/** MD5 of a text's UTF-8 bytes, in both spellings that the methods need. */
export type Md5 = (text: string) => { readonly hex: string; readonly base64: string };

/** Who we are, and where we connect. */
export type AuthCredentials = {
  readonly user: string;
  readonly password: string;
  /** App as the user gave it: without the query of an earlier answer. */
  readonly app: string;
  /** Eight random hex digits: the client's own part of the response. */
  readonly random8hex: string;
  /** Answers that this target has given in this run of refusals: 0 at the first refusal. */
  readonly attempt: number;
};

/**
 * Why no further connection is worth it. `no-credentials`: the target has no user or password. `wrong-password` and
 * `no-such-user`: the server says so. `not-accepted`: our answers were refused and nothing was said.
 * `unknown-method`, `bad-challenge`: the server wants something that we cannot give.
 */
export type AuthFailure =
  'no-credentials' | 'wrong-password' | 'no-such-user' | 'not-accepted' | 'unknown-method' | 'bad-challenge';

/** What to do about a refused connect. */
export type NextAuth =
  /** Connect again with this put behind the app and behind tcUrl. */
  | { readonly kind: 'retry'; readonly query: string }
  | { readonly kind: 'failed'; readonly reason: AuthFailure }
  /** The refusal is about something else. */
  | { readonly kind: 'not-auth' };

/** One answer to "who are you", one to the challenge: a server that still refuses will go on refusing. */
export const MAX_AUTH_ATTEMPTS = 2;

const REALM = 'live';
const METHOD = 'publish';
const QUALITY = 'auth';
/** Each challenge is answered once, so the count never grows. */
const NONCE_COUNT = '00000001';

/** Reads the description of a refused connect, and answers it. */
export function nextAuth(description: string, credentials: AuthCredentials, md5: Md5): NextAuth {
  const method = /\bauthmod=([^\s;&\]]*)/.exec(description)?.[1];
  if (method === undefined) return { kind: 'not-auth' };
  const fields = readFields(description);
  const reason = fields.get('reason');
  if (reason === 'authfailed') return failed('wrong-password');
  if (reason === 'nosuchuser') return failed('no-such-user');
  if (method !== 'adobe' && method !== 'llnw') return failed('unknown-method');
  const { user, password, app, attempt } = credentials;
  if (user === '' || password === '') return failed('no-credentials');
  if (attempt >= MAX_AUTH_ATTEMPTS) return failed('not-accepted');

  const separator = app.includes('?') ? '&' : '?';
  const start = `${separator}authmod=${method}&user=${user}`;
  if (reason === 'needauth') {
    const answer = method === 'adobe' ? adobe(fields, credentials, md5) : limelight(fields, credentials, md5);
    return answer === undefined ? failed('bad-challenge') : { kind: 'retry', query: start + answer };
  }
  if (!/\bcode=403\b/.test(description)) return failed('bad-challenge');
  // It has our name already and asks for it again: it does not know the method by which it asked.
  return attempt > 0 ? failed('not-accepted') : { kind: 'retry', query: start };
}

/** Response to salt and to opaque or challenge; opaque is sent back, since it is how the server knows its own. */
function adobe(
  fields: Fields,
  { user, password, random8hex }: AuthCredentials,
  md5: Md5,
): string | undefined {
  const salt = fields.get('salt');
  const opaque = fields.get('opaque');
  if (salt === undefined) return undefined;
  const secret = md5(user + salt + password).base64;
  const response = md5(secret + (opaque ?? fields.get('challenge') ?? '') + random8hex).base64;
  const back = opaque === undefined ? '' : `&opaque=${opaque}`;
  return `&challenge=${random8hex}&response=${response}${back}`;
}

/** As HTTP digest access (RFC 2617), with `publish` as the method and the app as the URI. */
function limelight(
  fields: Fields,
  { user, password, app, random8hex }: AuthCredentials,
  md5: Md5,
): string | undefined {
  const nonce = fields.get('nonce');
  if (nonce === undefined) return undefined;
  const [path = ''] = app.split('?');
  const uri = path.includes('/') ? `/${path}` : `/${path}/_definst_`;
  const who = md5(`${user}:${REALM}:${password}`).hex;
  const what = md5(`${METHOD}:${uri}`).hex;
  const response = md5([who, nonce, NONCE_COUNT, random8hex, QUALITY, what].join(':')).hex;
  return `&nonce=${nonce}&cnonce=${random8hex}&nc=${NONCE_COUNT}&response=${response}`;
}

type Fields = ReadonlyMap<string, string>;

/** The fields behind `?reason=`: values may hold `=` (Base64), and stay as they came; empty ones are none. */
function readFields(description: string): Fields {
  const at = description.indexOf('?reason=');
  const fields = new Map<string, string>();
  if (at < 0) return fields;
  for (const field of description
    .slice(at + 1)
    .trim()
    .split('&')) {
    const equals = field.indexOf('=');
    if (equals > 0 && equals < field.length - 1) {
      fields.set(field.slice(0, equals), field.slice(equals + 1));
    }
  }
  return fields;
}

function failed(reason: AuthFailure): NextAuth {
  return { kind: 'failed', reason };
}
