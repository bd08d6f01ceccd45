import { expect, test } from 'vitest';
import { toTransportError } from './socket-transport.ts';

const systemError = (code: string): Error => Object.assign(new Error(`the system says ${code}`), { code });

test.each([
  ['ENOTFOUND', 'dns-failed'],
  ['EAI_AGAIN', 'dns-failed'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-certificate'],
  ['CERT_HAS_EXPIRED', 'tls-certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-certificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
  ['EPROTO', 'tls-failed'],
  ['EWHATEVER', 'network-error'],
])('%s is %s', (code, expected) => {
  expect(toTransportError(systemError(code))).toMatchObject({
    code: expected,
    message: `the system says ${code}`,
  });
});

test('several addresses that all failed count as the first', () => {
  const all = new AggregateError([systemError('ECONNREFUSED'), systemError('ENETUNREACH')], '');
  expect(toTransportError(all).code).toBe('refused');
  expect(toTransportError(new AggregateError([], '')).code).toBe('network-error');
});

test('an error without words is told by its code; what is no error by its text', () => {
  expect(toTransportError(Object.assign(new Error(''), { code: 'EODD' })).message).toBe('EODD');
  expect(toTransportError('gone')).toMatchObject({ code: 'network-error', message: 'gone' });
});
