/**
 * The HTTP server: window, API, events, previews, metrics and the bridge's WebSocket on one port.
 * @module
 */
import websocket from '@fastify/websocket';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import type { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../../src-shared/bridge/contract.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Secret } from '../secrets/secret.ts';
import type { StudioPort } from '../studio/studio-port.ts';
import type { BridgeOptions } from './carry-out-checked.ts';
import { SECURITY_HEADERS } from './content-security-policy.ts';
import { hostAllowed, originAllowed, sameToken, tokenOf, type Listening } from './guard.ts';
import { addApi } from './http-api.ts';
import { HttpError } from './http-error.ts';
import { addApiStreams, addOutsideApi, addReports } from './http-streams.ts';
import { addOpenapi } from './openapi.ts';
import { toHttpError } from './to-http-error.ts';
import { unparsedAnswer } from './unparsed-http.ts';
import { addWindow } from './window-files.ts';

/** Largest request body, bytes: the longest fields of the contract together are below 10 kB. */
const MAX_BODY_BYTES = 64 * 1024;
/** Time windows get to read that the studio goes, ms; a line that does not read must not hold up the stop. */
const GOODBYE_MS = 200;
/** RFC 6455 §7.4.1: the server goes away. */
const GOING_AWAY = 1001;

/** What the server needs. */
export type HttpServerOptions = {
  readonly studio: StudioPort;
  readonly clock: Clock;
  readonly log: Log;
  readonly token: Secret;
  readonly version: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** The built window. */
  readonly windowDir: string;
  /** Origins of our own windows that are not served from here, such as `app://relaydeck`. */
  readonly extraOrigins?: readonly string[];
  /** Memory of this process, bytes. */
  readonly rssBytes?: () => number;
};

/** A server that listens. */
export type HttpServer = {
  readonly host: string;
  readonly port: number;
  /** Ends all lines, then the listening. */
  readonly close: () => Promise<void>;
};

/** @throws The system's listen error: `code` is `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND`. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = await buildHttpServer(options);
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await app.close();
    throw error;
  }
  return { host: options.host, port: portOf(app, options.port), close: () => app.close() };
}

/** Fastify loads its own compilers, 250 files, unless it is given others; these are not asked, see `addForms`. */
const NO_COMPILERS = { buildValidator: notAsked, buildSerializer: notAsked };

function notAsked(): never {
  throw new Error('Routes are checked by the compilers that are set.');
}

/** The server before it listens; tests ask it through `inject`. */
export async function buildHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { studio, clock, log, token } = options;
  // Request logging stays off: addresses hold the token.
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    // Our own check of names refuses a request without a host, in our own form.
    http: { requireHostHeader: false },
    schemaController: { compilersFactory: NO_COMPILERS },
    clientErrorHandler: (error, socket) => {
      if (socket.writable) socket.write(unparsedAnswer(error.code));
      // Not `end`: whoever keeps the other half open would hold the connection.
      socket.destroySoon();
    },
    frameworkErrors: (error, _request, reply) => {
      sendError(reply, toHttpError(error));
    },
  });
  const extraOrigins = options.extraOrigins ?? [];
  const listening = (): Listening => ({
    httpHost: options.host,
    port: portOf(app, options.port),
    extraOrigins,
  });
  const bridge: BridgeOptions = { studio, log, previewUrl: (path) => withToken(path, token) };

  addForms(app, log);
  await addOpenapi(app, options.version);
  await app.register(websocket, {
    options: { maxPayload: MAX_MESSAGE_BYTES },
    preClose(done) {
      sayGoodbye(this.websocketServer.clients, clock, done);
    },
  });
  // After the WebSocket plugin: it closes refused upgrades only when its own hook has seen the request first.
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    checkNames(request.headers, listening());
  });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', async (request, reply) => {
      reply.header('Cache-Control', 'no-store');
      checkToken(tokenOf({ authorization: request.headers.authorization, query: request.query }), token);
    });
    await guarded.register(
      (api, _options, done) => {
        addApi(api, bridge);
        addApiStreams(api, { ...bridge, clock });
        addReports(api, bridge);
        api.all('/*', { schema: { hide: true } }, (request) => {
          throw noSuchRoute(request.method, request.url);
        });
        done();
      },
      { prefix: '/api/v1' },
    );
    addOutsideApi(guarded, {
      ...bridge,
      clock,
      extraOrigins,
      rssBytes: options.rssBytes ?? (() => process.memoryUsage.rss()),
    });
  });
  await app.register((open) => addWindow(open, options.windowDir));
  await app.ready();
  return app;
}

/** A preview's path with what lets its holder in. */
export function withToken(path: string, token: Secret): string {
  return `${path}${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(token.reveal())}`;
}

function addForms(app: FastifyInstance, log: Log): void {
  // The contract's schemas check every command once, in `carryOutChecked`; routes only describe themselves with them.
  app.setValidatorCompiler(() => (value: unknown) => ({ value }));
  app.setSerializerCompiler(() => (value: unknown) => JSON.stringify(value));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    // Clients set the type also where there is nothing to say, such as POST …/start.
    if (body === '') done(null, undefined);
    else parseBody(body.toString(), done);
  });
  app.setErrorHandler((error, request, reply) => {
    const known = toHttpError(error);
    // An `HttpError` of 500 is a refusal whose cause is in the log already.
    if (known.status >= 500 && known !== error) {
      const stack = error instanceof Error ? error.stack : String(error);
      log.write('error', 'a request failed', { route: request.routeOptions.url, error: stack });
    }
    return sendError(reply, known);
  });
  app.setNotFoundHandler((request) => {
    throw noSuchRoute(request.method, request.url);
  });
}

function sendError(reply: FastifyReply, error: HttpError): FastifyReply {
  if (error.status === 401) reply.header('WWW-Authenticate', 'Bearer');
  return reply.code(error.status).type('application/json; charset=utf-8').send(JSON.stringify(error.body));
}

function parseBody(text: string, done: (error: Error | null, body?: unknown) => void): void {
  try {
    const body: unknown = JSON.parse(text);
    done(null, body);
  } catch (error) {
    // The parser's own words quote the body, which may hold a key; the position is enough.
    const at = error instanceof Error ? /at position \d+/.exec(error.message)?.[0] : undefined;
    done(new HttpError(400, 'bad-json', `The body is not valid JSON${at === undefined ? '' : ` (${at})`}.`));
  }
}

function checkNames(
  headers: { host?: string | undefined; origin?: string | undefined },
  listening: Listening,
): void {
  if (!hostAllowed(headers.host, listening)) {
    throw new HttpError(
      403,
      'unknown-host',
      `This studio does not answer to the name ${JSON.stringify(headers.host ?? '')}. Use the address it printed, or start it with --http-host set to that name.`,
    );
  }
  if (!originAllowed(headers.origin, listening)) {
    throw new HttpError(403, 'unknown-origin', 'Pages of other sites may not talk to this studio.');
  }
}

function checkToken(given: string | undefined, token: Secret): void {
  if (given === undefined) {
    throw new HttpError(
      401,
      'token-missing',
      'Send the token as "Authorization: Bearer TOKEN" or as ?token=TOKEN. It is in the address of the window.',
    );
  }
  if (!sameToken(given, token.reveal()))
    throw new HttpError(401, 'token-wrong', 'The token is not the one of this studio.');
}

function sayGoodbye(sockets: ReadonlySet<WebSocket>, clock: Clock, done: () => void): void {
  if (sockets.size === 0) {
    done();
    return;
  }
  for (const socket of sockets) socket.close(GOING_AWAY);
  clock.after(GOODBYE_MS, () => {
    for (const socket of sockets) socket.terminate();
    done();
  });
}

const noSuchRoute = (method: string, url: string): HttpError =>
  new HttpError(404, 'no-such-route', `There is nothing at ${method} ${url.split('?')[0] ?? ''}.`);

function portOf(app: FastifyInstance, fallback: number): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : fallback;
}
