/**
 * Somebody who wants to publish or play, without a connection, for tests.
 * @module
 */
import type { Caller } from '../ingest-desk.ts';

/** A caller that keeps how it was closed; `heardAt` may be changed. */
export class FakeCaller implements Caller {
  readonly connectionId = 'c1';
  readonly address: string;
  readonly software: string | null;
  readonly app: string;
  readonly streamName: string;
  readonly closes: { readonly code: string; readonly message: string }[] = [];
  heardAt = 0;
  onClose: () => void = () => undefined;

  constructor({
    app = 'live',
    streamName = 'key',
    address = '127.0.0.1:50000',
    software = null,
  }: Partial<Caller> = {}) {
    this.app = app;
    this.streamName = streamName;
    this.address = address;
    this.software = software;
  }

  readonly lastHeardAt = (): number => this.heardAt;
  readonly bytesReceived = (): number => 0;
  readonly roundTripMs = (): number | null => null;
  readonly close = (code: string, message: string): void => {
    this.closes.push({ code, message });
    this.onClose();
  };
}
