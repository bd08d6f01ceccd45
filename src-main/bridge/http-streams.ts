/**
 * The routes that are not one answer: events, previews, the bridge's line; and what is read by other programs.
 * @module
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ShowReport } from '../../src-shared/model/show-report.ts';
import { reportCsv } from '../history/report-csv.ts';
import { reportHtml } from '../history/report-html.ts';
import type { Clock } from '../platform/clock.ts';
import { CommandRefused } from '../studio/studio-port.ts';
import type { BridgeOptions } from './carry-out-checked.ts';
import { streamEvents } from './event-stream.ts';
import { failuresOf } from './http-api.ts';
import { refusedAs } from './http-error.ts';
import { METRICS_CONTENT_TYPE, metricsText } from './metrics.ts';
import { addPreviews, type PreviewRoutesOptions } from './preview-routes.ts';
import { serveBridge } from './serve-bridge.ts';
import { socketLine } from './socket-line.ts';

const text = (contentType: string, description: string): object => ({
  description,
  content: { [contentType]: { schema: z.string() } },
});

/** `GET /events` and `GET /openapi.json`, below `/api/v1`. */
export function addApiStreams(app: FastifyInstance, options: BridgeOptions & { clock: Clock }): void {
  app.get(
    '/events',
    {
      exposeHeadRoute: false,
      schema: {
        summary: 'Server-sent events: `snapshot` first, then each change and log event in order.',
        tags: ['studio'],
        response: { 200: text('text/event-stream', 'Events without end'), ...failuresOf([]) },
      },
    },
    (_request, reply) => {
      reply.hijack();
      streamEvents(reply.raw, options);
    },
  );
  app.get(
    '/openapi.json',
    {
      schema: {
        summary: 'This document.',
        tags: ['studio'],
        response: { 200: z.record(z.string(), z.unknown()), ...failuresOf([]) },
      },
    },
    () => app.swagger(),
  );
}

const reportParams = z.object({
  id: z.string(),
  file: z.enum(['report.html', 'report.csv', 'report.json'], {
    error: 'is report.html, report.csv or report.json',
  }),
});
const REPORTS = {
  'report.html': { type: 'text/html; charset=utf-8', write: (report: ShowReport) => reportHtml(report) },
  'report.csv': { type: 'text/csv; charset=utf-8', write: reportCsv },
  'report.json': {
    type: 'application/json; charset=utf-8',
    write: (report: ShowReport) => JSON.stringify(report, null, 2),
  },
} as const;

/** `GET /history/:id/report.html`, `.csv` and `.json`, below `/api/v1`. */
export function addReports(app: FastifyInstance, { studio }: BridgeOptions): void {
  app.get(
    '/history/:id/:file',
    {
      schema: {
        summary: 'The report of a show as a page, a table or JSON.',
        tags: ['history'],
        params: reportParams,
        response: { 200: text('text/html', 'The report'), ...failuresOf([400, 404]) },
      },
    },
    async (request, reply) => {
      const { id, file } = reportParams.parse(request.params);
      const report = await studio.carryOut('history.report', { id }).catch((error: unknown) => {
        if (error instanceof CommandRefused) throw refusedAs(error.refusal);
        throw error;
      });
      const { type, write } = REPORTS[file];
      // A page of its own: nothing is loaded from anywhere, and no script runs.
      void reply.header(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      );
      return reply.type(type).send(write(report));
    },
  );
}

/** `/metrics`, `/preview/…` and `/bridge`. */
export function addOutsideApi(
  app: FastifyInstance,
  options: PreviewRoutesOptions & { rssBytes: () => number },
): void {
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Prometheus text; names start with `relaydeck_`. Needs the token too.',
        tags: ['other'],
        response: { 200: text('text/plain', 'Prometheus text format'), ...failuresOf([]) },
      },
    },
    async (_request, reply) => {
      const state = await options.studio.carryOut('state.get', {});
      return reply.type(METRICS_CONTENT_TYPE).send(metricsText(state, options.rssBytes()));
    },
  );
  addPreviews(app, options);
  app.get(
    '/bridge',
    {
      websocket: true,
      // OpenAPI has no words for a WebSocket; its introduction names this one.
      schema: { hide: true },
    },
    (socket) => {
      serveBridge(socketLine(socket), options);
    },
  );
}
