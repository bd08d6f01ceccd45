import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { streamEvents } from './event-stream.ts';
import { streamPreview } from './preview-stream.ts';
import { FakeStudio, FAKE_TARGET } from './testing/fake-studio.ts';

/** A reader's end of the line: takes what is written only when it is told to. */
class Reader extends Duplex {
  readonly #held: (() => void)[] = [];
  reading = false;

  override _read(): void {}
  override _write(_chunk: unknown, _encoding: string, taken: () => void): void {
    if (this.reading) taken();
    else this.#held.push(taken);
  }
  /** Takes one piece of what waits. */
  takeOne(): void {
    this.#held.shift()?.();
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

function start() {
  const studio = new FakeStudio();
  const clock = new ManualClock();
  const reader = new Reader();
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  // A response asks nothing of its socket that a stream has not.
  response.assignSocket(reader as unknown as Socket);
  return { studio, clock, reader, response };
}

function preview() {
  const parts = start();
  streamPreview(parts.response, { type: 'ingest', id: 'main' }, { ...parts, allowOrigin: undefined });
  const [opened] = parts.studio.previews;
  if (opened === undefined) throw new Error('no preview');
  return { ...parts, opened };
}

const BLOCK = new Uint8Array(10_000);

test('a preview whose reader takes nothing for 30 s is closed, not held for ever', async () => {
  const { clock, reader, opened } = preview();
  opened.sink.write(BLOCK);
  opened.sink.write(BLOCK);
  clock.advance(29_999);
  await settle();
  expect([reader.destroyed, opened.closed]).toEqual([false, false]);
  clock.advance(1);
  await settle();
  expect([reader.destroyed, opened.closed, clock.pending]).toEqual([true, true, 0]);
});

test('a preview that is read slowly stays, and so does one that has nothing to read', async () => {
  const { clock, reader, opened } = preview();
  for (let n = 0; n < 10; n++) opened.sink.write(BLOCK);
  for (let n = 0; n < 5; n++) {
    clock.advance(20_000);
    for (let piece = 0; piece < 4; piece++) {
      reader.takeOne();
      await settle();
    }
  }
  expect(reader.destroyed).toBe(false);
  reader.reading = true;
  for (let n = 0; n < 50; n++) reader.takeOne();
  await settle();
  clock.advance(600_000);
  opened.sink.write(BLOCK);
  await settle();
  clock.advance(600_000);
  await settle();
  expect([reader.destroyed, opened.closed]).toEqual([false, false]);
});

test('what is left of a preview that has ended is waited for 2 s at most', async () => {
  const { clock, reader, opened } = preview();
  opened.sink.write(BLOCK);
  opened.sink.end();
  opened.sink.end();
  clock.advance(1_999);
  await settle();
  expect(reader.destroyed).toBe(false);
  clock.advance(1);
  await settle();
  expect([reader.destroyed, opened.closed, clock.pending]).toEqual([true, true, 0]);
});

test('events whose reader takes nothing for 30 s are closed, long before 4 MiB wait for it', async () => {
  const { clock, reader, studio, response } = start();
  streamEvents(response, { studio, clock });
  studio.tell({ type: 'target', target: FAKE_TARGET });
  clock.advance(29_999);
  await settle();
  expect([reader.destroyed, studio.subscribers]).toEqual([false, 1]);
  clock.advance(1);
  await settle();
  expect([reader.destroyed, studio.subscribers, clock.pending]).toEqual([true, 0, 0]);
});
