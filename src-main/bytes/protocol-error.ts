/**
 * The one error of every wire reader: the peer broke the protocol.
 * @module
 */

/**
 * What the peer sent is not what the protocol allows. Ends that connection and nothing else.
 * Switch on `code` (kebab-case, stable); the message is for people.
 */
export class ProtocolError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

/** What `read` gives; undefined where the peer broke the protocol, for readers that can go on without it. */
export function unlessProtocolError<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
