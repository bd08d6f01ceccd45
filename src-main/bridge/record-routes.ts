/**
 * Requests about what is kept and what is told: shows, notices, webhooks, a diagnosis.
 * @module
 */
import {
  noticeSettingsPatchSchema,
  webhookCreateSchema,
  webhookPatchSchema,
} from '../../src-shared/model/notice.ts';
import type { ApiRoute } from './api-route.ts';

const webhooks = (route: Omit<ApiRoute, 'tag'>): ApiRoute => ({ ...route, tag: 'webhooks' });

/** A part of `API_ROUTES`. */
export const RECORD_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    url: '/history',
    command: 'history.list',
    summary: 'Shows that were kept, newest first.',
    tag: 'history',
    status: 200,
  },
  {
    method: 'GET',
    url: '/history/:id',
    command: 'history.report',
    summary: 'The report of a show; also as a page and as a table, see `/history/{id}/{file}`.',
    tag: 'history',
    status: 200,
  },
  {
    method: 'GET',
    url: '/notices',
    command: 'notices.get',
    summary: 'Who is told what: what is notified, and what is muted.',
    tag: 'studio',
    status: 200,
  },
  {
    method: 'PATCH',
    url: '/notices',
    command: 'notices.update',
    summary: 'Changes the fields that are given.',
    tag: 'studio',
    status: 200,
    body: noticeSettingsPatchSchema,
  },
  {
    method: 'POST',
    url: '/diagnosis',
    command: 'diagnosis.write',
    summary: 'Writes a file that may be shown to others: no key is in it.',
    tag: 'studio',
    status: 200,
  },
  webhooks({
    method: 'GET',
    url: '/webhooks',
    command: 'webhooks.list',
    summary: 'All webhooks, and how their newest deliveries went.',
    status: 200,
  }),
  webhooks({
    method: 'POST',
    url: '/webhooks',
    command: 'webhook.create',
    summary: 'Makes a webhook. Its secret is written, never read back; requests are signed with it.',
    status: 201,
    body: webhookCreateSchema,
  }),
  webhooks({
    method: 'PATCH',
    url: '/webhooks/:id',
    command: 'webhook.update',
    summary: 'Changes the fields that are given.',
    status: 200,
    body: webhookPatchSchema,
  }),
  webhooks({
    method: 'DELETE',
    url: '/webhooks/:id',
    command: 'webhook.delete',
    summary: 'Removes a webhook; what waits for it is thrown away.',
    status: 204,
  }),
  webhooks({
    method: 'POST',
    url: '/webhooks/:id/test',
    command: 'webhook.test',
    summary: 'Sends one event now, and tells what came of it.',
    status: 200,
  }),
];
