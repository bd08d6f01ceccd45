/**
 * A TCP connection through a proxy: SOCKS5 or HTTP CONNECT.
 * @module
 */
import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { SocksClient } from 'socks';
import { connectTcp, type TcpTarget } from './tcp-socket.ts';
import { bracketed } from './shown-host.ts';
import { TransportError } from './transport.ts';

/** Where to go, and through what: `socks5://[user:password@]host[:port]` or `http://[user:password@]host[:port]`. */
export type ProxyDial = TcpTarget & { readonly proxy: string };

const DEFAULT_PORT: Readonly<Record<string, number>> = { 'socks5:': 1080, 'http:': 8080 };
const FORM =
  'The proxy must be written as socks5://host:port or http://host:port, with user:password@ before the host if it wants them.';
const SIGNS =
  'User or password of the proxy hold a % that stands for no character. Write a % of theirs as %25.';
/** A SOCKS user or password has its length in one byte (RFC 1929). */
const MAX_SOCKS_LOGIN_BYTES = 255;

/** What is wrong with a proxy address, in words; undefined: nothing. */
export function proxyFault(proxy: string): string | undefined {
  const read = readProxy(proxy);
  return typeof read === 'string' ? read : undefined;
}

/**
 * Connects to `host` through the proxy. The name is looked up there, not here.
 * @throws {TransportError} `proxy-failed`, or `timeout` when the signal gave it up.
 */
export async function dialThroughProxy(dial: ProxyDial): Promise<Socket> {
  const through = readProxy(dial.proxy);
  if (typeof through === 'string') throw new TransportError('proxy-failed', through);
  const { bindAddress, signal } = dial;
  let socket: Socket | undefined;
  // Ends the talk with the proxy; once it is over the connection is no longer ours to give up.
  const abort = (): void => void socket?.destroy();
  try {
    // Loaded for those who have such a proxy, and before the line stands: nothing listens to it meanwhile.
    const socksClient = through.isSocks ? (await import('socks')).SocksClient : undefined;
    socket = await connectTcp({ host: through.host, port: through.port, bindAddress, signal });
    signal.throwIfAborted();
    signal.addEventListener('abort', abort, { once: true });
    await (socksClient === undefined
      ? httpConnect(socket, dial, through)
      : socks(socksClient, socket, dial, through));
    return socket;
  } catch (error) {
    socket?.destroy();
    if (signal.aborted) throw new TransportError('timeout', 'given up');
    const why = error instanceof Error ? error.message : String(error);
    throw new TransportError('proxy-failed', `${through.host}:${through.port}: ${why}`);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

type Through = {
  readonly isSocks: boolean;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
};

function readProxy(proxy: string): Through | string {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  const defaultPort = url === undefined ? undefined : DEFAULT_PORT[url.protocol];
  if (url === undefined || defaultPort === undefined || url.hostname === '') return FORM;
  try {
    return {
      isSocks: url.protocol === 'socks5:',
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? defaultPort : Number(url.port),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    };
  } catch {
    return SIGNS;
  }
}

async function socks(
  client: typeof SocksClient,
  socket: Socket,
  { host, port }: ProxyDial,
  { user, password, ...proxy }: Through,
): Promise<void> {
  if (Math.max(Buffer.byteLength(user), Buffer.byteLength(password)) > MAX_SOCKS_LOGIN_BYTES) {
    throw new Error(`user and password may have ${MAX_SOCKS_LOGIN_BYTES} bytes each`);
  }
  await client.createConnection({
    command: 'connect',
    destination: { host, port },
    proxy: {
      type: 5,
      host: proxy.host,
      port: proxy.port,
      ...(user === '' ? {} : { userId: user, password }),
    },
    // Ours: the library's own would live on for 30 s when the attempt is given up.
    existing_socket: socket,
  });
}

function httpConnect(socket: Socket, { host, port }: ProxyDial, through: Through): Promise<void> {
  const authority = `${bracketed(host)}:${port}`;
  const login = Buffer.from(`${through.user}:${through.password}`).toString('base64');
  return new Promise((resolve, reject) => {
    const asked = request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...(through.user === '' ? {} : { 'proxy-authorization': `Basic ${login}` }),
      },
    });
    asked.on('error', reject);
    // Node tells every answer to a CONNECT this way, a refusal too.
    asked.on('connect', ({ statusCode = 0, statusMessage = '' }, _, head) => {
      if (statusCode < 200 || statusCode > 299) {
        reject(new Error(`the proxy answered ${statusCode} ${statusMessage}`.trim()));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve();
    });
    asked.end();
  });
}
