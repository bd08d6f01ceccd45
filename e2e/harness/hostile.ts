/**
 * Connections that no honest peer makes: each kind is a row of bytes, how it is sent, and how it ends.
 * @module
 */
import { connect, type Socket } from 'node:net';
import { amf, type Amf } from './amf0.ts';

/** One kind of hostile connection. */
export type Attack = {
  readonly name: string;
  readonly bytes: Buffer;
  /** Bytes per write, and the pause between two; all at once unless said otherwise. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number };
  /** How long it stays after its last byte when it is not thrown out, ms. */
  readonly holdMs: number;
  /** Ends with a reset, not in order. */
  readonly reset?: boolean;
  /** Never reads what it is sent. */
  readonly deaf?: boolean;
};

/** Same rubbish in each run. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const HANDSHAKE_BYTES = 1536;
const c0 = Buffer.from([3]);
const c1 = Buffer.alloc(HANDSHAKE_BYTES, 7).fill(0, 0, 8);
/** C0, C1 and C2 in one go: servers take that. */
const SHAKEN = Buffer.concat([c0, c1, Buffer.alloc(HANDSHAKE_BYTES, 7)]);

/** A chunk of type 0, its message length as said, whatever follows. */
function head(chunkStreamId: number, typeId: number, length: number, streamId = 0): Buffer {
  const bytes = Buffer.alloc(12);
  bytes[0] = chunkStreamId;
  bytes.writeUIntBE(length, 4, 3);
  bytes[7] = typeId;
  bytes.writeUInt32LE(streamId, 8);
  return bytes;
}

/** A whole message in chunks of 128. */
function message(typeId: number, body: Buffer, streamId = 0): Buffer {
  const parts = [head(3, typeId, body.length, streamId), body.subarray(0, 128)];
  for (let at = 128; at < body.length; at += 128)
    parts.push(Buffer.from([0xc3]), body.subarray(at, at + 128));
  return Buffer.concat(parts);
}

function command(name: string, transactionId: number, ...values: readonly Amf[]): Buffer {
  return message(20, Buffer.concat([amf(name), amf(transactionId), ...values.map(amf)]));
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const connected = (app = 'live'): Buffer =>
  Buffer.concat([SHAKEN, command('connect', 1, { app, tcUrl: `rtmp://127.0.0.1/${app}` })]);
const repeated = (times: number, make: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: times }, (_, index) => make(index)));
/** `{x:{x:{x:…`, never closed. */
const deep = (levels: number): Buffer =>
  Buffer.concat([amf('connect'), amf(1), repeated(levels, () => Buffer.from([3, 0, 1, 0x78]))]);

/** All kinds. */
export const ATTACKS: readonly Attack[] = [
  { name: 'garbage', bytes: noise(64 * 1024, 1), holdMs: 500 },
  { name: 'garbage behind a 3', bytes: Buffer.concat([c0, noise(64 * 1024, 2)]), holdMs: 500 },
  { name: 'garbage behind a handshake', bytes: Buffer.concat([SHAKEN, noise(64 * 1024, 3)]), holdMs: 500 },
  { name: 'nothing, left at once', bytes: Buffer.alloc(0), holdMs: 0 },
  { name: 'nothing, left open', bytes: Buffer.alloc(0), holdMs: 2_500 },
  { name: 'nothing, reset', bytes: Buffer.alloc(0), holdMs: 0, reset: true },
  { name: 'half a handshake, left open', bytes: SHAKEN.subarray(0, 700), holdMs: 2_500 },
  { name: 'C1, no C2, left open', bytes: SHAKEN.subarray(0, 1537), holdMs: 2_500 },
  { name: 'C1, reset', bytes: SHAKEN.subarray(0, 1537), holdMs: 5, reset: true },
  { name: 'handshake, then nothing', bytes: SHAKEN, holdMs: 2_500 },
  {
    name: 'handshake byte by byte',
    bytes: SHAKEN.subarray(0, 400),
    drip: { bytes: 1, everyMs: 5 },
    holdMs: 100,
  },
  {
    name: 'whole handshake and connect in crumbs',
    bytes: connected(),
    drip: { bytes: 11, everyMs: 4 },
    holdMs: 100,
  },
  {
    name: 'messages of 16 MB begun on 60 chunk streams',
    bytes: Buffer.concat([
      SHAKEN,
      repeated(60, (i) => Buffer.concat([head(3 + i, 9, 0xff_ffff), noise(128, i)])),
    ]),
    holdMs: 1_000,
  },
  {
    name: 'messages of 64 KB begun on 60 chunk streams',
    bytes: Buffer.concat([
      SHAKEN,
      message(1, u32(65_000)),
      repeated(60, (i) => Buffer.concat([head(3 + i, 20, 65_500), noise(65_000, i)])),
    ]),
    holdMs: 1_000,
  },
  {
    name: 'a new chunk stream with each chunk',
    bytes: Buffer.concat([
      SHAKEN,
      repeated(500, (i) =>
        Buffer.concat([Buffer.from([1, i & 255, i >> 8]), head(0, 20, 60_000).subarray(1), noise(128, i)]),
      ),
    ]),
    holdMs: 500,
  },
  { name: 'deep AMF', bytes: Buffer.concat([SHAKEN, message(20, deep(12_000))]), holdMs: 500 },
  {
    name: 'a strict array of four billion',
    bytes: Buffer.concat([
      SHAKEN,
      message(20, Buffer.concat([amf('connect'), amf(1), Buffer.from([10, 255, 255, 255, 255])])),
    ]),
    holdMs: 500,
  },
  {
    name: 'a long string of four gigabytes',
    bytes: Buffer.concat([
      SHAKEN,
      message(20, Buffer.concat([amf('connect'), amf(1), Buffer.from([12, 255, 255, 255, 255, 65])])),
    ]),
    holdMs: 500,
  },
  {
    name: 'AMF3 that refers to itself',
    bytes: Buffer.concat([
      SHAKEN,
      message(17, Buffer.concat([Buffer.alloc(1), amf('connect'), amf(1), Buffer.from([0x11, 10, 0])])),
    ]),
    holdMs: 500,
  },
  {
    name: '10,000 createStream',
    bytes: Buffer.concat([connected(), repeated(10_000, (i) => command('createStream', i + 2, null))]),
    holdMs: 1_000,
  },
  {
    name: '10,000 createStream, deaf',
    bytes: Buffer.concat([connected(), repeated(10_000, (i) => command('createStream', i + 2, null))]),
    holdMs: 1_000,
    deaf: true,
  },
  {
    name: '5,000 pings',
    bytes: Buffer.concat([
      SHAKEN,
      repeated(5_000, (i) => message(4, Buffer.concat([Buffer.from([0, 6]), u32(i)]))),
    ]),
    holdMs: 500,
    deaf: true,
  },
  { name: 'chunk size 0', bytes: Buffer.concat([SHAKEN, message(1, u32(0)), connected()]), holdMs: 500 },
  {
    name: 'chunk size 1, and a long message in it',
    bytes: Buffer.concat([
      SHAKEN,
      message(1, u32(1)),
      head(3, 20, 20_000),
      repeated(20_000, (i) => (i === 0 ? Buffer.from([0]) : Buffer.from([0xc3, i & 255]))),
    ]),
    holdMs: 500,
  },
  {
    name: 'chunk size with the top bit',
    bytes: Buffer.concat([SHAKEN, message(1, u32(0xffff_ffff))]),
    holdMs: 500,
  },
  {
    name: 'a continued chunk of nothing',
    bytes: Buffer.concat([SHAKEN, Buffer.from([0xc3, 1, 2, 3])]),
    holdMs: 500,
  },
  { name: 'HTTP', bytes: Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'), holdMs: 500 },
  {
    name: 'a TLS hello',
    bytes: Buffer.concat([Buffer.from('160301020001000' + '1fc0303', 'hex'), noise(500, 4)]),
    holdMs: 500,
  },
  {
    name: 'a command before connect',
    bytes: Buffer.concat([SHAKEN, command('createStream', 1, null)]),
    holdMs: 500,
  },
  {
    name: 'media before publish',
    bytes: Buffer.concat([connected(), message(9, noise(30_000, 5), 1), message(8, noise(300, 6), 1)]),
    holdMs: 500,
  },
  {
    name: 'an aggregate with wrong sizes',
    bytes: Buffer.concat([connected(), message(22, noise(20_000, 7), 1)]),
    holdMs: 500,
  },
  {
    name: 'connect twice',
    bytes: Buffer.concat([connected(), connected().subarray(SHAKEN.length)]),
    holdMs: 500,
  },
  { name: 'an app that is not there', bytes: connected(`no-${'x'.repeat(2_000)}`), holdMs: 500 },
  {
    name: 'publish with a wrong key',
    bytes: Buffer.concat([
      connected(),
      command('createStream', 2, null),
      message(20, Buffer.concat([amf('publish'), amf(3), amf(null), amf('not-the-key'), amf('live')]), 1),
    ]),
    holdMs: 1_000,
  },
  {
    name: 'play with a wrong key',
    bytes: Buffer.concat([
      connected(),
      command('createStream', 2, null),
      message(20, Buffer.concat([amf('play'), amf(3), amf(null), amf('not-the-key')]), 1),
    ]),
    holdMs: 1_000,
  },
  {
    name: 'connected, then nothing',
    bytes: Buffer.concat([connected(), command('createStream', 2, null)]),
    holdMs: 2_500,
  },
];

/** Carries one out; resolves when its socket is closed, and never rejects: being thrown out is what it is for. */
export function carryOut(attack: Attack, port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const timers = new Set<NodeJS.Timeout>();
    const after = (ms: number, act: () => void): void => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
      }, ms);
      timers.add(timer);
    };
    socket.on('error', () => undefined);
    socket.once('close', () => {
      for (const timer of timers) clearTimeout(timer);
      resolve();
    });
    socket.once('connect', () => {
      if (attack.deaf !== true) socket.resume();
      send(socket, attack, after);
    });
    // Whatever happens, none of them outlives this.
    after(15_000, () => socket.destroy());
  });
}

function send(socket: Socket, attack: Attack, after: (ms: number, act: () => void) => void): void {
  const { bytes, drip, holdMs, reset } = attack;
  const leave = (): void => {
    after(holdMs, () => {
      if (reset === true) socket.resetAndDestroy();
      else socket.destroy();
    });
  };
  if (drip === undefined) {
    if (bytes.length > 0) socket.write(bytes);
    leave();
    return;
  }
  let at = 0;
  const next = (): void => {
    if (socket.destroyed) return;
    socket.write(bytes.subarray(at, at + drip.bytes));
    at += drip.bytes;
    if (at < bytes.length) after(drip.everyMs, next);
    else leave();
  };
  next();
}
