import { describe, expect, it } from 'vitest';
import { sampleBackup, sampleEncoder, sampleIngest } from '../../state/testing/samples.ts';
import { backupState, switchBackWords, switchOffer } from './backup-words.ts';

const there = { ...sampleBackup, encoder: sampleEncoder };

it('tells whether the backup encoder is there and whether it is seen', () => {
  expect(backupState('main', sampleBackup)).toBe('absent');
  expect(backupState('main', there)).toBe('standby');
  expect(backupState('backup', there)).toBe('on-air');
});

describe('switchOffer', () => {
  it('offers the other encoder', () => {
    expect(switchOffer(sampleIngest({ onAir: 'main', encoder: sampleEncoder }), there)).toEqual({
      to: 'backup',
      words: 'Switch to backup',
      why: null,
    });
    expect(switchOffer(sampleIngest({ onAir: 'backup', encoder: sampleEncoder }), there)).toEqual({
      to: 'main',
      words: 'Back to main',
      why: null,
    });
  });

  it('says why there is nothing to switch to', () => {
    expect(switchOffer(sampleIngest({ onAir: 'main' }), sampleBackup).why).toMatch(/backup encoder is not/);
    expect(switchOffer(sampleIngest({ onAir: 'backup' }), there).why).toMatch(/main encoder is not/);
    expect(switchOffer(sampleIngest({ onAir: 'slate' }), there)).toMatchObject({ to: 'backup', why: null });
  });
});

it('tells who goes back to the main encoder', () => {
  expect(switchBackWords(sampleIngest({ switchBackSeconds: 7 }))).toContain('for 7 s');
  expect(switchBackWords(sampleIngest({ switchBack: 'manual' }))).toContain('until you go back');
});
