/**
 * What is not HTTP, or too much of it: no request comes of it, and it is answered in our form all the same.
 * @module
 */
import { STATUS_CODES } from 'node:http';
import { SECURITY_HEADERS } from './content-security-policy.ts';
import { HttpError } from './http-error.ts';

/** The whole answer to bytes that could not be read as a request; `code` is that of Node's parser. */
export function unparsedAnswer(code: string | undefined): string {
  const { status, body } = whyUnparsed(code);
  const text = JSON.stringify(body);
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', text].join('\r\n');
}

function whyUnparsed(code: string | undefined): HttpError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpError(408, 'request-timeout', 'The request did not arrive in time.');
    case 'HPE_HEADER_OVERFLOW':
      return new HttpError(431, 'headers-too-large', 'The address and the headers are too large.');
    default:
      return new HttpError(400, 'bad-http', 'This is not a request of HTTP/1.1. HTTPS is not spoken here.');
  }
}
