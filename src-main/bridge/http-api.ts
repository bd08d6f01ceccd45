/**
 * `/api/v1`: commands and state over HTTP.
 * @module
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ingestSchema } from '../../src-shared/model/ingest.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import { targetSchema } from '../../src-shared/model/target.ts';
import type { ApiRoute } from './api-route.ts';
import { API_ROUTES, answerSchemaOf } from './api-routes.ts';
import { carryOutChecked, type BridgeOptions } from './carry-out-checked.ts';
import { errorBodySchema, HttpError, refusedAs } from './http-error.ts';

const idParams = z.object({ id: z.string() });
const hasId = (url: string): boolean => url.includes('/:id');

/** Adds every route of the table, and the single ingests and targets read from the state. */
export function addApi(app: FastifyInstance, options: BridgeOptions): void {
  addRoutes(
    app,
    API_ROUTES.filter((route) => route.body !== undefined),
    options,
  );
  void app.register((bodiless, _options, done) => {
    ignoreBodies(bodiless);
    addRoutes(
      bodiless,
      API_ROUTES.filter((route) => route.body === undefined),
      options,
    );
    done();
  });
  addReads(app, options);
}

/** Where there is nothing to say, clients send what they always send: a form, an empty text, a type of their own. */
function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, body, done) => {
    // Read to its end, so that the connection can be used again.
    body.resume();
    done(null, undefined);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    // Fastify refuses a type that is not written as types are before it looks for a parser.
    delete request.headers['content-type'];
    done();
  });
}

function addRoutes(app: FastifyInstance, routes: readonly ApiRoute[], options: BridgeOptions): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.url,
      schema: describe(route),
      ...(route.maxBodyBytes === undefined ? {} : { bodyLimit: route.maxBodyBytes }),
      handler: async (request, reply) => {
        const value = await carryOut(route, request, options);
        return route.status === 204 ? reply.code(204).send() : reply.code(route.status).send(value);
      },
    });
  }
}

function addReads(app: FastifyInstance, options: BridgeOptions): void {
  const state = (): Promise<StudioState> => options.studio.carryOut('state.get', {});
  const kinds = [
    { name: 'ingest', schema: ingestSchema, all: (value: StudioState) => value.ingests },
    { name: 'target', schema: targetSchema, all: (value: StudioState) => value.targets },
  ] as const;
  for (const { name, schema, all } of kinds) {
    app.get(`/${name}s`, { schema: describeRead(`All ${name}s.`, `${name}s`, z.array(schema)) }, async () =>
      all(await state()),
    );
    app.get(
      `/${name}s/:id`,
      { schema: { ...describeRead(`One ${name}.`, `${name}s`, schema, [404]), params: idParams } },
      async (request) => {
        const { id } = idParams.parse(request.params);
        const found = all(await state()).find((item) => item.id === id);
        if (found === undefined) throw noSuch(name, id);
        return found;
      },
    );
  }
}

async function carryOut(route: ApiRoute, request: FastifyRequest, options: BridgeOptions): Promise<unknown> {
  const outcome = await carryOutChecked(route.command, argsOf(route, request), options);
  if (outcome.type === 'answer') return outcome.value;
  const { refusal } = outcome;
  if (refusal.code === 'bad-request' && refusal.field === 'id' && hasId(route.url)) {
    throw noSuch(NOUNS[route.tag], idParams.parse(request.params).id);
  }
  throw refusedAs(refusal);
}

/** The body's fields and the path's id; a body that is no object is left for the command's schema to refuse. */
function argsOf(route: ApiRoute, request: FastifyRequest): unknown {
  const body: unknown = route.body === undefined ? {} : (request.body ?? {});
  if (!hasId(route.url) || typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  if ('id' in body) throw new HttpError(400, 'bad-request', 'id cannot be changed: leave it out.', 'id');
  return { ...body, id: idParams.parse(request.params).id };
}

/** What an id in a path names. */
const NOUNS: Readonly<Record<ApiRoute['tag'], string>> = {
  studio: 'thing',
  ingests: 'ingest',
  targets: 'target',
  history: 'show',
  webhooks: 'webhook',
};

const noSuch = (kind: string, id: string): HttpError =>
  new HttpError(404, `no-such-${kind}`, `There is no ${kind} with the id ${JSON.stringify(id)}.`);

function describe(route: ApiRoute): object {
  const failures = [
    ...(route.body === undefined ? [] : [400]),
    ...(hasId(route.url) ? [404] : []),
    ...(route.method === 'GET' ? [] : [409]),
  ];
  return {
    operationId: route.command,
    summary: route.summary,
    tags: [route.tag],
    ...(hasId(route.url) ? { params: idParams } : {}),
    ...(route.body === undefined ? {} : { body: route.body }),
    response: { [route.status]: answerSchemaOf(route), ...failuresOf(failures) },
  };
}

function describeRead(
  summary: string,
  tag: string,
  answer: z.ZodType,
  failures: readonly number[] = [],
): object {
  return { summary, tags: [tag], response: { 200: answer, ...failuresOf(failures) } };
}

/** 401 and 403 can be the answer to anything. */
export function failuresOf(statuses: readonly number[]): Record<number, z.ZodType> {
  return Object.fromEntries([...statuses, 401, 403].map((status) => [status, errorBodySchema]));
}
