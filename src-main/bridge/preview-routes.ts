/**
 * `/preview/…`: live pictures for the window and for players.
 * @module
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import { badRequest, type BridgeOptions } from './carry-out-checked.ts';
import { failuresOf } from './http-api.ts';
import { HttpError } from './http-error.ts';
import { sendStill, streamPreview } from './preview-stream.ts';

const FRAMES = ['all', 'newest-keyframe'] as const;

const ingestParams = z.object({ file: z.string().describe('`<ingest id>.flv`') });
const targetParams = z.object({ file: z.string().describe('`<target id>.flv`') });
const ingestQuery = z.object({
  frames: z
    .enum(FRAMES, { error: `must be one of: ${FRAMES.join(', ')}` })
    .default('all')
    .describe('`newest-keyframe`: one picture as a whole FLV, for small pictures; 204 while there is none.'),
});
const FLV = { description: 'FLV', content: { 'video/x-flv': { schema: z.string() } } };
const NO_PICTURE = z.null().describe('There is no picture now');

/** What the routes work with. */
export type PreviewRoutesOptions = BridgeOptions & {
  readonly clock: Clock;
  readonly extraOrigins: readonly string[];
};

/** `/preview/<ingest id>.flv` and `/preview/targets/<target id>.flv`. */
export function addPreviews(app: FastifyInstance, options: PreviewRoutesOptions): void {
  app.get(
    '/preview/:file',
    {
      exposeHeadRoute: false,
      schema: {
        summary: 'The live picture of an ingest as FLV, without end; waits while there is no encoder.',
        tags: ['other'],
        params: ingestParams,
        querystring: ingestQuery,
        response: { 200: FLV, 204: NO_PICTURE, ...failuresOf([400, 404]) },
      },
    },
    (request, reply) => {
      const query = ingestQuery.safeParse(request.query);
      if (!query.success) {
        const { code, message, field } = badRequest(query.error, request.query);
        throw new HttpError(400, code, message, field);
      }
      answer(request, reply, {
        options,
        code: 'no-such-ingest',
        start: (id, allowOrigin) => {
          const given = { ...options, allowOrigin };
          return query.data.frames === 'all'
            ? streamPreview(reply.raw, { type: 'ingest', id }, given)
            : sendStill(reply.raw, id, given);
        },
      });
    },
  );
  app.get(
    '/preview/targets/:file',
    {
      exposeHeadRoute: false,
      schema: {
        summary:
          'What a target is really sent (after drops, hold and delay) as FLV. Begins at the next keyframe it is sent; waits while it is not live, and ends with its connection.',
        tags: ['other'],
        params: targetParams,
        response: { 200: FLV, ...failuresOf([404]) },
      },
    },
    (request, reply) => {
      answer(request, reply, {
        options,
        code: 'no-such-target',
        start: (id, allowOrigin) =>
          streamPreview(reply.raw, { type: 'target', id }, { ...options, allowOrigin }),
      });
    },
  );
}

type Start = {
  readonly options: PreviewRoutesOptions;
  readonly code: string;
  /** False, with nothing written: there is no such thing. */
  readonly start: (id: string, allowOrigin: string | undefined) => boolean;
};

/** @throws {HttpError} 404, with the code given. */
function answer(request: FastifyRequest, reply: FastifyReply, { options, code, start }: Start): void {
  const { file } = targetParams.parse(request.params);
  const id = /^(.+)\.flv$/.exec(file)?.[1];
  const { origin } = request.headers;
  const allowOrigin = origin !== undefined && options.extraOrigins.includes(origin) ? origin : undefined;
  if (id === undefined || !start(id, allowOrigin)) {
    throw new HttpError(404, code, `There is no preview ${JSON.stringify(file)}.`);
  }
  reply.hijack();
}
