/**
 * The server's request to connect anew (E-RTMP v2, "Reconnect Request"): an onStatus on the connection.
 * @module
 */
import { amfString, type AmfValue } from '../../amf/amf-value.ts';
import { writeCommand } from './command-message.ts';
import { statusCode } from './status.ts';

/** What it says. */
export type ReconnectRequest = {
  /** Where to; undefined: the same again. May be relative: see `resolveTcUrl`. */
  readonly tcUrl: string | undefined;
  readonly description: string;
};

/** The body of the onStatus command: transaction 0, since no answer is wanted. What is undefined is left out. */
export function writeReconnectRequest(
  tcUrl: string | undefined,
  description: string | undefined,
): Uint8Array {
  return writeCommand('onStatus', 0, null, {
    level: 'status',
    code: statusCode.connectReconnectRequest,
    ...(tcUrl === undefined ? {} : { tcUrl }),
    ...(description === undefined ? {} : { description }),
  });
}

/** Reads the info object of such an onStatus. */
export function readReconnectRequest(info: AmfValue): ReconnectRequest {
  const tcUrl = amfString(info, 'tcUrl');
  return { tcUrl: tcUrl === '' ? undefined : tcUrl, description: amfString(info, 'description') ?? '' };
}
