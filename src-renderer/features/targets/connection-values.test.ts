import { describe, expect, it } from 'vitest';
import { sampleTarget } from '../../state/testing/samples.ts';
import { connectionArgs, hasConnection, maskedProxyRefusal, startConnection } from './connection-values.ts';

const guarded = sampleTarget({ user: 'me', hasPassword: true, proxy: 'socks5://me:••••@proxy.test:1080' });

describe('connectionArgs', () => {
  it('sends what was filled in of a new target, without the blanks around it', () => {
    expect(connectionArgs(null, startConnection(null))).toEqual({});
    expect(
      connectionArgs(null, { ...startConnection(null), user: ' me ', password: 'p', bindAddress: '::1' }),
    ).toEqual({ user: 'me', password: 'p', bindAddress: '::1' });
  });

  it('sends nothing that was not touched: the password and the dots of the proxy stay', () => {
    expect(connectionArgs(guarded, startConnection(guarded))).toEqual({});
  });

  it('sends an empty text for what was emptied', () => {
    expect(connectionArgs(guarded, { ...startConnection(guarded), user: '', proxy: '' })).toEqual({
      user: '',
      proxy: '',
    });
  });

  it('removes the password only when that was asked for', () => {
    const values = startConnection(guarded);
    expect(connectionArgs(guarded, { ...values, removePassword: true })).toEqual({ password: '' });
    expect(connectionArgs(guarded, { ...values, password: 'new' })).toEqual({ password: 'new' });
  });
});

describe('hasConnection', () => {
  it.each([
    [null, false],
    [sampleTarget(), false],
    [sampleTarget({ hasPassword: true }), true],
    [sampleTarget({ bindAddress: '192.168.1.20' }), true],
  ])('%o: %s', (target, expected) => {
    expect(hasConnection(target)).toBe(expected);
  });
});

describe('maskedProxyRefusal', () => {
  const typed = (proxy: string) => maskedProxyRefusal(guarded, { ...startConnection(guarded), proxy })?.field;

  it('lets the dots pass only in the address they came with', () => {
    expect(typed(guarded.proxy)).toBeUndefined();
    expect(typed('socks5://me:••••@other.test:1080')).toBe('proxy');
    expect(typed('socks5://me:secret@other.test:1080')).toBeUndefined();
    expect(typed('')).toBeUndefined();
  });
});
