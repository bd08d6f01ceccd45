/**
 * The window for browsers: the built page and its assets. They hold no secrets and need no token.
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy } from './content-security-policy.ts';

const NOT_BUILT = 'The window is not built. Run: npm run build\n';

/** @param dir The renderer's build output; where it is missing, `/` says so and the API works all the same. */
export async function addWindow(app: FastifyInstance, dir: string): Promise<void> {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Content-Security-Policy', contentSecurityPolicy());
  });
  if (!existsSync(join(dir, 'index.html'))) {
    app.get('/', { schema: { hide: true } }, (_request, reply) =>
      reply.code(503).type('text/plain').send(NOT_BUILT),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: dir,
    cacheControl: false,
    schemaHide: true,
    setHeaders: (response, path) => {
      // Assets carry a hash of their content in the name; the page that names them must stay fresh.
      const hashed = /[\\/]assets[\\/]/.test(path);
      response.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
