import { X509Certificate } from 'node:crypto';
import type dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { createRequire } from 'node:module';
import type * as tls from 'node:tls';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { dial, type DialOptions } from './dial.ts';
import {
  certificateFor,
  echo,
  silent,
  tcpServer,
  tlsServer,
  until,
  type TestCertificate,
} from './testing/loopback.ts';
import type { Transport } from './transport.ts';

/** A signer that the system trusts, for the length of a test. */
const trusted = vi.hoisted(() => ({ ca: undefined as string | undefined }));
vi.mock('node:tls', async (original) => {
  const real = await original<typeof tls>();
  const connect = (options: tls.ConnectionOptions): tls.TLSSocket =>
    real.connect({ ...options, ...(trusted.ca === undefined ? {} : { ca: trusted.ca }) });
  return { ...real, connect };
});

const never = new AbortController().signal;
const to = (port: number, more: Partial<DialOptions> = {}): DialOptions => ({
  host: '127.0.0.1',
  port,
  tls: false,
  timeoutMs: 5_000,
  signal: never,
  ...more,
});

let own: TestCertificate;
let fingerprint: string;
beforeAll(async () => {
  own = await certificateFor(['localhost', 'stream.test'], ['127.0.0.1']);
  fingerprint = new X509Certificate(own.cert).fingerprint256;
});
afterEach(() => {
  trusted.ca = undefined;
  vi.restoreAllMocks();
});

/** All names are these addresses. */
function names(...addresses: readonly LookupAddress[]): void {
  lookUp(({ all, family }, done) => {
    const fit = addresses.filter((address) => (family ?? 0) === 0 || address.family === family);
    if (all === true) done(null, fit);
    else done(null, fit[0]?.address, fit[0]?.family);
  });
}

type Lookup = (
  options: { readonly all?: boolean; readonly family?: number },
  done: (error: Error | null, address?: unknown, family?: number) => void,
) => void;

function lookUp(answer: Lookup): void {
  // The one object that node:net looks it up in. Servers, which listen on addresses only, ask without options.
  const real = createRequire(import.meta.url)('node:dns') as typeof dns;
  const lookup = (host: string, options: unknown, done: unknown): void => {
    if (typeof options === 'function') (options as Parameters<Lookup>[1])(null, host, 4);
    else answer(options as Parameters<Lookup>[0], done as Parameters<Lookup>[1]);
  };
  vi.spyOn(real, 'lookup').mockImplementation(lookup as never);
}

/** Says something and hears it back. */
async function talks(transport: Transport): Promise<string> {
  let heard = '';
  transport.listen({
    bytes: (bytes) => {
      heard += Buffer.from(bytes).toString();
    },
    drained: () => undefined,
    closed: () => undefined,
  });
  transport.write([Buffer.from('hello')]);
  await until(() => heard.length >= 5);
  transport.destroy();
  return heard;
}

test('a plain connection stands and speaks; it outlives the time that it had to be made in', async () => {
  const server = await tcpServer(echo);
  const transport = await dial(to(server.port, { timeoutMs: 200 }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await talks(transport)).toBe('hello');
});

test('plain connections are read into one buffer', async () => {
  const server = await tcpServer(echo);
  const heard = ['', ''];
  const lent = new Set<ArrayBufferLike>();
  for (const n of heard.keys()) {
    const transport = await dial(to(server.port));
    transport.listen({
      bytes: (bytes) => {
        lent.add(bytes.buffer);
        heard[n] = `${heard[n] ?? ''}${Buffer.from(bytes).toString()}`;
      },
      drained: () => undefined,
      closed: () => undefined,
    });
    transport.write([Buffer.from(`line ${n}`)]);
  }
  await until(() => heard.join() === 'line 0,line 1');
  expect(lent.size).toBe(1);
});

test('nothing listens: refused', async () => {
  const { port } = await tcpServer(echo, '127.0.0.3');
  await expect(dial(to(port))).rejects.toMatchObject({ code: 'refused' });
});

test('bindAddress: the server sees it', async () => {
  const server = await tcpServer(echo);
  const transport = await dial(to(server.port, { bindAddress: '127.0.0.2' }));
  await until(() => server.sockets.length === 1);
  expect(server.sockets[0]?.remoteAddress).toBe('127.0.0.2');
  transport.destroy();
});

test('bindAddress holds too for a name that has IPv6 first (root cause: bind failed with EINVAL)', async () => {
  names({ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 });
  const server = await tcpServer(echo);
  const transport = await dial(to(server.port, { host: 'two.test', bindAddress: '127.0.0.2' }));
  await until(() => server.sockets.length === 1);
  expect(server.sockets[0]?.remoteAddress).toBe('127.0.0.2');
  transport.destroy();
});

test('bindAddress that is not ours: unreachable', async () => {
  const server = await tcpServer(echo);
  await expect(dial(to(server.port, { bindAddress: '192.0.2.7' }))).rejects.toMatchObject({
    code: 'unreachable',
  });
});

test('localhost, with only IPv4 listening', async () => {
  const server = await tcpServer(echo);
  expect(await talks(await dial(to(server.port, { host: 'localhost' })))).toBe('hello');
});

test.each([
  ['refuses', '::1'],
  ['is silent or cannot be reached', '100::1'],
])('happy eyeballs: IPv6 %s, IPv4 answers', async (_, address) => {
  names({ address, family: 6 }, { address: '127.0.0.1', family: 4 });
  const server = await tcpServer(echo);
  const began = performance.now();
  expect(await talks(await dial(to(server.port, { host: 'two.test' })))).toBe('hello');
  expect(performance.now() - began).toBeLessThan(2_500);
});

test('happy eyeballs: no address answers', async () => {
  names({ address: '::1', family: 6 }, { address: '127.0.0.4', family: 4 });
  const { port } = await tcpServer(echo);
  const failed = dial(to(port, { host: 'two.test' }));
  await expect(failed).rejects.toMatchObject({ name: 'TransportError' });
  await expect(failed).rejects.not.toMatchObject({ code: 'network-error' });
});

test('a name that does not exist: dns-failed', async () => {
  const missing = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  lookUp((_, done) => {
    done(missing);
  });
  await expect(dial(to(1, { host: 'no.such.name.test' }))).rejects.toMatchObject({ code: 'dns-failed' });
});

test('self-signed without a pin is refused, and not a byte was sent inside', async () => {
  let heard = 0;
  const server = await tlsServer(own, (socket) => socket.on('data', ({ length }) => (heard += length)));
  await expect(dial(to(server.port, { tls: true }))).rejects.toMatchObject({ code: 'tls-certificate' });
  expect(heard).toBe(0);
  await until(() => server.open() === 0);
});

test.each([
  ['as it is shown', (pin: string) => pin],
  ['without colons', (pin: string) => pin.replaceAll(':', '')],
  ['in small letters', (pin: string) => pin.toLowerCase()],
  ['small, without colons', (pin: string) => pin.replaceAll(':', '').toLowerCase()],
])('a pinned certificate is trusted: %s', async (_, spell) => {
  const server = await tlsServer(own, echo);
  const transport = await dial(to(server.port, { tls: true, certificateSha256: spell(fingerprint) }));
  expect(await talks(transport)).toBe('hello');
});

test('another certificate than the pinned one is refused, and the right one is named', async () => {
  const server = await tlsServer(own, echo);
  const failed = dial(to(server.port, { tls: true, certificateSha256: '00'.repeat(32) }));
  await expect(failed).rejects.toMatchObject({ code: 'tls-certificate' });
  await expect(failed).rejects.toThrow(fingerprint.replaceAll(':', '').toLowerCase());
  await until(() => server.open() === 0);
});

test('a pin outweighs the usual check: a trusted certificate that is another is refused', async () => {
  trusted.ca = own.cert;
  const server = await tlsServer(own, echo);
  const pinned = to(server.port, { tls: true, certificateSha256: '11'.repeat(32) });
  await expect(dial(pinned)).rejects.toMatchObject({ code: 'tls-certificate' });
});

test.each([
  ['stream.test', true],
  ['127.0.0.1', true],
  ['other.test', false],
  ['127.0.0.2', false],
])('a trusted certificate for stream.test and 127.0.0.1, dialled as %s: %s', async (host, isGood) => {
  trusted.ca = own.cert;
  const server = await tlsServer(own, echo, '0.0.0.0');
  names({ address: '127.0.0.1', family: 4 });
  const dialled = dial(to(server.port, { host, tls: true }));
  if (isGood) expect(await talks(await dialled)).toBe('hello');
  else {
    await expect(dialled).rejects.toMatchObject({
      code: 'tls-certificate',
      message: expect.stringContaining('altnames') as string,
    });
  }
});

test.each([
  ['a name', 'stream.test', 'stream.test'],
  ['an address', '127.0.0.1', false],
])('the name asked for (SNI): %s', async (_, host, expected) => {
  names({ address: '127.0.0.1', family: 4 });
  const seen: (string | false)[] = [];
  const server = await tlsServer(own, (socket, name) => {
    seen.push(name);
    echo(socket);
  });
  const transport = await dial(to(server.port, { host, tls: true, certificateSha256: fingerprint }));
  expect(await talks(transport)).toBe('hello');
  expect(seen).toEqual([expected]);
});

test('TLS to a server that does not speak it and waits: tls-failed in time', async () => {
  const server = await tcpServer(silent);
  const began = performance.now();
  await expect(dial(to(server.port, { tls: true, timeoutMs: 300 }))).rejects.toMatchObject({
    code: 'tls-failed',
  });
  expect(performance.now() - began).toBeLessThan(1_500);
  await until(() => server.open() === 0);
});

test.each([
  ['answers in plain', true],
  ['hangs up (root cause: told as a connection that was closed, without a word of rtmp://)', false],
])('TLS to a server that %s: tls-failed', async (_, answers) => {
  const server = await tcpServer((socket) => {
    socket.once('data', () => {
      if (answers) socket.write('\x03 this is RTMP and no TLS at all');
      else socket.destroy();
    });
  });
  await expect(dial(to(server.port, { tls: true }))).rejects.toMatchObject({ code: 'tls-failed' });
  await until(() => server.open() === 0);
});

test('a dial that is given up leaves no socket: while TLS is made', async () => {
  const server = await tcpServer(silent);
  const giveUp = new AbortController();
  const failed = dial(to(server.port, { tls: true, signal: giveUp.signal }));
  failed.catch(() => undefined);
  await until(() => server.sockets.length === 1);
  giveUp.abort();
  await expect(failed).rejects.toMatchObject({ code: 'timeout' });
  await until(() => server.open() === 0);
});

test('a dial that is given up leaves no socket: before it began, and while the name is looked up', async () => {
  const server = await tcpServer(echo);
  await expect(dial(to(server.port, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    code: 'timeout',
  });
  const giveUp = new AbortController();
  const failed = dial(to(server.port, { host: 'localhost', signal: giveUp.signal }));
  giveUp.abort();
  await expect(failed).rejects.toMatchObject({ code: 'timeout' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(server.open()).toBe(0);
});

test('a connection that stands is not touched by the signal that would have given it up', async () => {
  const [plain, secured] = [await tcpServer(echo), await tlsServer(own, echo)];
  const giveUp = new AbortController();
  const { signal } = giveUp;
  const one = await dial(to(plain.port, { signal }));
  const two = await dial(to(secured.port, { signal, tls: true, certificateSha256: fingerprint }));
  giveUp.abort();
  expect([await talks(one), await talks(two)]).toEqual(['hello', 'hello']);
});
