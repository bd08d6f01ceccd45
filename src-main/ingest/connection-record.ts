/**
 * What is told of one incoming connection: how far it came, and why it ended.
 * @module
 */
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import { REHEARSAL_APP } from './ingest-desk.ts';

/** Words for protocol errors that a streamer can do something about. */
const WORDS: Readonly<Record<string, string>> = {
  'tls-on-plain-port':
    'The encoder tried RTMPS (encrypted) on the plain RTMP port. Use rtmp:// instead of rtmps:// in its server address.',
  'http-on-rtmp-port':
    'Something spoke HTTP to the RTMP port: a browser or web tool. Use the window address for browsers, and this port for encoders only.',
  'rtmpe-not-supported':
    'The encoder asked for RTMPE, an obsolete encryption. Use rtmp:// in its server address.',
  'not-rtmp':
    'What came on the RTMP port is not RTMP. If an encoder sent it, set its output to RTMP (not SRT, RTSP or HTTP).',
  'media-before-publish':
    'The encoder sent audio or video before its stream key was checked. It was disconnected.',
  'set-up-timeout':
    'The connection was opened but never got as far as publishing or playing within 15 s. Check the encoder, or what else connects to this port.',
  'publisher-silent': 'Nothing came from the encoder for 30 s. Its computer or the network between is gone.',
  'gave-way':
    'Too many connections were opened to the RTMP port at once. The oldest that had not said what they want were closed.',
  'message-too-long': 'The encoder sent a message larger than any real frame. It was disconnected.',
};

/** What a peer calls itself goes to every window every second: names are shorter than this, characters. */
const MAX_SOFTWARE_CHARS = 80;

/** What a peer calls itself, as it may be shown; null when it says nothing. */
export function shownSoftware(name: string | undefined): string | null {
  return name === undefined || name === '' ? null : name.slice(0, MAX_SOFTWARE_CHARS);
}

/** What a connection is for, as far as its app tells. */
export function roleOf(app: string): IncomingConnection['role'] {
  return app === REHEARSAL_APP ? 'rehearsal' : 'unknown';
}

/** A sentence for a protocol error; unknown ones keep their technical words. */
export function wordsForProtocolError(code: string, detail: string): string {
  return WORDS[code] ?? `The connection broke the RTMP protocol (${detail}) and was closed.`;
}

/** Follows one connection; `onChange` gets every new state. */
export class ConnectionRecord {
  #value: IncomingConnection;
  readonly #onChange: (connection: IncomingConnection) => void;

  constructor(
    start: { id: string; address: string; startedAt: string },
    onChange: (connection: IncomingConnection) => void,
  ) {
    this.#onChange = onChange;
    this.#value = {
      ...start,
      software: null,
      role: 'unknown',
      stage: 'handshake',
      outcome: 'in-progress',
      reason: null,
      ingestId: null,
    };
  }

  get value(): IncomingConnection {
    return this.#value;
  }

  /** A connection that ended already keeps its end. */
  update(change: Partial<IncomingConnection>): void {
    const { outcome } = this.#value;
    if (outcome === 'refused' || outcome === 'failed' || outcome === 'closed') return;
    this.#value = { ...this.#value, ...change };
    this.#onChange(this.#value);
  }
}
