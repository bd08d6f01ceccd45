import { expect, test } from 'vitest';
import { ChunkReader } from '../chunk/chunk-reader.ts';
import type { RtmpMessage } from '../message/message-type.ts';
import { ConnectionCore } from './connection-core.ts';
import type { SharedOutput } from './session-output.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const control = (typeId: number, body: string): RtmpMessage => ({
  typeId,
  timestamp: 0,
  streamId: 0,
  payload: bytesOf(body),
});

function open(): { core: ConnectionCore; take: () => SharedOutput[]; sent: () => string[] } {
  const outputs: SharedOutput[] = [];
  const core = new ConnectionCore(65_536, (output) => outputs.push(output));
  const take = (): SharedOutput[] => outputs.splice(0);
  const sent = (): string[] =>
    take().map((output) => (output.type === 'send' ? hex(output.bytes) : output.type));
  return { core, take, sent };
}

/** Acknowledgement, chunk stream 2, message stream 0. */
const acknowledgement = (total: string): string => '02' + '000000' + '000004' + '03' + '00000000' + total;

test('point 8: acknowledges every 2,500,000 bytes, with the total', () => {
  const { core, sent } = open();
  core.count(2_499_999);
  expect(sent()).toEqual([]);
  core.count(1);
  expect(sent()).toEqual([acknowledgement('002625a0')]);
  core.count(2_499_999);
  expect(sent()).toEqual([]);
  core.count(2);
  expect(sent()).toEqual([acknowledgement('004c4b41')]);
});

test('point 8: the total wraps at 2^32', () => {
  const { core, sent } = open();
  for (let n = 0; n < 1024; n++) core.count(4 * 1024 * 1024);
  expect(sent().at(-1)).toBe(acknowledgement('00000000'));
  core.count(0x0030_0000);
  expect(sent()).toEqual([acknowledgement('00300000')]);
});

test("point 8: the peer's window replaces ours", () => {
  const { core, sent } = open();
  core.handleControl(control(5, '00000064'), 0);
  core.count(99);
  expect(sent()).toEqual([]);
  core.count(1);
  expect(sent()).toEqual([acknowledgement('00000064')]);
});

test('acknowledged bytes count on past 2^32, and never go back', () => {
  const { core, take } = open();
  const totals = ['7fffffff', 'fffffffe', '00000010', '0000000f', '40000000'].map((sequence) => {
    core.handleControl(control(3, sequence), 0);
    const [output] = take();
    return output?.type === 'acknowledged' ? output.bytes : undefined;
  });
  const wrapped = 2 ** 32;
  expect(totals).toEqual([0x7fff_ffff, 0xffff_fffe, wrapped + 0x10, wrapped + 0x10, wrapped + 0x4000_0000]);
});

test('a ping is answered with its own four bytes', () => {
  const { core, sent } = open();
  expect(core.handleControl(control(4, '0006 deadbeef'), 0)).toBe(true);
  expect(sent()).toEqual(['02' + '000000' + '000006' + '04' + '00000000' + '0007' + 'deadbeef']);
});

test('pings go every 5 s, one at a time, and measure the round trip', () => {
  const { core, take, sent } = open();
  expect(core.deadline).toBeUndefined();
  core.startPings(1000);
  expect(core.deadline).toBe(6000);
  core.tick(5999);
  expect(sent()).toEqual([]);
  core.tick(6000.7);
  expect(sent()).toEqual(['02' + '000000' + '000006' + '04' + '00000000' + '0006' + '00001770']);
  core.tick(11_001);
  expect(sent()).toEqual([]);
  core.handleControl(control(4, '0007 00001770'), 11_042.7);
  expect(take()).toEqual([{ type: 'round-trip', ms: expect.closeTo(5042, 5) as number }]);
  core.handleControl(control(4, '0007 00001770'), 11_050);
  expect(take()).toEqual([]);
});

test('a ping unanswered for 30 s is given up, and its late answer measures nothing', () => {
  const { core, take } = open();
  core.startPings(0);
  for (let now = 5000; now <= 35_000; now += 5000) core.tick(now);
  expect(take()).toHaveLength(2);
  core.handleControl(control(4, '0007 00001388'), 35_010); // the answer to the ping of 5000
  expect(take()).toEqual([]);
  core.handleControl(control(4, '0007 000088b8'), 35_040); // 35000
  expect(take()).toEqual([{ type: 'round-trip', ms: 40 }]);
});

test('Set Peer Bandwidth is answered with our window when it changes, and never with one that tells too seldom', () => {
  const { core, sent } = open();
  const answer = '02' + '000000' + '000004' + '05' + '00000000' + '00030d40';
  core.handleControl(control(6, '004c4b40 02'), 0);
  core.handleControl(control(6, '004c4b40 02'), 0);
  core.handleControl(control(6, '00000000 02'), 0);
  expect(sent()).toEqual([answer]);
  core.handleControl(control(6, '00001000 02'), 0);
  expect(sent()).toEqual(['02' + '000000' + '000004' + '05' + '00000000' + '00001000']);
});

test('a client asks a server that sets no limit, once', () => {
  const { core, sent } = open();
  core.sendSetUp('client');
  core.handleControl(control(6, '004c4b40 02'), 0);
  expect(sent()).toEqual([
    '02' + '000000' + '000004' + '05' + '00000000' + '00030d40',
    '02' + '000000' + '000004' + '01' + '00000000' + '0000ea60',
  ]);
});

test('a server sets up with window, bandwidth and chunk size 60000, which holds from the next message on', () => {
  const { core, sent, take } = open();
  core.sendSetUp('server');
  expect(sent()).toEqual([
    '02' + '000000' + '000004' + '05' + '00000000' + '002625a0',
    '02' + '000000' + '000005' + '06' + '00000000' + '002625a0' + '02',
    '02' + '000000' + '000004' + '01' + '00000000' + '0000ea60',
  ]);
  core.sendCommand(new Uint8Array(1000).fill(0x55));
  const [command] = take();
  expect(command?.type === 'send' && command.bytes.length).toBe(12 + 1000);
});

test('before that, commands go in chunks of 128', () => {
  const { core, take } = open();
  core.sendCommand(new Uint8Array(300).fill(0x55), 7);
  const [command] = take();
  if (command?.type !== 'send') throw new Error('nothing sent');
  expect(command.bytes.length).toBe(12 + 300 + 2);
  const reader = new ChunkReader(1000);
  reader.push(command.bytes);
  expect(reader.next()).toMatchObject({ typeId: 20, streamId: 7, timestamp: 0 });
});

test.each([
  [3, '0000'],
  [4, '00'],
  [5, ''],
  [6, '0000'],
])('a control message of type %d that is too short ends the connection', (typeId, body) => {
  const { core } = open();
  expect(() => core.handleControl(control(typeId, body), 0)).toThrow(/control/);
});
