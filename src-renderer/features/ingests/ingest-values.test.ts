import { describe, expect, it } from 'vitest';
import { sampleBackup, sampleIngest } from '../../state/testing/samples.ts';
import { ingestArgs, noPictureRefusal, startIngest } from './ingest-values.ts';

const plain = sampleIngest();
const backed = sampleIngest({ backup: sampleBackup, holdPictureFile: '/home/me/break.png' });

describe('ingestArgs', () => {
  it('sends what was filled in of a new ingest and leaves the rest to the studio', () => {
    expect(ingestArgs(null, { ...startIngest(null), name: ' Camera ' })).toEqual({ name: 'Camera' });
  });

  it('sends nothing that was not touched', () => {
    expect(ingestArgs(plain, startIngest(plain))).toEqual({});
    expect(ingestArgs(backed, startIngest(backed))).toEqual({});
  });

  it('sends what was changed, numbers as numbers', () => {
    const values = {
      ...startIngest(plain),
      holdSeconds: '120',
      holdThen: 'stay' as const,
      stallSeconds: '0',
    };
    expect(ingestArgs(plain, values)).toEqual({ holdSeconds: 120, holdThen: 'stay', stallSeconds: 0 });
  });

  it('has an emptied number refused rather than read as 0', () => {
    expect(JSON.stringify(ingestArgs(plain, { ...startIngest(plain), holdSeconds: '' }))).toBe(
      '{"holdSeconds":null}',
    );
  });

  it('turns the own picture into a path, and the built-in one into none', () => {
    const own = { ...startIngest(plain), picture: 'own' as const, holdPictureFile: ' /a.png ' };
    expect(ingestArgs(plain, own)).toEqual({ holdPictureFile: '/a.png' });
    expect(startIngest(backed).picture).toBe('own');
    expect(ingestArgs(backed, { ...startIngest(backed), picture: 'slate' })).toEqual({ holdPictureFile: '' });
    // The path stays for the day it is wanted again.
    expect(ingestArgs(backed, { ...startIngest(backed), picture: 'freeze' })).toEqual({
      holdPicture: 'freeze',
    });
  });

  it('sends the backup key only where there is a backup encoder', () => {
    const on = { ...startIngest(plain), backup: true, backupStreamKey: 'spare' };
    expect(ingestArgs(plain, on)).toMatchObject({ backup: true, backupStreamKey: 'spare' });
    expect(ingestArgs(plain, { ...on, backup: false })).toEqual({});
    expect(ingestArgs(backed, { ...startIngest(backed), backup: false })).toEqual({ backup: false });
    expect(ingestArgs(backed, { ...startIngest(backed), switchBack: 'manual' })).toEqual({
      switchBack: 'manual',
    });
  });

  it('leaves an empty backup key to the studio, which makes one', () => {
    const args = ingestArgs(plain, { ...startIngest(plain), backup: true });
    expect(args).not.toHaveProperty('backupStreamKey');
    expect(args).toMatchObject({ backup: true });
  });
});

it('refuses an own picture without a path', () => {
  const values = { ...startIngest(null), picture: 'own' as const };
  expect(noPictureRefusal(values)?.field).toBe('holdPictureFile');
  expect(noPictureRefusal({ ...values, holdPictureFile: '/a.png' })).toBeNull();
  expect(noPictureRefusal({ ...values, picture: 'slate' })).toBeNull();
});
