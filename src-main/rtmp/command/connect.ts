/**
 * The connect command (§7.2.1.1) and its answer.
 * @module
 */
import { amfString, type AmfValue } from '../../amf/amf-value.ts';
import { ourCapabilities } from './capabilities.ts';
import { writeCommand } from './command-message.ts';
import { statusCode } from './status.ts';

/** What a client says of itself when it connects. */
export type ConnectRequest = {
  /** Path without slashes at its ends; may hold an instance (`live/one`), and a query, which stays as it came. */
  readonly app: string;
  readonly tcUrl: string;
  /** Name and version of the software; undefined when it keeps silent. */
  readonly flashVer: string | undefined;
};

/** Reads the command object of connect. */
export function readConnectRequest(object: AmfValue): ConnectRequest {
  return {
    app: trimmedApp(amfString(object, 'app') ?? ''),
    tcUrl: amfString(object, 'tcUrl') ?? '',
    flashVer: amfString(object, 'flashVer'),
  };
}

/** A query may be a signature that ends in a slash: only the path before it loses slashes. */
function trimmedApp(app: string): string {
  const query = app.indexOf('?');
  const path = query < 0 ? app : app.slice(0, query);
  return trimSlashes(path) + app.slice(path.length);
}

// By hand: the regular expression for it takes quadratic time on a long row of slashes.
function trimSlashes(path: string): string {
  let start = 0;
  let end = path.length;
  while (start < end && path[start] === '/') start += 1;
  while (end > start && path[end - 1] === '/') end -= 1;
  return path.slice(start, end);
}

/** The body of connect, as an encoder sends it. */
export function writeConnect(transactionId: number, request: ConnectRequest): Uint8Array {
  return writeCommand('connect', transactionId, {
    app: request.app,
    type: 'nonprivate',
    flashVer: request.flashVer ?? 'FMLE/3.0 (compatible; Relaydeck)',
    tcUrl: request.tcUrl,
    ...ourCapabilities,
  });
}

/** The body of the _result that lets a client in. Clients of FMS look for its version and capabilities. */
export function writeConnectSuccess(transactionId: number): Uint8Array {
  return writeCommand(
    '_result',
    transactionId,
    { fmsVer: 'FMS/3,5,7,7009', capabilities: 31, mode: 1, ...ourCapabilities },
    {
      level: 'status',
      code: statusCode.connectSuccess,
      description: 'Connection succeeded.',
      objectEncoding: 0,
    },
  );
}
