import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAuth, type AuthCredentials, type Md5 } from './auth-challenge.ts';

const md5: Md5 = (text) => {
  const digest = createHash('md5').update(text, 'utf8').digest();
  return { hex: digest.toString('hex'), base64: digest.toString('base64') };
};
// For the vectors, apart from the code under test: one hash over pieces, as the C implementations update theirs.
const hash = (encoding: 'hex' | 'base64', ...pieces: readonly string[]): string => {
  const md = createHash('md5');
  for (const piece of pieces) md.update(piece);
  return md.digest(encoding);
};

const ME: AuthCredentials = {
  user: 'caster',
  password: 's3cret',
  app: 'live',
  random8hex: '0badcafe',
  attempt: 0,
};
const NEED_USER = '[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] : ';
const challenge = (fields: string, method = 'adobe'): string =>
  `[ AccessManager.Reject ] : [ authmod=${method} ] : ?reason=needauth&${fields}`;
const FULL = challenge('user=caster&salt=vDZ4AA==&challenge=ykUxAA==&opaque=ykUxAA==');

test('adobe: who are you, then the response with opaque, then let in or failed', () => {
  expect(nextAuth(NEED_USER, ME, md5)).toEqual({ kind: 'retry', query: '?authmod=adobe&user=caster' });
  const secret = hash('base64', 'caster', 'vDZ4AA==', 's3cret');
  const response = hash('base64', secret, 'ykUxAA==', '0badcafe');
  expect(nextAuth(FULL, { ...ME, attempt: 1 }, md5)).toEqual({
    kind: 'retry',
    query: `?authmod=adobe&user=caster&challenge=0badcafe&response=${response}&opaque=ykUxAA==`,
  });
  expect(nextAuth(FULL, { ...ME, attempt: 2 }, md5)).toEqual({ kind: 'failed', reason: 'not-accepted' });
});

test('adobe: literal vector', () => {
  // printf casterAAAAs3cret | md5 → base64; then that + BBBB + 0badcafe | md5 → base64, by openssl.
  const description = challenge('user=caster&salt=AAAA&opaque=BBBB');
  expect(nextAuth(description, ME, md5)).toEqual({
    kind: 'retry',
    query: '?authmod=adobe&user=caster&challenge=0badcafe&response=zFrGs9mX1Ecf4tq+6PGcNg==&opaque=BBBB',
  });
});

test('adobe: a name with a space, and a space behind it all', () => {
  const description = challenge('user=my name&salt=S&challenge=C ');
  const secret = hash('base64', 'my name', 'S', 's3cret');
  expect(nextAuth(description, { ...ME, user: 'my name' }, md5)).toMatchObject({
    query: expect.stringContaining(`&response=${hash('base64', secret, 'C', '0badcafe')}`) as string,
  });
});

test('adobe: opaque outweighs the challenge; without it the challenge counts, and nothing is sent back', () => {
  const secret = hash('base64', 'caster', 'S', 's3cret');
  expect(nextAuth(challenge('salt=S&challenge=C'), ME, md5)).toEqual({
    kind: 'retry',
    query: `?authmod=adobe&user=caster&challenge=0badcafe&response=${hash('base64', secret, 'C', '0badcafe')}`,
  });
  expect(nextAuth(challenge('salt=S&challenge=C&opaque=O'), ME, md5)).toEqual({
    kind: 'retry',
    query: `?authmod=adobe&user=caster&challenge=0badcafe&response=${hash('base64', secret, 'O', '0badcafe')}&opaque=O`,
  });
  expect(nextAuth(challenge('salt=S&challenge=C&opaque='), ME, md5)).toMatchObject({
    query: expect.not.stringContaining('opaque') as string,
  });
});

test.each([
  ['live', '/live/_definst_'],
  ['live/one', '/live/one'],
  ['live?srv=1', '/live/_definst_'],
])('llnw: a digest of user, nonce and app %s as %s', (app, uri) => {
  const credentials = { ...ME, app };
  const separator = app.includes('?') ? '&' : '?';
  const needUser = NEED_USER.replace('adobe', 'llnw');
  expect(nextAuth(needUser, credentials, md5)).toEqual({
    kind: 'retry',
    query: `${separator}authmod=llnw&user=caster`,
  });
  const ha1 = hash('hex', 'caster', ':live:', 's3cret');
  const ha2 = hash('hex', 'publish:', uri);
  const response = hash('hex', ha1, ':n0nce=', ':00000001:', '0badcafe', ':auth:', ha2);
  const asked = challenge('user=caster&nonce=n0nce=', 'llnw');
  expect(nextAuth(asked, { ...credentials, attempt: 1 }, md5)).toEqual({
    kind: 'retry',
    query: `${separator}authmod=llnw&user=caster&nonce=n0nce=&cnonce=0badcafe&nc=00000001&response=${response}`,
  });
});

test('llnw: literal vector', () => {
  expect(nextAuth(challenge('nonce=N', 'llnw'), ME, md5)).toEqual({
    kind: 'retry',
    query:
      '?authmod=llnw&user=caster&nonce=N&cnonce=0badcafe&nc=00000001&response=9fd11112e2ea968b2dde94470f78a01d',
  });
});

test.each([
  ['[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=authfailed', 'wrong-password'],
  ['[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=authfailed&opaque=abc', 'wrong-password'],
  ['[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=nosuchuser', 'no-such-user'],
  ['[ AccessManager.Reject ] : [ authmod=llnw ] : ?reason=nosuchuser', 'no-such-user'],
  [NEED_USER.replace('adobe', 'akamai'), 'unknown-method'],
  [challenge('challenge=C'), 'bad-challenge'],
  [challenge('salt=S', 'llnw'), 'bad-challenge'],
  ['[ AccessManager.Reject ] : [ authmod=adobe ] : ', 'bad-challenge'],
  ['[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=other', 'bad-challenge'],
])('%s is %s', (description, reason) => {
  expect(nextAuth(description, ME, md5)).toEqual({ kind: 'failed', reason });
});

test('without a user or a password nothing is sent', () => {
  for (const lacking of [{ user: '' }, { password: '' }]) {
    for (const description of [NEED_USER, FULL]) {
      const next = nextAuth(description, { ...ME, ...lacking }, md5);
      expect(next).toEqual({ kind: 'failed', reason: 'no-credentials' });
    }
  }
});

test('a server that asks for the user again does not know its own method', () => {
  expect(nextAuth(NEED_USER, { ...ME, attempt: 1 }, md5)).toEqual({ kind: 'failed', reason: 'not-accepted' });
});

test.each([
  '',
  '[ AccessManager.Reject ] : [ code=302 ] : ',
  '[ AccessManager.Reject ] : [ code=400 ] : ',
  'No such app.',
  '?reason=needauth&salt=S',
])('%j is about something else', (description) => {
  expect(nextAuth(description, ME, md5)).toEqual({ kind: 'not-auth' });
});

test('the query follows an app that has one already', () => {
  expect(nextAuth(NEED_USER, { ...ME, app: 'live?srv=1' }, md5)).toEqual({
    kind: 'retry',
    query: '&authmod=adobe&user=caster',
  });
});

test('any description gives an answer, the password is in none, and at most two are given', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          'authmod=',
          'adobe',
          'llnw',
          '?reason=',
          'needauth',
          '&salt=',
          '&nonce=',
          'code=403',
          '=',
          '&',
          ' ',
          ']',
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, fc.nat(3), (description, attempt) => {
      const next = nextAuth(description, { ...ME, attempt }, md5);
      expect(['retry', 'failed', 'not-auth']).toContain(next.kind);
      expect(JSON.stringify(next)).not.toContain(ME.password);
      if (attempt >= 2) expect(next.kind).not.toBe('retry');
    }),
  );
});
