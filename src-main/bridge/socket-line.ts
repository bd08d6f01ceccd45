/**
 * A WebSocket as a line of the bridge.
 * @module
 */
import type { WebSocket } from 'ws';
import type { BridgeLine } from './serve-bridge.ts';

/** What the line needs of a WebSocket of `ws`. */
export type Socket = Pick<
  WebSocket,
  'readyState' | 'OPEN' | 'send' | 'on' | 'once' | 'terminate' | 'bufferedAmount'
>;

/** Text messages only; a binary one is handed on as text and refused as not of the contract. */
export function socketLine(socket: Socket): BridgeLine {
  return {
    send: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    onMessage: (listener) => {
      socket.on('message', (message: Buffer) => {
        listener(message.toString('utf8'));
      });
    },
    onClose: (listener) => {
      socket.once('close', listener);
      // Without a listener an error would end the program; `close` always follows it.
      socket.on('error', () => undefined);
    },
    // `terminate`, not `close`: a peer that does not read would never answer the closing handshake.
    close: () => {
      socket.terminate();
    },
    backlogBytes: () => socket.bufferedAmount,
  };
}
