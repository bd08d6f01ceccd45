/**
 * The OpenAPI document, made from the same schemas that check the requests.
 * @module
 */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { incomingConnectionSchema, ingestSchema } from '../../src-shared/model/ingest.ts';
import { logEventSchema } from '../../src-shared/model/log-event.ts';
import { platformPresetSchema } from '../../src-shared/model/platform-preset.ts';
import { studioStateSchema } from '../../src-shared/model/studio-state.ts';
import { targetSchema } from '../../src-shared/model/target.ts';
import { errorBodySchema } from './http-error.ts';

const NAMED: Readonly<Record<string, z.ZodType>> = {
  Ingest: ingestSchema,
  Target: targetSchema,
  State: studioStateSchema,
  LogEvent: logEventSchema,
  Connection: incomingConnectionSchema,
  Platform: platformPresetSchema,
  Error: errorBodySchema,
};

const ABOUT =
  'Everything the window of Relaydeck shows and does. Send `Authorization: Bearer TOKEN`; the token is in the ready line ' +
  'and in the address of the window. Times are ISO 8601, rates 1000 bit/s. ' +
  'The window itself speaks a WebSocket at `/bridge?token=TOKEN`, whose messages may change between versions.';

/** Must be registered before the routes it is to describe. */
export async function addOpenapi(app: FastifyInstance, version: string): Promise<void> {
  for (const [id, schema] of Object.entries(NAMED)) {
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
  }
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Relaydeck', version, description: ABOUT },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          query: {
            type: 'apiKey',
            in: 'query',
            name: 'token',
            description: 'For windows, players and event sources',
          },
        },
      },
      security: [{ bearer: [] }, { query: [] }],
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { target: 'draft-2020-12' } }),
    transformObject: jsonSchemaTransformObject,
  });
}
