/**
 * The local server on both loopback addresses.
 * @module
 */
import type { IngestServer } from '../ingest/ingest-server.ts';
import { ListenError } from '../net/listen-error.ts';
import type { ListenOptions } from '../net/listen.ts';
import type { EventLog } from './event-log.ts';

/** Encoders that are told "localhost" may try ::1 only (OBS with IPv6 first): local means both. */
export async function listenOnIpv6Too(
  server: IngestServer,
  { host, port, tls }: ListenOptions,
  events: EventLog,
): Promise<void> {
  if (host !== '127.0.0.1') return;
  try {
    await server.listen({ host: '::1', port, tls });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    // Without IPv6 on this computer nobody can ask for it.
    if (error.code !== 'EADDRINUSE') return;
    const words = `Port ${port} is taken on ::1 (IPv6) by another program. Encoders must use 127.0.0.1 in the server address, not localhost.`;
    events.write('warning', 'ipv6-port-taken', words);
  }
}
