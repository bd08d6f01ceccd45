/**
 * Every failure of the HTTP API, in one form.
 * @module
 */
import { z } from 'zod';
import type { Refusal } from '../../src-shared/bridge/contract.ts';

/** What a failed request is answered with. */
export const errorBodySchema = z
  .object({
    error: z.object({
      code: z.string().describe('Stable, kebab-case, for scripts'),
      message: z.string().describe('A sentence for people: what is wrong and what to do'),
      field: z.string().optional().describe('The field of the body it is about'),
    }),
  })
  .describe('Why the request was not carried out; nothing was changed');
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** Thrown by routes; sent as its status and body. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  constructor(status: number, code: string, message: string, field: string | null = null) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.body = { error: { code, message, ...(field === null ? {} : { field }) } };
  }
}

/** What the studio refused, with a fitting status. */
export function refusedAs(refusal: Refusal): HttpError {
  return new HttpError(statusOf(refusal), refusal.code, refusal.message, refusal.field);
}

/**
 * 404: the thing in the path is not there. 400: a field does not fit. 409: right in itself, but not as things stand.
 */
export function statusOf(refusal: Refusal): number {
  const { code, field } = refusal;
  const aboutBody = field !== null && field !== 'id';
  if (code === 'internal-error') return 500;
  if (code === 'bad-request') return 400;
  if (code.startsWith('no-such-')) return aboutBody ? 400 : 404;
  if (/(in-use|taken|exists|duplicate|conflict|already|last|live)/.test(code)) return 409;
  return aboutBody ? 400 : 409;
}
