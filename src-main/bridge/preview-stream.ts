/**
 * `GET /preview/<ingest id>.flv`: a live picture without end.
 * @module
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../platform/clock.ts';
import type { StudioPort } from '../studio/studio-port.ts';
import { SECURITY_HEADERS } from './content-security-policy.ts';
import { ReaderWatch } from './reader-watch.ts';

/**
 * Writes the ingest's FLV to `response` until either end is gone, or the reader is stuck.
 *
 * @param options.allowOrigin Sent as `Access-Control-Allow-Origin`: the desktop window is of another origin.
 * @returns false, with nothing written, when there is no such ingest.
 */
export function streamPreview(
  response: ServerResponse,
  ingestId: string,
  options: { studio: StudioPort; clock: Clock; allowOrigin: string | undefined },
): boolean {
  const watch = new ReaderWatch(response, options.clock);
  const begin = (): void => {
    if (response.headersSent) return;
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      ...(options.allowOrigin === undefined
        ? {}
        : { 'Access-Control-Allow-Origin': options.allowOrigin, Vary: 'Origin' }),
      'Content-Type': 'video/x-flv',
      'Cache-Control': 'no-store',
    });
    // The player learns at once that it is let in, also while there is no encoder yet.
    response.flushHeaders();
  };

  const handle = options.studio.openPreview(ingestId, {
    write: (bytes) => {
      if (response.destroyed || response.writableEnded) return;
      begin();
      watch.write(bytes);
    },
    backlogBytes: () => response.writableLength,
    end: () => {
      begin();
      watch.end();
    },
  });
  if (handle === undefined) return false;
  begin();
  response.on('drain', () => {
    handle.drained();
  });
  response.on('close', () => {
    handle.close();
  });
  return true;
}
