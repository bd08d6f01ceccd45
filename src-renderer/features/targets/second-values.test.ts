import { describe, expect, it } from 'vitest';
import { sampleTarget } from '../../state/testing/samples.ts';
import { secondArgs, startSecond } from './second-values.ts';

const doubled = sampleTarget({
  backupMode: 'together',
  backupUrl: 'rtmp://b/app',
  backupStreamKey: '••••wxyz',
});

describe('secondArgs', () => {
  it('sends nothing that was not touched', () => {
    expect(secondArgs(null, startSecond(null))).toEqual({});
    expect(secondArgs(doubled, startSecond(doubled))).toEqual({});
  });

  it('sends what was filled in of a new target', () => {
    const values = { ...startSecond(null), backupMode: 'on-failure' as const, backupUrl: ' rtmp://c/app ' };
    expect(secondArgs(null, values)).toEqual({ backupMode: 'on-failure', backupUrl: 'rtmp://c/app' });
  });

  it('keeps the key unless another is typed or it is removed', () => {
    const values = startSecond(doubled);
    expect(secondArgs(doubled, { ...values, backupStreamKey: 'new' })).toEqual({ backupStreamKey: 'new' });
    expect(secondArgs(doubled, { ...values, removeBackupKey: true })).toEqual({ backupStreamKey: '' });
  });

  it('sends an empty address for the platform’s own backup server', () => {
    expect(secondArgs(doubled, { ...startSecond(doubled), backupUrl: '' })).toEqual({ backupUrl: '' });
  });
});
