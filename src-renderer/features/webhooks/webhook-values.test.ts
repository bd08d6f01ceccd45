import { describe, expect, it } from 'vitest';
import type { Webhook } from '../../../src-shared/model/notice.ts';
import { codesOf, createArgs, startWebhook, updateArgs } from './webhook-values.ts';

const webhook: Webhook = {
  id: 'w1',
  name: 'Bot',
  url: 'https://bot.test/hook',
  enabled: true,
  leastLevel: 'error',
  codes: ['target-lost', 'encoder-left'],
  hasSecret: true,
  lastDelivery: null,
};

describe('the values of a webhook', () => {
  it('leave the address and the secret alone where they were not touched', () => {
    const args = updateArgs(webhook, startWebhook(webhook));
    expect(args).toEqual({
      name: 'Bot',
      enabled: true,
      leastLevel: 'error',
      codes: ['target-lost', 'encoder-left'],
    });
  });

  it('send a new address, a new secret, or that there is none any more', () => {
    const values = { ...startWebhook(webhook), url: 'https://other.test/' };
    expect(updateArgs(webhook, { ...values, secret: 'new' })).toMatchObject({
      url: 'https://other.test/',
      secret: 'new',
    });
    expect(updateArgs(webhook, { ...values, secret: 'new', forgetSecret: true }).secret).toBe('');
  });

  it('are whole for a new one', () => {
    const values = { ...startWebhook(null), name: 'Bot', url: 'http://127.0.0.1:9/x' };
    expect(createArgs(values)).toEqual({
      name: 'Bot',
      url: 'http://127.0.0.1:9/x',
      enabled: true,
      leastLevel: 'warning',
      codes: [],
    });
  });
});

it('reads codes however they are set apart', () => {
  expect(codesOf(' target-lost,Encoder-Left;  target-lost\n')).toEqual(['target-lost', 'encoder-left']);
  expect(codesOf('')).toEqual([]);
});
