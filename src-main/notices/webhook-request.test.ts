import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeHmacSha256 } from '../platform/node-crypto.ts';
import { hookHost, shownHookUrl, webhookRequest, type Delivery } from './webhook-request.ts';

const DELIVERY: Delivery = {
  id: 'd1',
  at: '2026-01-01T00:00:00.000Z',
  event: {
    seq: 3,
    at: '2026-01-01T00:00:00.000Z',
    level: 'error',
    code: 'key-refused',
    message: 'Kick: die Plattform sagt „nein“.',
    ingestId: null,
    targetId: 't1',
  },
};
const OPTIONS = { wallNow: 1_767_225_600_999, version: '1.2.3', hmacSha256: nodeHmacSha256 };

test('a request says what happened, and its signature can be checked by the receiver', () => {
  const request = webhookRequest(
    { url: 'http://localhost:9000/hook?a=b', secret: 'schlüssel' },
    DELIVERY,
    OPTIONS,
  );
  expect(request?.url).toBe('http://localhost:9000/hook?a=b');
  const body = request?.body ?? '';
  expect(JSON.parse(body)).toEqual({ ...DELIVERY, studio: { version: '1.2.3' } });
  const hex = createHmac('sha256', 'schlüssel').update(`1767225600.${body}`).digest('hex');
  expect(request?.headers).toEqual({
    'Content-Type': 'application/json',
    'User-Agent': 'Relaydeck/1.2.3',
    'X-Relaydeck-Event': 'key-refused',
    'X-Relaydeck-Delivery': 'd1',
    'X-Relaydeck-Timestamp': '1767225600',
    'X-Relaydeck-Signature': `sha256=${hex}`,
  });
});

test('without a secret nothing is signed', () => {
  const request = webhookRequest({ url: 'http://localhost/', secret: '' }, DELIVERY, OPTIONS);
  expect(request?.headers).not.toHaveProperty('X-Relaydeck-Signature');
});

test('a user in the URL goes into a header: fetch refuses such addresses', () => {
  const url = 'https://me:p%40ss%C3%A9@bot.example:8443/hook#part';
  const request = webhookRequest({ url, secret: '' }, DELIVERY, OPTIONS);
  expect(request?.url).toBe('https://bot.example:8443/hook');
  expect(request?.headers['Authorization']).toBe(`Basic ${Buffer.from('me:p@ssé').toString('base64')}`);
  expect(() => new Request(request?.url ?? '', { headers: { ...request?.headers } })).not.toThrow();
});

test('a percent sign that begins no escape is taken as it is', () => {
  const request = webhookRequest({ url: 'http://me:100%@bot.example/', secret: '' }, DELIVERY, OPTIONS);
  expect(request?.headers['Authorization']).toBe(`Basic ${Buffer.from('me:100%').toString('base64')}`);
});

test('a code that is not fit for a header is made so', () => {
  const event = { ...DELIVERY.event, code: 'bad\r\nX-Evil: 1' };
  const request = webhookRequest({ url: 'http://localhost/', secret: '' }, { ...DELIVERY, event }, OPTIONS);
  expect(request?.headers['X-Relaydeck-Event']).toBe('bad--X-Evil--1');
});

test.each(['', 'bot.example', 'file:///etc/passwd', 'http://'])('%j makes no request', (url) => {
  expect(webhookRequest({ url, secret: '' }, DELIVERY, OPTIONS)).toBeUndefined();
});

test('words name host and port only', () => {
  expect(hookHost('https://me:word@bot.example:8443/secret/path?token=1')).toBe('bot.example:8443');
  expect(hookHost('no address')).toBe('an address that cannot be read');
});

test.each([
  ['https://bot.example/a@b', 'https://bot.example/a@b'],
  ['https://me:word@bot.example/hook', 'https://me:••••@bot.example/hook'],
  ['https://me@bot.example/hook', 'https://me@bot.example/hook'],
  ['https://me:w$&d@bot.example/', 'https://me:••••@bot.example/'],
  ['http://me:word@', 'http://••••@'],
])('%s is shown as %s', (url, shown) => {
  expect(shownHookUrl(url)).toBe(shown);
});
