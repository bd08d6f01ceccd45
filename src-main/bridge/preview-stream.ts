/**
 * `GET /preview/<ingest id>.flv` and `GET /preview/targets/<target id>.flv`: a live picture without end. With
 * `?frames=newest-keyframe` an ingest's newest keyframe alone.
 * @module
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../platform/clock.ts';
import type { PreviewOf, StudioPort } from '../studio/studio-port.ts';
import { SECURITY_HEADERS } from './content-security-policy.ts';
import { ReaderWatch } from './reader-watch.ts';

type PreviewOptions = {
  /** Sent as `Access-Control-Allow-Origin`: the desktop window is of another origin. */
  readonly allowOrigin: string | undefined;
};

/**
 * Writes the FLV of an ingest or a target to `response` until either end is gone, or the reader is stuck.
 *
 * @returns false, with nothing written, when there is no such ingest or target.
 */
export function streamPreview(
  response: ServerResponse,
  of: PreviewOf,
  options: PreviewOptions & { studio: StudioPort; clock: Clock },
): boolean {
  const watch = new ReaderWatch(response, options.clock);
  const begin = (): void => {
    if (response.headersSent) return;
    response.writeHead(200, headersOf(options));
    // The player learns at once that it is let in, also while there is no encoder yet.
    response.flushHeaders();
  };

  const handle = options.studio.openPreview(of, {
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

/**
 * Answers with the newest keyframe of an ingest, or with nothing (204) while it has no picture.
 *
 * @returns false, with nothing written, when there is no such ingest.
 */
export function sendStill(
  response: ServerResponse,
  ingestId: string,
  options: PreviewOptions & { studio: StudioPort; clock: Clock },
): boolean {
  const pieces = options.studio.stillOf(ingestId);
  if (pieces === undefined) return false;
  response.writeHead(pieces.length === 0 ? 204 : 200, headersOf(options));
  const watch = new ReaderWatch(response, options.clock);
  for (const piece of pieces) watch.write(piece);
  watch.end();
  return true;
}

function headersOf({ allowOrigin }: PreviewOptions): Readonly<Record<string, string>> {
  return {
    ...SECURITY_HEADERS,
    ...(allowOrigin === undefined ? {} : { 'Access-Control-Allow-Origin': allowOrigin, Vary: 'Origin' }),
    'Content-Type': 'video/x-flv',
    'Cache-Control': 'no-store',
  };
}
