/**
 * The local server on both loopback addresses.
 * @module
 */
import type { IngestServer } from '../ingest/ingest-server.ts';
import { ListenError } from '../net/listen-error.ts';
import type { Listener, ListenOptions } from '../net/listen.ts';
import type { EventLog } from './event-log.ts';

/**
 * Encoders that are told "localhost" may try ::1 only (OBS with IPv6 first): local means both.
 * @throws {ListenError} The address itself cannot be had.
 */
export async function listenOnBoth(
  server: IngestServer,
  options: ListenOptions,
  events: EventLog,
): Promise<Listener> {
  const listener = await server.listen(options);
  if (options.host !== '127.0.0.1') return listener;
  const { port } = listener;
  try {
    await server.listen({ ...options, host: '::1', port });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    // Without IPv6 on this computer nobody can ask for it.
    if (error.code !== 'EADDRINUSE') return listener;
    const words = `Port ${port} is taken on ::1 (IPv6) by another program. Encoders must use 127.0.0.1 in the server address, not localhost.`;
    events.write('warning', 'ipv6-port-taken', words);
  }
  return listener;
}
