/**
 * `GET /api/v1/events`: the snapshot, then every change, as server-sent events.
 * @module
 */
import type { ServerResponse } from 'node:http';
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { StudioPort } from '../studio/studio-port.ts';
import { SECURITY_HEADERS } from './content-security-policy.ts';
import { ReaderWatch } from './reader-watch.ts';

/** Proxies and browsers give up on a line that is silent for a minute or less. */
const HEARTBEAT_MS = 15_000;
/** Bytes a reader may be behind; then the line is closed, and its EventSource comes back for a new snapshot. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;

/** One event: its data is the thing itself (the state, the ingest, …), as the other calls of the API give it. */
export function eventText(id: number, update: Update): string {
  return `id: ${id}\nevent: ${update.type}\ndata: ${JSON.stringify(dataOf(update))}\n\n`;
}

function dataOf(update: Update): unknown {
  switch (update.type) {
    case 'snapshot':
      return update.state;
    case 'ingest':
      return update.ingest;
    case 'target':
      return update.target;
    case 'connection':
      return update.connection;
    case 'event':
      return update.event;
    case 'uplink':
      return update.uplink;
    case 'rehearsal':
      return update.rehearsal;
    case 'target-order':
    case 'ingest-order':
      return { ids: update.ids };
    case 'notice':
      return update.notice;
    case 'notice-settings':
      return update.settings;
    case 'ingest-removed':
    case 'target-removed':
      return { id: update.id };
  }
}

/** Writes events to `response` until the reader is gone, stuck or too far behind. */
export function streamEvents(response: ServerResponse, options: { studio: StudioPort; clock: Clock }): void {
  const { studio, clock } = options;
  const watch = new ReaderWatch(response, clock);
  let nextId = 1;
  let heartbeat: Timer | undefined;
  let open = true;

  const write = (text: string): void => {
    if (!open) return;
    watch.write(text);
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
  };
  const beat = (): void => {
    heartbeat = clock.after(HEARTBEAT_MS, () => {
      write(': heartbeat\n\n');
      beat();
    });
  };

  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  const unsubscribe = studio.subscribe((update) => {
    write(eventText(nextId++, update));
  });
  beat();
  response.on('close', () => {
    open = false;
    heartbeat?.cancel();
    unsubscribe();
  });
}
