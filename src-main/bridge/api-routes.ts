/**
 * The HTTP API as a table: which request is which command. Served by `http-api.ts`, described by OpenAPI.
 * @module
 */
import { z } from 'zod';
import {
  commands,
  armDelaySchema,
  ingestCreateSchema,
  ingestPatchSchema,
  rehearsalStartSchema,
  reorderSchema,
  settingsPatchSchema,
  switchSourceSchema,
  targetCreateSchema,
  targetPatchSchema,
} from '../../src-shared/bridge/contract.ts';
import type { ApiRoute } from './api-route.ts';
import { PORTABLE_ROUTES } from './portable-routes.ts';
import { RECORD_ROUTES } from './record-routes.ts';

const ingests = (route: Omit<ApiRoute, 'tag'>): ApiRoute => ({ ...route, tag: 'ingests' });
const targets = (route: Omit<ApiRoute, 'tag'>): ApiRoute => ({ ...route, tag: 'targets' });

/** Every command of the contract is here once; a test holds it to that. */
export const API_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    url: '/state',
    command: 'state.get',
    summary: 'Everything in one answer: ingests, targets, events, uplink, version.',
    tag: 'studio',
    status: 200,
  },
  {
    method: 'GET',
    url: '/platforms',
    command: 'platforms.list',
    summary: 'What is known of each platform: servers, where its key is found, what it accepts.',
    tag: 'studio',
    status: 200,
  },
  {
    method: 'GET',
    url: '/settings',
    command: 'settings.get',
    summary: 'Settings of the studio as a whole, and the FFmpeg that was found.',
    tag: 'studio',
    status: 200,
  },
  {
    method: 'PATCH',
    url: '/settings',
    command: 'settings.update',
    summary: 'Changes the fields that are given.',
    tag: 'studio',
    status: 200,
    body: settingsPatchSchema,
  },
  {
    method: 'GET',
    url: '/window-url',
    command: 'window.url',
    summary:
      'Where the window can be opened in a browser, such as a dock of OBS; the address lets its holder in.',
    tag: 'studio',
    status: 200,
  },
  ...RECORD_ROUTES,
  {
    method: 'POST',
    url: '/rehearsal/start',
    command: 'rehearsal.start',
    summary: 'Sends to every target of an ingest at once, unseen, and tells what the line carries.',
    tag: 'studio',
    status: 200,
    body: rehearsalStartSchema,
  },
  {
    method: 'POST',
    url: '/rehearsal/stop',
    command: 'rehearsal.stop',
    summary: 'Cancels a rehearsal; its figures so far stay.',
    tag: 'studio',
    status: 200,
  },
  ingests({
    method: 'POST',
    url: '/ingests',
    command: 'ingest.create',
    summary: 'Makes an ingest; a stream key is made when none is given.',
    status: 201,
    body: ingestCreateSchema,
  }),
  ingests({
    method: 'PATCH',
    url: '/ingests/:id',
    command: 'ingest.update',
    summary: 'Changes the fields that are given.',
    status: 200,
    body: ingestPatchSchema,
  }),
  ingests({
    method: 'DELETE',
    url: '/ingests/:id',
    command: 'ingest.delete',
    summary: 'Removes an ingest; it can be brought back for 30 seconds.',
    status: 204,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/restore',
    command: 'ingest.restore',
    summary: 'Brings back an ingest that was deleted less than 30 seconds ago: same id, keys and place.',
    status: 200,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/renew-key',
    command: 'ingest.renew-key',
    summary: 'Makes a new stream key; the old one is refused from then on.',
    status: 200,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/end-hold',
    command: 'ingest.end-hold',
    summary: 'Ends a hold now: the targets say goodbye.',
    status: 200,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/switch-source',
    command: 'ingest.switch-source',
    summary: 'The other encoder, main or backup, goes on air at its next keyframe.',
    status: 200,
    body: switchSourceSchema,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/delay/arm',
    command: 'ingest.arm-delay',
    summary: 'Begins to fill the buffer of a delay of the whole show; targets stay live.',
    status: 200,
    body: armDelaySchema,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/delay/activate',
    command: 'ingest.activate-delay',
    summary: 'Targets get what is that old as soon as the buffer is long enough, from a keyframe on.',
    status: 200,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/delay/cut',
    command: 'ingest.cut-delay',
    summary: 'Targets are live again from the next keyframe on; the buffer is thrown away.',
    status: 200,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/test-signal/start',
    command: 'ingest.start-test-signal',
    summary: 'Publishes the built-in test signal on this ingest.',
    status: 200,
  }),
  ingests({
    method: 'POST',
    url: '/ingests/:id/test-signal/stop',
    command: 'ingest.stop-test-signal',
    summary: 'Stops the built-in test signal.',
    status: 200,
  }),
  ingests({
    method: 'GET',
    url: '/ingests/:id/preview-url',
    command: 'ingest.preview-url',
    summary: 'Where the live picture can be fetched as FLV; the address lets its holder in.',
    status: 200,
  }),
  targets({
    method: 'GET',
    url: '/targets/:id/preview-url',
    command: 'target.preview-url',
    summary:
      'Where what this target is really sent, after drops, hold and delay, can be fetched as FLV; the address lets its holder in.',
    status: 200,
  }),
  targets({
    method: 'POST',
    url: '/targets',
    command: 'target.create',
    summary: 'Makes a target. The stream key is written, never read back.',
    status: 201,
    body: targetCreateSchema,
  }),
  targets({
    method: 'PATCH',
    url: '/targets/:id',
    command: 'target.update',
    summary: 'Changes the fields that are given.',
    status: 200,
    body: targetPatchSchema,
  }),
  targets({
    method: 'DELETE',
    url: '/targets/:id',
    command: 'target.delete',
    summary: 'Removes a target; the platform is told goodbye. It can be brought back for 30 seconds.',
    status: 204,
  }),
  targets({
    method: 'POST',
    url: '/targets/:id/restore',
    command: 'target.restore',
    summary:
      'Brings back a target that was deleted less than 30 seconds ago: same id, key and place, on or off as it was.',
    status: 200,
  }),
  targets({
    method: 'POST',
    url: '/targets/:id/start',
    command: 'target.start',
    summary: 'Enables the target, and tries again at once when it had failed. Other targets are not touched.',
    status: 200,
  }),
  targets({
    method: 'POST',
    url: '/targets/:id/stop',
    command: 'target.stop',
    summary: 'Disables the target; the platform is told goodbye. Other targets are not touched.',
    status: 200,
  }),
  targets({
    method: 'POST',
    url: '/targets/order',
    command: 'targets.reorder',
    summary: 'Their priority, most important first; targets left out keep their order behind these.',
    status: 204,
    body: reorderSchema,
  }),
  targets({
    method: 'POST',
    url: '/targets/start-all',
    command: 'targets.start-all',
    summary: 'Starts every target.',
    status: 204,
  }),
  targets({
    method: 'POST',
    url: '/targets/stop-all',
    command: 'targets.stop-all',
    summary: 'Stops every target.',
    status: 204,
  }),
  ...PORTABLE_ROUTES,
];

/** What a route answers with on success. */
export function answerSchemaOf(route: ApiRoute): z.ZodType {
  return route.status === 204 ? z.undefined().describe('Done') : commands[route.command].answer;
}
