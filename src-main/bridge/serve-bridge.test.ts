import { expect, test } from 'vitest';
import { BridgeClient, RefusedError } from '../../src-shared/bridge/client.ts';
import type { Update } from '../../src-shared/bridge/contract.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { CommandRefused } from '../studio/studio-port.ts';
import { serveBridge, type BridgeLine } from './serve-bridge.ts';
import { FakeStudio, FAKE_STATE, FAKE_TARGET } from './testing/fake-studio.ts';

/** Two ends in one process; the studio's end says how far behind the other one is. */
function start() {
  const studio = new FakeStudio();
  const log = new MemoryLog();
  const near = { hear: (_text: string): void => undefined, gone: (): void => undefined };
  const far = { hear: (_text: string): void => undefined, gone: (): void => undefined };
  const line = { backlog: 0, closed: 0 };
  const close = (): void => {
    line.closed += 1;
    near.gone();
    far.gone();
  };
  const studioEnd: BridgeLine = {
    send: (text) => {
      far.hear(text);
    },
    onMessage: (listener) => (near.hear = listener),
    onClose: (listener) => (near.gone = listener),
    close,
    backlogBytes: () => line.backlog,
  };
  serveBridge(studioEnd, { studio, log, previewUrl: (path) => `http://127.0.0.1:1${path}?token=x` });
  const client = new BridgeClient({
    send: (text) => {
      near.hear(text);
    },
    onMessage: (listener) => (far.hear = listener),
    onClose: (listener) => (far.gone = listener),
    close,
  });
  const say = (text: string): void => {
    near.hear(text);
  };
  const heard: unknown[] = [];
  const listen = (): void => {
    far.hear = (text) => void heard.push(JSON.parse(text));
  };
  return { studio, log, line, client, say, heard, listen };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
};

const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await call.catch((caught: unknown) => caught);
  return error instanceof RefusedError ? error.refusal : error;
};

test('a command is carried out and answered', async () => {
  const { client, studio } = start();
  expect(await client.call('target.start', { id: 't1' })).toEqual(FAKE_TARGET);
  expect(await client.call('targets.stop-all', {})).toBeNull();
  expect(studio.calls.map((call) => call.command)).toEqual(['target.start', 'targets.stop-all']);
});

test('a preview address is completed by the bridge', async () => {
  const { client } = start();
  expect(await client.call('ingest.preview-url', { id: 'main' })).toEqual({
    url: 'http://127.0.0.1:1/preview/main.flv?token=x',
  });
});

test.each([
  [
    { id: 't1', name: '' },
    { code: 'bad-request', field: 'name', message: 'name must not be empty.' },
  ],
  [
    { id: 't1', colour: 1 },
    { code: 'bad-request', field: 'colour', message: 'colour is not a field of this command.' },
  ],
  [{}, { code: 'bad-request', field: 'id', message: 'id is missing: it must be text.' }],
  [{ id: 'other' }, { code: 'no-such-target', field: null, message: 'There is no target other.' }],
])('%o is refused with reasons', async (args, refusal) => {
  const { client } = start();
  expect(await refusalOf(client.call('target.update', args as { id: string }))).toEqual(refusal);
});

test.each(['nothing', 'toString', '__proto__'])('there is no command %s', async (command) => {
  const { client, studio } = start();
  expect(await refusalOf(client.call(command as 'state.get', {}))).toMatchObject({ code: 'no-such-command' });
  expect(studio.calls).toEqual([]);
});

test('our own mistakes are refusals without their words, and are logged', async () => {
  const { client, studio, log } = start();
  studio.failure = new Error('inner words');
  const refusal = await refusalOf(client.call('state.get', {}));
  expect(refusal).toMatchObject({
    code: 'internal-error',
    message: expect.not.stringContaining('inner') as string,
  });
  expect(log.lines.join()).toContain('inner words');
  studio.failure = new CommandRefused('key-in-use', 'Taken.', 'streamKey');
  expect(await refusalOf(client.call('state.get', {}))).toEqual({
    code: 'key-in-use',
    message: 'Taken.',
    field: 'streamKey',
  });
});

test('a subscriber gets the snapshot, then changes, until the line is gone', () => {
  const { client, studio, line } = start();
  const updates: Update[] = [];
  client.subscribe((update) => updates.push(update));
  studio.tell({ type: 'target-removed', id: 't1' });
  expect(updates).toEqual([
    { type: 'snapshot', state: FAKE_STATE },
    { type: 'target-removed', id: 't1' },
  ]);
  client.subscribe((update) => updates.push(update));
  expect(studio.subscribers).toBe(1);
  expect(line.closed).toBe(0);
});

test('a reader that is too far behind is cut off, and nothing is kept for it', () => {
  const { client, studio, line, log } = start();
  client.subscribe(() => undefined);
  line.backlog = 9 * 1024 * 1024;
  studio.tell({ type: 'target-removed', id: 't1' });
  studio.tell({ type: 'target-removed', id: 't2' });
  expect([line.closed, studio.subscribers, log.lines.length]).toEqual([1, 0, 1]);
});

test('a reader cut off by its own snapshot does not stay subscribed', () => {
  const { client, studio, line } = start();
  line.backlog = 9 * 1024 * 1024;
  client.subscribe(() => undefined);
  expect([line.closed, studio.subscribers]).toEqual([1, 0]);
});

test('a call without args is one with none, not a reason to close the line', async () => {
  const { say, line, heard, listen } = start();
  listen();
  say('{"kind":"call","callId":3,"command":"state.get"}');
  say('{"kind":"call","callId":4,"command":"target.stop"}');
  await settle();
  expect(heard.length).toBe(2);
  expect(heard).toContainEqual({ kind: 'answer', callId: 3, value: FAKE_STATE });
  expect(heard).toContainEqual({
    kind: 'refusal',
    callId: 4,
    refusal: { code: 'bad-request', field: 'id', message: 'id is missing: it must be text.' },
  });
  expect(line.closed).toBe(0);
});

test.each(['{"kind":"call","callId":3}', '{"kind":"call","callId":3,"command":7,"args":null}'])(
  '%s is refused by its number, and the other calls keep their line',
  async (text) => {
    const { say, line, heard, listen, studio } = start();
    listen();
    say('{"kind":"call","callId":2,"command":"state.get","args":{}}');
    say(text);
    await settle();
    expect(heard.length).toBe(2);
    expect(heard).toContainEqual({
      kind: 'refusal',
      callId: 3,
      refusal: {
        code: 'bad-request',
        field: 'command',
        message: 'command must be text: the name of a command.',
      },
    });
    expect(heard).toContainEqual({ kind: 'answer', callId: 2, value: FAKE_STATE });
    expect([line.closed, studio.calls.length]).toEqual([0, 1]);
  },
);

test.each([
  '',
  '{',
  '5',
  '{"kind":"call"}',
  '{"kind":"call","callId":"3","command":"state.get"}',
  '{"kind":"shout"}',
])('%s is not of the contract and closes the line', (text) => {
  const { say, line, studio } = start();
  say(text);
  expect([line.closed, studio.calls]).toEqual([1, []]);
});
