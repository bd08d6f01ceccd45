import { beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../src-shared/model/notice.ts';
import { FakeStudio } from '../bridge/testing/fake-studio.ts';
import { tellNotices } from './tell-notices.ts';

const electron = await vi.hoisted(async () => (await import('./testing/fake-electron.ts')).fakeElectron());
vi.mock('electron', () => electron);

beforeEach(() => {
  electron.reset();
});

const NOTICE: Notice = {
  seq: 1,
  at: '2026-01-01T00:00:00.000Z',
  level: 'error',
  code: 'key-refused',
  ingestId: null,
  targetId: 't1',
  title: 'Twitch',
  text: 'Twitch refused the stream key.',
  desktop: true,
  window: true,
  sound: false,
};

test('a notice for the desktop is shown, silent unless it is to sound, and a click leads to the window', () => {
  const studio = new FakeStudio();
  let shown = 0;
  const stop = tellNotices(studio, () => {
    shown++;
  });
  studio.tell({ type: 'notice', notice: { ...NOTICE, desktop: false } });
  expect(electron.notifications).toEqual([]);
  studio.tell({ type: 'notice', notice: NOTICE });
  studio.tell({ type: 'notice', notice: { ...NOTICE, sound: true } });
  expect(electron.notifications.map(({ options }) => options)).toEqual([
    { title: 'Twitch', body: 'Twitch refused the stream key.', silent: true },
    { title: 'Twitch', body: 'Twitch refused the stream key.', silent: false },
  ]);
  electron.notifications[0]?.emit('click');
  expect(shown).toBe(1);
  stop();
  studio.tell({ type: 'notice', notice: NOTICE });
  expect(electron.notifications).toHaveLength(2);
});
