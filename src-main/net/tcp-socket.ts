/**
 * A TCP connection that stands, or the reason why it does not.
 * @module
 */
import { connect, isIP, type Socket } from 'node:net';
import type { Lending } from './lent-reads.ts';
import { TransportError } from './transport.ts';

/**
 * Time one address of several gets, ms. Node gives an address up for the next one after it: its own 250 ms are less
 * than the way to another continent and back, so that every address but the last would be given up.
 */
const ATTEMPT_TIMEOUT_MS = 1_000;

/** Where to, and from where. */
export type TcpTarget = {
  readonly host: string;
  readonly port: number;
  /** Address of this computer; undefined: the system chooses. */
  readonly bindAddress: string | undefined;
  /** Gives the attempt up. */
  readonly signal: AbortSignal;
  /** How it is read; left out: as Node does. */
  readonly onread?: Lending['onread'];
};

/** Connects. IPv6 and IPv4 are tried in turns (RFC 8305), as Node does by itself. */
export function connectTcp({ host, port, bindAddress, signal, onread }: TcpTarget): Promise<Socket> {
  const socket = connect({
    host,
    port,
    autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT_MS,
    ...(onread === undefined ? {} : { onread }),
    // From an IPv4 address only IPv4 addresses can be had, and the other way round.
    ...(bindAddress === undefined ? {} : { localAddress: bindAddress, family: isIP(bindAddress) }),
  });
  return ready(socket, 'connect', signal);
}

/** Waits until a socket has got so far; one that is given up or fails is destroyed. */
export function ready<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      socket.destroy();
      reject(new TransportError('timeout', 'given up'));
    };
    const closed = (): void => {
      signal.removeEventListener('abort', abort);
      reject(new TransportError('reset', 'closed before the connection stood'));
    };
    // The listener stays: a late error of a socket that was given up has nobody left to tell.
    socket.on('error', reject);
    socket.once('close', closed);
    socket.once(event, () => {
      signal.removeEventListener('abort', abort);
      socket.removeListener('close', closed);
      resolve(socket);
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
