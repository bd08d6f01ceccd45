/**
 * The local RTMP server: takes connections, bounds how many there are.
 * @module
 */
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import { listen, type Listener, type ListenOptions } from '../net/listen.ts';
import type { Transport } from '../net/transport.ts';
import { ConnectionRecord } from './connection-record.ts';
import { IngestConnection, type ConnectionParts } from './ingest-connection.ts';

/** Connections at once. A desktop relay serves a handful; 200 players are the largest load it is measured with. */
export const MAX_CONNECTIONS = 512;

/**
 * Connections at once that have not got as far as publishing or playing. Real ones take well under a second for it;
 * when there are more, the oldest gives way, so that strangers who hold the door cannot keep an encoder out.
 */
export const MAX_SETTING_UP = 64;

/** One server may listen on several addresses (plain and TLS). */
export class IngestServer {
  readonly #parts: ConnectionParts;
  readonly #onConnection: (connection: IncomingConnection) => void;
  readonly #connections = new Set<IngestConnection>();
  readonly #listeners: Listener[] = [];
  #nextId = 1;
  #refusedSinceLog = 0;

  /** @param onConnection Gets every change of every connection's record. */
  constructor(parts: ConnectionParts, onConnection: (connection: IncomingConnection) => void) {
    this.#parts = parts;
    this.#onConnection = onConnection;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** @throws {ListenError} */
  async listen(options: ListenOptions): Promise<Listener> {
    const listener = await listen(options, (transport) => {
      this.#accept(transport);
    });
    this.#listeners.push(listener);
    return listener;
  }

  /** Takes no more connections and ends those that stand. */
  async stop(): Promise<void> {
    const closed = this.#listeners.map((listener) => listener.close());
    for (const connection of [...this.#connections]) {
      connection.close('studio-stopped', 'Relaydeck was stopped on this computer.');
    }
    await Promise.all(closed);
  }

  #makeRoom(): void {
    const settingUp = [...this.#connections].filter((connection) => connection.isSettingUp);
    if (settingUp.length >= MAX_SETTING_UP) settingUp[0]?.giveWay();
  }

  #accept(transport: Transport): void {
    if (this.#connections.size >= MAX_CONNECTIONS) {
      transport.listen({ bytes: () => undefined, drained: () => undefined, closed: () => undefined });
      transport.destroy();
      if (this.#refusedSinceLog++ === 0) {
        this.#parts.log.write('warn', 'too many connections, new ones are refused', {
          most: MAX_CONNECTIONS,
        });
      }
      return;
    }
    this.#refusedSinceLog = 0;
    this.#makeRoom();
    const id = `c${this.#nextId++}`;
    const startedAt = new Date(this.#parts.clock.wallNow()).toISOString();
    const record = new ConnectionRecord(
      { id, address: transport.remoteAddress, startedAt },
      this.#onConnection,
    );
    const connection: IngestConnection = new IngestConnection({
      parts: this.#parts,
      transport,
      record,
      onClosed: () => {
        this.#connections.delete(connection);
      },
    });
    this.#connections.add(connection);
    this.#onConnection(record.value);
  }
}
