/**
 * What sessions give back: bytes to send and events, in order.
 * @module
 */
import type { RtmpMessage } from '../message/message-type.ts';
import type { ConnectRequest } from '../command/connect.ts';
import type { Status } from '../command/status.ts';

/** Of both ends. */
export type SharedOutput =
  | { readonly type: 'send'; readonly bytes: Uint8Array }
  /** Audio (8), video (9) or AMF0 data (18) on a message stream; aggregates come apart, data of type 15 as 18. */
  | { readonly type: 'message'; readonly message: RtmpMessage }
  /** The peer has acknowledged this many bytes in all (counted on past 2^32). */
  | { readonly type: 'acknowledged'; readonly bytes: number }
  /** A ping came back after this many ms. */
  | { readonly type: 'round-trip'; readonly ms: number };

/** Of a server session. Requests wait: nothing more is read until they are answered. */
export type ServerOutput =
  | SharedOutput
  | { readonly type: 'handshake-done'; readonly scheme: 'simple' | 'digest-0' | 'digest-1' }
  | { readonly type: 'connect-requested'; readonly request: ConnectRequest }
  | { readonly type: 'publish-requested'; readonly streamId: number; readonly streamName: string }
  | { readonly type: 'play-requested'; readonly streamId: number; readonly streamName: string }
  /** The publisher has said goodbye on this stream. */
  | { readonly type: 'unpublished'; readonly streamId: number }
  | { readonly type: 'play-stopped'; readonly streamId: number }
  | { readonly type: 'pause-changed'; readonly streamId: number; readonly paused: boolean };

/** How far a client has come. */
export type ClientStep = 'handshake' | 'connect' | 'create-stream' | 'publish' | 'play' | 'live';

/** Of a client session. */
export type ClientOutput =
  | SharedOutput
  | { readonly type: 'step'; readonly step: ClientStep }
  /** The server has said yes: media may flow on this message stream. */
  | { readonly type: 'started'; readonly streamId: number }
  /** The server has said no; the connection is of no more use. */
  | { readonly type: 'refused'; readonly step: ClientStep; readonly status: Status }
  /**
   * The server asks to be left for another connection, make before break: go on sending here until a keyframe can go
   * out there. `tcUrl` may be relative (`resolveTcUrl`); undefined: the same again.
   */
  | {
      readonly type: 'reconnect-requested';
      readonly tcUrl: string | undefined;
      readonly description: string;
    }
  /** Any other status on the stream, such as an end told by the server. */
  | { readonly type: 'status'; readonly status: Status };
