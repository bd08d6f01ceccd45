/**
 * What the processes that make the load are asked, and what they answer.
 * @module
 */

/** Names, each with what is asked and what is answered. */
export type Calls = Readonly<Record<string, { readonly order: unknown; readonly answer: unknown }>>;

/** Of the process that publishes. */
export type PublisherCalls = {
  /** Begins one show per address; answered when every server has let it in. */
  readonly publish: { order: { urls: readonly string[]; videoKbps: number }; answer: null };
  /** Sends no more, and hangs up: in order, or as an encoder that has crashed. */
  readonly stop: { order: { crashing: boolean }; answer: null };
  /** Counting begins. */
  readonly begin: { order: null; answer: null };
  readonly end: { order: null; answer: PublisherReport };
};

/** What was sent between `begin` and `end`. */
export type PublisherReport = {
  readonly messages: number;
  /** Latest that a message was sent behind its time, ms. */
  readonly latestMs: number;
  /** Most bytes that the server let wait. */
  readonly mostWaitingBytes: number;
  /** Connections that were lost since the show began. */
  readonly lost: number;
};

/** Of a process that receives: as a server for what is pushed, as a player for what is played. */
export type ReceiverCalls = {
  /** Takes whatever is published to it. */
  readonly listen: { order: { tls: boolean }; answer: ListeningAt };
  /** Plays these addresses; answered when all of them have begun. */
  readonly play: { order: { urls: readonly string[] }; answer: null };
  /** How many streams come right now. */
  readonly streams: { order: null; answer: number };
  /** Ends every connection. */
  readonly leave: { order: null; answer: null };
  /** Counting begins. */
  readonly begin: { order: null; answer: null };
  readonly end: { order: null; answer: ReceiverReport };
};

/** `certificateSha256`: hex, empty without TLS. */
export type ListeningAt = { readonly port: number; readonly certificateSha256: string };

/** What came between `begin` and `end`, over all connections. */
export type ReceiverReport = {
  readonly streams: number;
  /** Payload of audio and video. */
  readonly bytes: number;
  readonly messages: number;
  /** Messages that never came, by their numbers. */
  readonly missing: number;
  /** Messages that came twice, or behind a later one. */
  readonly disordered: number;
  /** From the writing of a message to the arrival of its last byte. */
  readonly p50Ms: number;
  readonly p99Ms: number;
};
