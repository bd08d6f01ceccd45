/**
 * Connecting outwards: directly or through a proxy, over TCP or TLS.
 * @module
 */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { dialThroughProxy } from './proxy-socket.ts';
import { SocketTransport, toTransportError } from './socket-transport.ts';
import { TransportError, type Transport } from './transport.ts';

/** Where to, how, and how long to try. */
export type DialOptions = {
  readonly host: string;
  readonly port: number;
  /** TLS with certificate and name checked. */
  readonly tls: boolean;
  /** Name, connection and TLS together must be done within this, ms. */
  readonly timeoutMs: number;
  /** Gives the attempt up. */
  readonly signal: AbortSignal;
  /** `socks5://…` or `http://…`; undefined: none. */
  readonly proxy?: string | undefined;
  /** Address of this computer to connect from; undefined: the system chooses. */
  readonly bindAddress?: string | undefined;
  /**
   * SHA-256 of the server's certificate, hex: that one is trusted and no other, whoever signed it. For servers of
   * one's own; undefined: the usual check.
   */
  readonly certificateSha256?: string | undefined;
};

/** Connects to a peer. Rejects with {@link TransportError}, of code `timeout` too when the signal gave it up. */
export type Dial = (options: DialOptions) => Promise<Transport>;

/** The real one. IPv6 and IPv4 are tried side by side (RFC 8305), as Node does by itself. */
export const dial: Dial = async (options) => {
  const tooLate = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, tooLate]);
  const within = `within ${options.timeoutMs / 1000} s`;
  let socket: Socket | undefined;
  try {
    socket = await connectPlain(options, signal);
    return new SocketTransport(options.tls ? await secure(socket, options, signal) : socket);
  } catch (error) {
    socket?.destroy();
    // A plain RTMP server takes a TLS greeting for the start of a handshake and waits for the rest of it.
    if (tooLate.aborted && socket !== undefined)
      throw new TransportError('tls-failed', `no TLS answer ${within}`);
    if (signal.aborted) throw new TransportError('timeout', `no connection ${within}`);
    throw error instanceof TransportError ? error : toTransportError(error);
  }
};

function connectPlain(options: DialOptions, signal: AbortSignal): Promise<Socket> {
  const { host, port, bindAddress, proxy } = options;
  if (proxy !== undefined) {
    return orAborted(dialThroughProxy({ proxy, host, port, bindAddress, signal }), signal);
  }
  const socket = connectTcp({
    host,
    port,
    ...(bindAddress === undefined ? {} : { localAddress: bindAddress }),
  });
  return ready(socket, 'connect', signal);
}

async function secure(socket: Socket, options: DialOptions, signal: AbortSignal): Promise<TLSSocket> {
  const { host, certificateSha256: pin } = options;
  const secured = connectTls({
    socket,
    // Server Name Indication must not carry an address (RFC 6066 §3); the certificate is checked against `host` all the same.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    host,
    rejectUnauthorized: pin === undefined,
  });
  await ready(secured, 'secureConnect', signal);
  if (pin === undefined) return secured;
  const shown = plainHex(secured.getPeerCertificate().fingerprint256);
  if (shown === plainHex(pin)) return secured;
  secured.destroy();
  throw new TransportError(
    'tls-certificate',
    `its SHA-256 is ${shown}, not the one that this target is bound to`,
  );
}

/** Fingerprints are written with and without colons, in either case. */
function plainHex(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-fA-F]/g, '').toLowerCase();
}

function ready<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      socket.destroy();
      reject(new TransportError('timeout', 'given up'));
    };
    // The listener stays: a late error of a socket that was given up has nobody left to tell.
    socket.on('error', reject);
    socket.once('close', () => {
      reject(new TransportError('reset', 'closed before the connection stood'));
    });
    socket.once(event, () => {
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** Does not wait for a proxy longer than allowed; what it brings too late is closed. */
function orAborted(dialling: Promise<Socket>, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new TransportError('timeout', 'given up'));
      dialling.then(
        (socket) => socket.destroy(),
        () => undefined,
      );
    });
    dialling.then(resolve, reject);
  });
}
