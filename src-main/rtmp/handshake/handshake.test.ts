import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { joinBytes } from '../../bytes/join.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import { fourWays } from '../testing/four-ways.ts';
import { ClientHandshake } from './client-handshake.ts';
import { ServerHandshake } from './server-handshake.ts';

const hmac = (key: Uint8Array, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(bytes).digest());
const random = (seed: number): ((length: number) => Uint8Array) => seededRandom(seed).bytes;
const server = (): ServerHandshake => new ServerHandshake(random(7), hmac);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What one end sends and has left over when it is given these pieces. */
function feed(
  end: ServerHandshake | ClientHandshake,
  pieces: readonly Uint8Array[],
): { sent: Uint8Array; rest: Uint8Array; done: boolean } {
  const sent: Uint8Array[] = [];
  const rest: Uint8Array[] = [];
  let done = false;
  for (const piece of pieces) {
    if (done) {
      rest.push(piece);
      continue;
    }
    const step = end.receive(piece);
    if (step.send !== undefined) sent.push(step.send);
    done = step.done;
    rest.push(step.rest);
  }
  return { sent: joinBytes(sent), rest: joinBytes(rest), done };
}

test('point 1: simple: both ends joined', () => {
  const client = new ClientHandshake(random(3));
  const ours = server();
  const c0c1 = client.start();
  expect(c0c1).toHaveLength(1537);
  expect(c0c1[0]).toBe(3);
  expect(hex(c0c1.subarray(5, 9))).toBe('00000000');

  const answer = feed(ours, [c0c1]);
  expect(answer.done).toBe(false);
  expect(answer.sent).toHaveLength(1 + 1536 + 1536);
  expect(answer.sent[0]).toBe(3);
  expect(hex(answer.sent.subarray(5, 9))).toBe('00000000');
  expect(hex(answer.sent.subarray(1537))).toBe(hex(c0c1.subarray(1)));

  const c2 = feed(client, [answer.sent]);
  expect(c2.done).toBe(true);
  expect(hex(c2.sent)).toBe(hex(answer.sent.subarray(1, 1537)));
  expect(feed(ours, [c2.sent]).done).toBe(true);
  expect(ours.scheme).toBe('simple');
});

test('the server is done, with the same rest, however the bytes are cut', () => {
  const c0c1 = new ClientHandshake(random(3)).start();
  const after = Uint8Array.of(3, 1, 2, 3);
  const c2 = random(5)(1536);
  for (const way of fourWays([c0c1, c2, after])) {
    const { sent, rest, done } = feed(server(), way.pieces);
    expect({ done, length: sent.length, rest: hex(rest) }, way.name).toEqual({
      done: true,
      length: 3073,
      rest: '03010203',
    });
  }
});

test('the client is done, with the same rest, however the bytes are cut', () => {
  const s0s1 = joinBytes([Uint8Array.of(3), random(4)(1536)]);
  for (const way of fourWays([s0s1, random(5)(1536), Uint8Array.of(2, 1, 2, 3)])) {
    const client = new ClientHandshake(random(3));
    client.start();
    const { sent, rest, done } = feed(client, way.pieces);
    expect({ done, rest: hex(rest) }, way.name).toEqual({ done: true, rest: '02010203' });
    expect(hex(sent), way.name).toBe(hex(s0s1.subarray(1)));
  }
});

// A digest client of its own, after the protocol's facts and not after our code.
const TAIL = Buffer.from('f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae', 'hex');
const PLAYER = Buffer.from('Genuine Adobe Flash Player 001');
const MEDIA_SERVER = Buffer.from('Genuine Adobe Flash Media Server 001');
const sha = (key: Buffer, bytes: Buffer): Buffer => createHmac('sha256', key).update(bytes).digest();

function digestAt(block: Buffer, scheme: 0 | 1): number {
  const [from, base] = scheme === 0 ? [8, 12] : [772, 776];
  const sum = block.subarray(from, from + 4).reduce((total, byte) => total + byte, 0);
  return (sum % 728) + base;
}

function digestOver(block: Buffer, at: number, key: Buffer): Buffer {
  return sha(key, Buffer.concat([block.subarray(0, at), block.subarray(at + 32)]));
}

function digestC1(scheme: 0 | 1, seed: number): { readonly c1: Buffer; readonly digest: Buffer } {
  const c1 = Buffer.from(random(seed)(1536));
  c1.writeUInt32BE(0, 0);
  c1.writeUInt32BE(0x8000_0702, 4);
  const at = digestAt(c1, scheme);
  const digest = digestOver(c1, at, PLAYER);
  digest.copy(c1, at);
  return { c1, digest };
}

test.each([
  [0, 11],
  [0, 12],
  [0, 13],
  [1, 11],
  [1, 12],
  [1, 13],
] as const)('point 2: digest scheme %d, seed %d: S1 and S2 prove themselves to a client', (scheme, seed) => {
  const { c1, digest } = digestC1(scheme, seed);
  const ours = server();
  const { sent } = feed(ours, [joinBytes([Uint8Array.of(3), c1])]);
  expect(ours.scheme).toBe(`digest-${scheme}`);
  expect(sent).toHaveLength(3073);
  const s1 = Buffer.from(sent.subarray(1, 1537));
  const s2 = Buffer.from(sent.subarray(1537));

  expect(s1.readUInt32BE(4)).not.toBe(0);
  const at = digestAt(s1, scheme);
  expect(hex(s1.subarray(at, at + 32))).toBe(hex(digestOver(s1, at, MEDIA_SERVER)));

  const key = sha(Buffer.concat([MEDIA_SERVER, TAIL]), digest);
  expect(hex(s2.subarray(1504))).toBe(hex(sha(key, s2.subarray(0, 1504))));
  expect(feed(ours, [new Uint8Array(1536)]).done).toBe(true);
});

test('point 2: a client that proves neither scheme gets the simple handshake', () => {
  const { c1 } = digestC1(0, 11);
  c1[1535] = (c1[1535] ?? 0) ^ 1;
  const ours = server();
  const { sent } = feed(ours, [joinBytes([Uint8Array.of(3), c1])]);
  expect(ours.scheme).toBe('simple');
  expect(hex(sent.subarray(1537))).toBe(hex(c1));
});

test('a C1 whose version is zero is simple, though a digest is in it', () => {
  const c1 = Buffer.from(random(11)(1536));
  c1.writeUInt32BE(0, 4);
  const at = digestAt(c1, 0);
  digestOver(c1, at, PLAYER).copy(c1, at);
  const ours = server();
  feed(ours, [joinBytes([Uint8Array.of(3), c1])]);
  expect(ours.scheme).toBe('simple');
});

/** S1 as a digest server makes it, after the protocol's facts and not after our code. */
function digestS1(scheme: 0 | 1, seed: number): { readonly s1: Buffer; readonly digest: Buffer } {
  const s1 = Buffer.from(random(seed)(1536));
  s1.writeUInt32BE(0, 0);
  s1.writeUInt32BE(0x0405_0001, 4);
  const at = digestAt(s1, scheme);
  const digest = digestOver(s1, at, MEDIA_SERVER);
  digest.copy(s1, at);
  return { s1, digest };
}

const digestClient = (digestScheme?: 0 | 1): ClientHandshake =>
  new ClientHandshake(random(3), {
    scheme: 'digest',
    hmac,
    ...(digestScheme === undefined ? {} : { digestScheme }),
  });

test.each([
  [undefined, 1],
  [1, 1],
  [0, 0],
] as const)('point 2: C1 in scheme %s: version, digest where scheme %d has it', (asked, scheme) => {
  const c0c1 = Buffer.from(digestClient(asked).start());
  expect(c0c1).toHaveLength(1537);
  expect(c0c1[0]).toBe(3);
  const c1 = c0c1.subarray(1);
  expect(c1.subarray(0, 8).toString('hex')).toBe('0000000080000702');
  const at = digestAt(c1, scheme);
  expect(hex(c1.subarray(at, at + 32))).toBe(hex(digestOver(c1, at, PLAYER)));
});

test.each([
  [0, 21],
  [0, 22],
  [0, 23],
  [1, 21],
  [1, 22],
  [1, 23],
] as const)('point 2: S1 in scheme %d, seed %d: C2 signs its digest, however cut', (scheme, seed) => {
  const { s1, digest } = digestS1(scheme, seed);
  const key = sha(Buffer.concat([PLAYER, TAIL]), digest);
  for (const way of fourWays([Uint8Array.of(3), s1, random(5)(1536), Uint8Array.of(2, 9)])) {
    const client = digestClient();
    client.start();
    const { sent, rest, done } = feed(client, way.pieces);
    expect({ done, rest: hex(rest) }, way.name).toEqual({ done: true, rest: '0209' });
    expect(client.scheme, way.name).toBe(`digest-${scheme}`);
    expect(sent, way.name).toHaveLength(1536);
    expect(hex(sent.subarray(1504)), way.name).toBe(hex(sha(key, Buffer.from(sent.subarray(0, 1504)))));
    expect(hex(sent), way.name).not.toBe(hex(s1));
  }
});

test.each([
  ['is random', (s1: Buffer) => s1.fill(7, 1_000)],
  ['says version 0', (s1: Buffer) => s1.fill(0, 4, 8)],
  ['has one wrong bit', (s1: Buffer) => s1.fill((s1[1535] ?? 0) ^ 1, 1535)],
])('point 2: a server whose S1 %s proves nothing: C2 is S1 again', (_, spoil) => {
  const { s1 } = digestS1(0, 21);
  spoil(s1);
  const client = digestClient();
  client.start();
  const { sent, done } = feed(client, [joinBytes([Uint8Array.of(3), s1, random(5)(1536)])]);
  expect(done).toBe(true);
  expect(client.scheme).toBe('simple');
  expect(hex(sent)).toBe(hex(s1));
});

test('point 2: a simple client does not look for a digest', () => {
  const { s1 } = digestS1(1, 21);
  const client = new ClientHandshake(random(3));
  const { sent } = feed(client, [joinBytes([Uint8Array.of(3), s1, random(5)(1536)])]);
  expect(hex(sent)).toBe(hex(s1));
});

test.each([0, 1] as const)('point 2: our own two ends in scheme %d', (scheme) => {
  for (const byteByByte of [false, true]) {
    const cut = (bytes: Uint8Array): Uint8Array[] =>
      byteByByte ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : [bytes];
    const client = digestClient(scheme);
    const ours = server();
    const answer = feed(ours, cut(client.start()));
    expect(ours.scheme).toBe(`digest-${scheme}`);
    const c2 = feed(client, cut(answer.sent));
    expect(client.scheme).toBe(`digest-${scheme}`);
    expect(feed(ours, cut(c2.sent)).done).toBe(true);
    const s1 = Buffer.from(answer.sent.subarray(1, 1537));
    const at = digestAt(s1, scheme);
    const key = sha(Buffer.concat([PLAYER, TAIL]), s1.subarray(at, at + 32));
    expect(hex(c2.sent.subarray(1504))).toBe(hex(sha(key, Buffer.from(c2.sent.subarray(0, 1504)))));
  }
});

test('point 2: a digest client and a server that knows the simple handshake only', () => {
  const client = digestClient();
  const c1 = client.start().subarray(1);
  const s1 = random(4)(1536).fill(0, 4, 8);
  const { sent, done } = feed(client, [joinBytes([Uint8Array.of(3), s1, c1])]);
  expect(done).toBe(true);
  expect(hex(sent)).toBe(hex(s1));
});

test.each([
  ['a TLS greeting', 0x16, 'tls-on-plain-port'],
  ['GET', 0x47, 'http-on-rtmp-port'],
  ['POST', 0x50, 'http-on-rtmp-port'],
  ['RTMPE', 6, 'rtmpe-not-supported'],
  ['RTMPE with XTEA', 8, 'rtmpe-not-supported'],
  ['noise', 0, 'not-rtmp'],
  ['noise', 0xff, 'not-rtmp'],
])('%s (0x%x) is told from its first byte: %s', (_, first, code) => {
  const thrown = expect.objectContaining({ code, constructor: ProtocolError }) as Error;
  expect(() => server().receive(Uint8Array.of(first))).toThrow(thrown);
  const late = server();
  late.receive(new Uint8Array(0));
  expect(() => late.receive(Uint8Array.of(first, 1, 2))).toThrow(thrown);
});

test('a server that is none', () => {
  const client = new ClientHandshake(random(3));
  expect(() => client.receive(Uint8Array.of(0x48, 0x54))).toThrow(
    expect.objectContaining({ code: 'not-an-rtmp-server' }),
  );
});
