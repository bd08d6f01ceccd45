/**
 * The connect command (§7.2.1.1) and its answer.
 * @module
 */
import { amfString, type AmfValue } from '../../amf/amf-value.ts';
import { ourCapabilities, readCapsEx, readFourCcs, type FourCcs } from './capabilities.ts';
import { writeCommand } from './command-message.ts';
import { statusCode } from './status.ts';

/** What a connect says of where it goes, and of the software that sends it. */
export type ConnectTarget = {
  /** Path without slashes at its ends; may hold an instance (`live/one`), and a query, which stays as it came. */
  readonly app: string;
  readonly tcUrl: string;
  /** Name and version of the software; undefined when it keeps silent. */
  readonly flashVer: string | undefined;
};

/** What a client says of itself when it connects. */
export type ConnectRequest = ConnectTarget & {
  /** Bits of `capsEx`: what it can of Enhanced RTMP. 0 from most software, also from such as sends it. */
  readonly capsEx: number;
  /** Codecs that it names; parsing never depends on them (OBS names none). */
  readonly fourCcs: FourCcs;
};

/** Reads the command object of connect. */
export function readConnectRequest(object: AmfValue): ConnectRequest {
  return {
    app: trimmedApp(amfString(object, 'app') ?? ''),
    tcUrl: amfString(object, 'tcUrl') ?? '',
    flashVer: amfString(object, 'flashVer'),
    capsEx: readCapsEx(object),
    fourCcs: readFourCcs(object),
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

/**
 * The body of connect, as an encoder sends it.
 * @param options `canReconnect`: a ReconnectRequest of the server will be obeyed.
 */
export function writeConnect(
  transactionId: number,
  target: ConnectTarget,
  { canReconnect = false }: { readonly canReconnect?: boolean } = {},
): Uint8Array {
  return writeCommand('connect', transactionId, {
    app: target.app,
    type: 'nonprivate',
    flashVer: target.flashVer ?? 'FMLE/3.0 (compatible; Relaydeck)',
    tcUrl: target.tcUrl,
    ...ourCapabilities({ canReconnect }),
  });
}

/** The body of the _result that lets a client in. Clients of FMS look for its version and capabilities. */
export function writeConnectSuccess(transactionId: number): Uint8Array {
  return writeCommand(
    '_result',
    transactionId,
    { fmsVer: 'FMS/3,5,7,7009', capabilities: 31, mode: 1, ...ourCapabilities({ canReconnect: true }) },
    {
      level: 'status',
      code: statusCode.connectSuccess,
      description: 'Connection succeeded.',
      objectEncoding: 0,
    },
  );
}
