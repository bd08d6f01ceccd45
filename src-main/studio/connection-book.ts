/**
 * The newest incoming connections, and what a streamer should know of them.
 * @module
 */
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import type { StudioParts } from './studio-parts.ts';

/** Connections remembered: enough to see the last attempts of an encoder that will not connect. */
const KEPT = 20;

/** Keeps records as they change, and writes failures into the event log. */
export class ConnectionBook {
  readonly #parts: StudioParts;
  #connections: readonly IncomingConnection[] = [];

  constructor(parts: StudioParts) {
    this.#parts = parts;
  }

  /** Newest last. */
  list(): readonly IncomingConnection[] {
    return this.#connections;
  }

  /** Takes a new or changed record. */
  readonly update = (connection: IncomingConnection): void => {
    const known = this.#connections.findIndex(({ id }) => id === connection.id);
    const isEnd = connection.outcome === 'refused' || connection.outcome === 'failed';
    this.#connections =
      known >= 0
        ? this.#connections.with(known, connection)
        : [...this.#connections, connection].slice(-KEPT);
    this.#parts.emit({ type: 'connection', connection });
    if (isEnd && connection.reason !== null) {
      const { code, message } = connection.reason;
      const from = `${message} (from ${connection.address})`;
      this.#parts.events.writeSparsely('warning', code, from, { ingestId: connection.ingestId });
    }
  };
}
