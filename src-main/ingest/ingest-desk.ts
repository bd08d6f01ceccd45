/**
 * What the ingest server asks, and who answers. The server knows RTMP; the desk knows keys and ingests.
 * @module
 */
import type { Stream } from '../hub/stream.ts';
import type { ConnectRequest } from '../rtmp/command/connect.ts';
import type { RtmpMessage } from '../rtmp/message/message-type.ts';

/** App under which rehearsal targets publish to this same computer. */
export const REHEARSAL_APP = 'rehearsal';

/** No, with the code the peer gets and the words a person gets. */
export type Refusal = {
  readonly ok: false;
  /** RTMP status code for the peer. */
  readonly statusCode: string;
  /** Stable code of the reason, for scripts. */
  readonly code: string;
  /** What happened and what to change, for the streamer. Holds no key. */
  readonly message: string;
  /** The ingest it is about, when one is known. */
  readonly ingestId: string | null;
};

/** Who wants to publish or play. */
export type Caller = {
  readonly connectionId: string;
  readonly address: string;
  readonly software: string | null;
  readonly app: string;
  readonly streamName: string;
  /** ms, monotonic, when bytes last came from it. */
  readonly lastHeardAt: () => number;
  /** Bytes received from it in all. */
  readonly bytesReceived: () => number;
  /** To it and back, ms, as the handshake or a ping has shown last; null: not yet. */
  readonly roundTripMs: () => number | null;
  /** Ends the connection; the words go into its record. */
  readonly close: (code: string, message: string) => void;
};

/** Where a publisher's messages go once it is let in. */
export type PublishPlace = {
  readonly ok: true;
  readonly ingestId: string | null;
  readonly message: (message: RtmpMessage, now: number) => void;
  /** The publisher is gone; `orderly` when it said goodbye. Called once. */
  readonly left: (orderly: boolean) => void;
};

/** What a player gets. */
export type PlayPlace = {
  readonly ok: true;
  readonly ingestId: string;
  readonly stream: Stream;
  readonly left: () => void;
};

/** The studio's side. Answers are given at once. */
export type IngestDesk = {
  readonly connect: (request: ConnectRequest) => { readonly ok: true } | Refusal;
  readonly publish: (caller: Caller) => PublishPlace | Refusal;
  readonly play: (caller: Caller) => PlayPlace | Refusal;
};
