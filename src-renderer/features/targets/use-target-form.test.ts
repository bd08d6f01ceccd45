import { describe, expect, it } from 'vitest';
import { sampleTarget } from '../../state/testing/samples.ts';
import { CUSTOM_PRESET, REHEARSAL_PRESET } from './own-presets.ts';
import { argsOf, OTHER_SERVER, startValues } from './use-target-form.ts';

const twitch = {
  ...CUSTOM_PRESET,
  id: 'twitch',
  name: 'Twitch',
  category: 'platform' as const,
  serverUrlIsPerUser: false,
  servers: [
    { label: 'Automatic', url: 'rtmp://a/app', unconfirmed: false },
    { label: 'Frankfurt', url: 'rtmp://b/app', unconfirmed: false },
  ],
};

describe('startValues', () => {
  it('takes the first server and leaves going live to the streamer', () => {
    expect(startValues(twitch, null, 'main')).toMatchObject({
      name: 'Twitch',
      server: 'rtmp://a/app',
      ingestId: 'main',
      enabled: false,
    });
  });

  it('shows an address that is not in the list as typed', () => {
    expect(startValues(twitch, sampleTarget(), 'main').server).toBe(OTHER_SERVER);
  });
});

describe('argsOf', () => {
  it('sends all of a new target', () => {
    const values = { ...startValues(twitch, null, 'main'), server: 'rtmp://b/app', streamKey: 'k' };
    expect(argsOf(twitch, null, values)).toEqual({
      name: 'Twitch',
      enabled: false,
      ingestId: 'main',
      url: 'rtmp://b/app',
      streamKey: 'k',
    });
  });

  it('sends nothing that was not touched', () => {
    const target = sampleTarget();
    expect(argsOf(twitch, target, startValues(twitch, target, 'main'))).toEqual({});
  });

  it('sends what was changed', () => {
    const target = sampleTarget();
    const values = { ...startValues(twitch, target, 'main'), name: 'B', enabled: false, user: 'me' };
    expect(argsOf(twitch, target, values)).toEqual({ name: 'B', enabled: false, user: 'me' });
    const later = { ...values, delaySeconds: '15', backupMode: 'together' as const };
    expect(argsOf(twitch, target, later)).toMatchObject({ delaySeconds: 15, backupMode: 'together' });
  });

  it('sends neither address nor key nor connections of a rehearsal, but its delay', () => {
    const start = startValues(REHEARSAL_PRESET, null, 'main');
    const values = { ...start, user: 'me', backupMode: 'together' as const, delaySeconds: '5' };
    expect(argsOf(REHEARSAL_PRESET, null, values)).toEqual({
      name: 'Rehearsal',
      enabled: true,
      ingestId: 'main',
      delaySeconds: 5,
    });
  });
});
