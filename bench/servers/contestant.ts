/**
 * A server that is measured, ours or another's.
 * @module
 */

/** Where one stream is pushed to. */
export type PushTo = {
  readonly stream: number;
  /** `rtmp(s)://host:port/app`. */
  readonly url: string;
  readonly streamName: string;
  /** Of a TLS receiver; empty otherwise. */
  readonly certificateSha256: string;
};

/** What a server is set up for. */
export type Task = { readonly streams: number; readonly targets: readonly PushTo[] };

/** A server that runs, set up for a task. */
export type Contestant = {
  readonly name: ServerName;
  readonly pid: number;
  /** One per stream. */
  readonly publishUrls: readonly string[];
  /** The shows have begun: servers that cannot be told before are told now where to push. */
  readonly showsBegun: () => Promise<void>;
  /** The shows are over: servers that would go on calling their targets are told to stop. */
  readonly showsOver: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Ours first: the others are peers. */
export const SERVERS = ['relaydeck', 'nginx', 'node-media-server'] as const;
export type ServerName = (typeof SERVERS)[number];

/** As people call them. */
export const SERVER_WORDS: Readonly<Record<ServerName, string>> = {
  relaydeck: 'Relaydeck',
  nginx: 'nginx-rtmp',
  'node-media-server': 'node-media-server',
};
