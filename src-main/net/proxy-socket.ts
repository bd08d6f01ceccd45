/**
 * A TCP connection through a proxy: SOCKS5 or HTTP CONNECT.
 * @module
 */
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { SocksClient } from 'socks';
import { TransportError } from './transport.ts';

/** Where to go, and through what. */
export type ProxyDial = {
  /** `socks5://[user:password@]host[:port]` or `http://[user:password@]host[:port]`. */
  readonly proxy: string;
  readonly host: string;
  readonly port: number;
  readonly bindAddress: string | undefined;
  readonly signal: AbortSignal;
};

const DEFAULT_PORT: Readonly<Record<string, number>> = { 'socks5:': 1080, 'http:': 8080 };

/** What is wrong with a proxy address, in words; undefined: nothing. */
export function proxyFault(proxy: string): string | undefined {
  const parsed = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (parsed === undefined || !(parsed.protocol in DEFAULT_PORT) || parsed.hostname === '') {
    return 'The proxy must be written as socks5://host:port or http://host:port, with user:password@ before the host if it wants them.';
  }
  return undefined;
}

/**
 * Connects to `host` through the proxy. The name is looked up there, not here.
 * @throws {TransportError} `proxy-failed`
 */
export async function dialThroughProxy(dial: ProxyDial): Promise<Socket> {
  const proxy = new URL(dial.proxy);
  const through = {
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port === '' ? (DEFAULT_PORT[proxy.protocol] ?? 0) : Number(proxy.port),
    user: decodeURIComponent(proxy.username),
    password: decodeURIComponent(proxy.password),
  };
  try {
    return await (proxy.protocol === 'socks5:' ? socks(dial, through) : httpConnect(dial, through));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TransportError('proxy-failed', `${through.host}:${through.port}: ${why}`);
  }
}

type Through = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
};

async function socks({ host, port, bindAddress, signal }: ProxyDial, through: Through): Promise<Socket> {
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    destination: { host, port },
    proxy: {
      type: 5,
      host: through.host,
      port: through.port,
      ...(through.user === '' ? {} : { userId: through.user, password: through.password }),
    },
    ...(bindAddress === undefined
      ? {}
      : { socket_options: { host: through.host, port: through.port, localAddress: bindAddress } }),
  });
  if (signal.aborted) socket.destroy();
  return socket;
}

function httpConnect({ host, port, bindAddress, signal }: ProxyDial, through: Through): Promise<Socket> {
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const login = Buffer.from(`${through.user}:${through.password}`).toString('base64');
  return new Promise((resolve, reject) => {
    const asked = request({
      host: through.host,
      port: through.port,
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...(through.user === '' ? {} : { 'proxy-authorization': `Basic ${login}` }),
      },
      ...(bindAddress === undefined ? {} : { localAddress: bindAddress }),
      agent: false,
      signal,
    });
    asked.on('error', reject);
    asked.on('connect', (response, socket, head) => {
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(
        new Error(`the proxy answered ${response.statusCode ?? 0} ${response.statusMessage ?? ''}`.trim()),
      );
    });
    asked.on('response', (response) => {
      reject(new Error(`the proxy answered ${response.statusCode ?? 0} instead of connecting`));
      response.destroy();
    });
    asked.end();
  });
}
