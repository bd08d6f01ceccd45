/**
 * Connecting outwards: directly or through a proxy, over TCP or TLS.
 * @module
 */
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { lending } from './lent-reads.ts';
import { dialThroughProxy } from './proxy-socket.ts';
import { SocketTransport, toTransportError } from './socket-transport.ts';
import { connectTcp, ready } from './tcp-socket.ts';
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

/** The real one. */
export const dial: Dial = async (options) => {
  const { host, port, bindAddress, proxy } = options;
  const tooLate = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, tooLate]);
  let socket: Socket | undefined;
  try {
    const target = { host, port, bindAddress, signal };
    // A proxy's answers, and TLS, are read by others.
    if (proxy === undefined && !options.tls) {
      const { onread, onBytes } = lending();
      socket = await connectTcp({ ...target, onread });
      return new SocketTransport({ socket, onBytes });
    }
    socket = await (proxy === undefined ? connectTcp(target) : dialThroughProxy({ ...target, proxy }));
    return new SocketTransport(options.tls ? await secure(socket, options, signal) : socket);
  } catch (error) {
    socket?.destroy();
    if (signal.aborted) throw givenUp(options, tooLate.aborted, socket !== undefined);
    const failure = error instanceof TransportError ? error : toTransportError(error);
    // A plain RTMP server hangs up on a TLS greeting, if it does not wait for the rest of a handshake.
    if (socket !== undefined && failure.code === 'reset')
      throw new TransportError('tls-failed', failure.message);
    throw failure;
  }
};

/** Says at which point the time ran out: a server, a proxy, or a server that does not speak TLS. */
function givenUp({ timeoutMs, proxy }: DialOptions, isLate: boolean, isConnected: boolean): TransportError {
  const within = `within ${timeoutMs / 1000} s`;
  if (!isLate) return new TransportError('timeout', 'given up');
  if (isConnected) return new TransportError('tls-failed', `no TLS answer ${within}`);
  if (proxy !== undefined) return new TransportError('proxy-failed', `no connection through it ${within}`);
  return new TransportError('timeout', `no connection ${within}`);
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
