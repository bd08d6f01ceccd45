/**
 * What carries the contract: Electron IPC or a WebSocket.
 * @module
 */

/** A two-way line of whole text messages, in order. */
export type BridgeTransport = {
  readonly send: (text: string) => void;
  /** Called once per message that arrives. One listener only. */
  readonly onMessage: (listener: (text: string) => void) => void;
  /** Called once when the line is gone; nothing arrives after it. One listener only. */
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
};
