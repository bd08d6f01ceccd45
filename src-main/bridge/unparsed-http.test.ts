import { expect, test } from 'vitest';
import { unparsedAnswer } from './unparsed-http.ts';

test.each([
  ['HPE_INVALID_METHOD', 400, 'bad-http'],
  [undefined, 400, 'bad-http'],
  ['HPE_HEADER_OVERFLOW', 431, 'headers-too-large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'request-timeout'],
])('bytes that are no request (%s) are answered in our form, not in Fastify’s', (why, status, code) => {
  const [head = '', body = ''] = unparsedAnswer(why).split('\r\n\r\n');
  expect(head.split('\r\n')).toEqual([
    expect.stringMatching(new RegExp(`^HTTP/1\\.1 ${status} \\w`)),
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]);
  expect(JSON.parse(body)).toEqual({ error: { code, message: expect.stringMatching(/\.$/) as string } });
});
