/**
 * Errors of Fastify and of our own, as the API says them.
 * @module
 */
import { HttpError } from './http-error.ts';

const FASTIFY_ERRORS: Readonly<Record<string, () => HttpError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new HttpError(413, 'body-too-large', 'The body is too large.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new HttpError(
      415,
      'not-json',
      'Send the body as JSON, with the header "Content-Type: application/json".',
    ),
  FST_ERR_BAD_URL: () => new HttpError(400, 'bad-address', 'The address is not written as addresses are.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new HttpError(404, 'no-such-route', 'There is nothing at this address.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new HttpError(400, 'bad-request', 'The body is not as long as Content-Length says.'),
};

/** What to answer; whatever is not known is our own mistake, and its words stay in the log. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const code = property(error, 'code');
  const known = typeof code === 'string' ? FASTIFY_ERRORS[code] : undefined;
  if (known !== undefined) return known();
  const status = property(error, 'statusCode');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new HttpError(
      status,
      'bad-request',
      error instanceof Error ? error.message : 'The request does not fit.',
    );
  }
  return new HttpError(500, 'internal-error', 'Relaydeck made a mistake; its log says more.');
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
