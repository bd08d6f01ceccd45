/**
 * What real software has sent to a server session over loopback, recorded from its first byte to its last, and
 * named by product and version. Recorded with the session's own answers and one ping as soon as it was live.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import type { RtmpMessage } from '../message/message-type.ts';
import { fourWays, splitEvenly } from '../testing/four-ways.ts';
import { ServerSession } from './server-session.ts';
import type { ServerOutput } from './session-output.ts';

type Run = { readonly events: readonly ServerOutput[]; readonly messages: readonly RtmpMessage[] };

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../testing/fixtures/${name}.bin`, import.meta.url)));

function run(pieces: readonly Uint8Array[]): Run {
  const session = new ServerSession(
    seededRandom(1).bytes,
    (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
  );
  const events: ServerOutput[] = [];
  const messages: RtmpMessage[] = [];
  for (const piece of pieces) {
    session.receive(piece, 0);
    for (let outputs = session.takeOutputs(); outputs.length > 0; outputs = session.takeOutputs()) {
      for (const output of outputs) {
        if (output.type === 'message') messages.push(output.message);
        else if (output.type !== 'send') events.push(output);
        if (output.type.endsWith('-requested')) session.accept(0);
      }
    }
  }
  return { events, messages };
}

/** The same outcome all four ways. */
function runFourWays(name: string): Run {
  const runs = fourWays(splitEvenly(fixture(name), 1460)).map((way) => ({
    name: way.name,
    ...run(way.pieces),
  }));
  const [first, ...others] = runs;
  if (first === undefined) throw new Error('no ways');
  for (const { name: way, events, messages } of others) {
    expect({ events, messages }, way).toEqual({ events: first.events, messages: first.messages });
  }
  return first;
}

test.each([
  ['ffmpeg-5.1.9', 'digest-0', { 8: 46, 9: 17, 18: 1 }, [0, 1131]],
  ['ffmpeg-extended-timestamp-5.1.9', 'digest-0', { 8: 46, 9: 17, 18: 1 }, [0, 17_000_998]],
  ['gstreamer-rtmp2sink-1.22.0', 'simple', { 8: 45, 9: 17, 18: 15 }, [0, 1072]],
  ['gstreamer-rtmpsink-1.22.0', 'simple', { 8: 45, 9: 17, 18: 15 }, [0, 998]],
] as const)('%s publishes', (name, scheme, counts, [firstTime, lastTime]) => {
  const { events, messages } = runFourWays(name);
  expect(events.map((event) => event.type)).toEqual([
    'handshake-done',
    'connect-requested',
    'publish-requested',
    'unpublished',
  ]);
  expect(events[0]).toMatchObject({ scheme });
  expect(events[1]).toMatchObject({ request: { app: 'live' } });
  expect(events[2]).toMatchObject({ streamId: 1, streamName: expect.stringMatching(/^key-/) as string });

  const counted: Record<number, number> = {};
  for (const { typeId } of messages) counted[typeId] = (counted[typeId] ?? 0) + 1;
  expect(counted).toEqual(counts);
  const times = messages.map((message) => message.timestamp);
  expect([times[0], Math.max(...times)]).toEqual([firstTime, lastTime]);
  for (const message of messages) expect(message.streamId).toBe(1);
  // A sequence header comes first: AVC (0x17, 0) and AAC (0xaf, 0).
  const starts = messages.filter((m) => m.typeId !== 18).slice(0, 2);
  expect(starts.map((m) => [m.typeId, m.payload[0], m.payload[1]])).toEqual([
    [9, 0x17, 0],
    [8, 0xaf, 0],
  ]);
  // H.264 in AVCC form: the lengths within fill the message, so not one byte is lost or shifted.
  for (const { typeId, payload } of messages) if (typeId === 9 && payload[1] === 1) expectWholeUnits(payload);
});

test.each([
  ['rtmpdump-player-2.4', 'simple'],
  ['ffmpeg-player-5.1.9', 'digest-0'],
] as const)('%s plays', (name, scheme) => {
  const { events, messages } = runFourWays(name);
  expect(events.slice(0, 3)).toMatchObject([
    { type: 'handshake-done', scheme },
    { type: 'connect-requested', request: { app: 'live' } },
    { type: 'play-requested', streamId: 1, streamName: expect.stringMatching(/^key-/) as string },
  ]);
  expect(messages).toEqual([]);
});

function expectWholeUnits(payload: Uint8Array): void {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let at = 5;
  while (at < payload.length) at += 4 + view.getUint32(at);
  expect(at).toBe(payload.length);
}
