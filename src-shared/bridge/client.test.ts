import { expect, test } from 'vitest';
import { BridgeClient, RefusedError } from './client.ts';

function line(): {
  sent: string[];
  client: BridgeClient;
  arrive: (value: unknown) => void;
  lose: () => void;
} {
  const sent: string[] = [];
  let message: (text: string) => void = () => undefined;
  let close: () => void = () => undefined;
  const client = new BridgeClient({
    send: (text) => sent.push(text),
    onMessage: (listener) => {
      message = listener;
    },
    onClose: (listener) => {
      close = listener;
    },
    close: () => undefined,
  });
  return {
    sent,
    client,
    arrive: (value) => {
      message(JSON.stringify(value));
    },
    lose: () => {
      close();
    },
  };
}

test('a call is answered by its own answer, whatever the order', async () => {
  const { client, arrive, sent } = line();
  const first = client.call('ingest.delete', { id: 'a' });
  const second = client.call('target.delete', { id: 'b' });
  expect(sent.map((text) => JSON.parse(text) as unknown)).toEqual([
    { kind: 'call', callId: 1, command: 'ingest.delete', args: { id: 'a' } },
    { kind: 'call', callId: 2, command: 'target.delete', args: { id: 'b' } },
  ]);
  arrive({ kind: 'answer', callId: 2, value: null });
  arrive({ kind: 'refusal', callId: 1, refusal: { code: 'ingest-in-use', message: 'words', field: null } });
  await expect(second).resolves.toBeNull();
  await expect(first).rejects.toThrow('words');
});

test('an answer that does not fit its schema refuses the call instead of leaving it open for ever', async () => {
  const { client, arrive } = line();
  const call = client.call('ingest.preview-url', { id: 'main' });
  arrive({ kind: 'answer', callId: 1, value: { url: 7 } });
  await expect(call).rejects.toMatchObject({ refusal: { code: 'answer-not-understood' } });
});

test('a lost line refuses what is open and what comes after', async () => {
  const { client, lose } = line();
  const open = client.call('state.get', {});
  lose();
  await expect(open).rejects.toBeInstanceOf(RefusedError);
  await expect(client.call('state.get', {})).rejects.toMatchObject({
    refusal: { code: 'studio-not-reachable' },
  });
});
