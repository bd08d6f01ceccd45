/**
 * The local RTMP server: takes connections, bounds how many there are.
 * @module
 */
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import { listen, type Listener, type ListenOptions } from '../net/listen.ts';
import type { Transport } from '../net/transport.ts';
import type { Timer } from '../platform/clock.ts';
import { ConnectionRecord } from './connection-record.ts';
import { IngestConnection, type ConnectionParts } from './ingest-connection.ts';

/** Connections at once. A desktop relay serves a handful; 200 players are the largest load it is measured with. */
export const MAX_CONNECTIONS = 512;

/**
 * Connections at once that have not got as far as publishing or playing. Real ones take well under a second for it;
 * when there are more, those that have come least far give way, so that strangers who hold the door cannot keep an
 * encoder out.
 */
export const MAX_SETTING_UP = 64;

/** In a burst up to this many may wait for their first second, so that who is real has time to say so. */
export const MAX_SETTING_UP_BURST = 256;

/** A set-up younger than this is spared below the burst limit, ms: a handshake on a slow line. */
export const SPARED_MS = 1_000;

/** One server may listen on several addresses (plain and TLS). */
export class IngestServer {
  readonly #parts: ConnectionParts;
  readonly #onConnection: (connection: IncomingConnection) => void;
  readonly #connections = new Set<IngestConnection>();
  readonly #listeners: Listener[] = [];
  #nextId = 1;
  #refusedSinceLog = 0;
  #tidying: Timer | undefined;

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
    this.#tidying?.cancel();
    const closed = this.#listeners.map((listener) => listener.close());
    for (const connection of [...this.#connections]) {
      connection.close('studio-stopped', 'Relaydeck was stopped on this computer.');
    }
    await Promise.all(closed);
  }

  /** Looks after set-ups once this turn's bytes have been read: a burst must not be judged before it could speak. */
  #tidyLater(delayMs: number): void {
    if (this.#tidying !== undefined) return;
    this.#tidying = this.#parts.clock.after(delayMs, () => {
      this.#tidying = undefined;
      this.#tidy();
    });
  }

  #tidy(): void {
    const settingUp = this.#settingUp();
    const excess = settingUp.length - MAX_SETTING_UP;
    if (excess <= 0) return;
    const isBurst = settingUp.length > MAX_SETTING_UP_BURST;
    const victims = this.#byWorth(settingUp, isBurst);
    for (const connection of victims.slice(0, excess)) this.#evict(connection);
    if (victims.length < excess) this.#tidyLater(SPARED_MS);
  }

  /** Least worth first: who has come least far, then old ones before young, and of the young the newest first. */
  #byWorth(settingUp: readonly IngestConnection[], withYoung: boolean): IngestConnection[] {
    const youngSince = this.#parts.clock.now() - SPARED_MS;
    const old = settingUp.filter(({ acceptedAt }) => acceptedAt <= youngSince);
    const young = settingUp.filter(({ acceptedAt }) => acceptedAt > youngSince).reverse();
    return [...old, ...(withYoung ? young : [])].sort((a, b) => a.progress - b.progress);
  }

  #settingUp(): IngestConnection[] {
    return [...this.#connections].filter((connection) => connection.isSettingUp);
  }

  #evict(connection: IngestConnection): void {
    this.#connections.delete(connection);
    connection.giveWay();
  }

  /** Makes room for one more at the limit of all; false: all that are there are real. */
  #makeRoom(): boolean {
    const [least] = this.#byWorth(this.#settingUp(), true);
    if (least !== undefined) this.#evict(least);
    return least !== undefined;
  }

  #accept(transport: Transport): void {
    if (this.#connections.size >= MAX_CONNECTIONS && !this.#makeRoom()) {
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
    this.#tidyLater(0);
  }
}
