import { expect, test } from 'vitest';
import { findObsProfiles } from './obs-profiles.ts';
import type { Computer } from './obs-places.ts';
import { memoryProfiles } from './testing/memory-profiles.ts';

const service = (settings: object, type = 'rtmp_common'): string => JSON.stringify({ type, settings });
const TWITCH = service({ service: 'Twitch', server: 'auto', key: 'live_1_abcd', bwtest: false });

const systems: readonly (readonly [string, Computer, string])[] = [
  [
    'Windows',
    { system: 'win32', home: 'C:\\Users\\me', env: { APPDATA: 'D:\\Roaming' } },
    'D:\\Roaming\\obs-studio\\basic\\profiles\\',
  ],
  [
    'Windows without APPDATA',
    { system: 'win32', home: 'C:\\Users\\me', env: {} },
    'C:\\Users\\me\\AppData\\Roaming\\obs-studio\\basic\\profiles\\',
  ],
  [
    'macOS',
    { system: 'darwin', home: '/Users/me', env: {} },
    '/Users/me/Library/Application Support/obs-studio/basic/profiles/',
  ],
  ['Linux', { system: 'linux', home: '/home/me', env: {} }, '/home/me/.config/obs-studio/basic/profiles/'],
  [
    'Linux with XDG_CONFIG_HOME',
    { system: 'linux', home: '/home/me', env: { XDG_CONFIG_HOME: '/etc/me' } },
    '/etc/me/obs-studio/basic/profiles/',
  ],
  [
    'Flatpak',
    { system: 'linux', home: '/home/me', env: { XDG_CONFIG_HOME: '' } },
    '/home/me/.var/app/com.obsproject.Studio/config/obs-studio/basic/profiles/',
  ],
];

test.each(systems)('%s: the profile, by the name that OBS shows', async (_, computer, folder) => {
  const slash = computer.system === 'win32' ? '\\' : '/';
  const files = memoryProfiles({
    [`${folder}Stream_2${slash}service.json`]: TWITCH,
    [`${folder}Stream_2${slash}basic.ini`]:
      '\uFEFF[General]\r\nName=Stream 2\r\n\r\n[Video]\r\nName=other\r\n',
  });
  expect(await findObsProfiles(computer, files)).toMatchObject({
    profiles: [{ name: 'Stream 2', service: { type: 'rtmp_common', service: 'Twitch', key: 'live_1_abcd' } }],
    skipped: [],
  });
});

const linux: Computer = { system: 'linux', home: '/home/me', env: {} };
const profiles = '/home/me/.config/obs-studio/basic/profiles';

test('a profile without a readable name goes by its folder', async () => {
  const files = memoryProfiles({
    [`${profiles}/A/service.json`]: TWITCH,
    [`${profiles}/A/basic.ini`]: '[Video]\nName=other\n',
    [`${profiles}/B/service.json`]: TWITCH,
  });
  const { profiles: found } = await findObsProfiles(linux, files);
  expect(found.map(({ name }) => name)).toEqual(['A', 'B']);
});

test('what cannot be used is skipped with a word, and its text is not quoted', async () => {
  const files = memoryProfiles({
    [`${profiles}/Damaged/service.json`]: '{"type":"rtmp_common","settings":{"key":"MARKER',
    [`${profiles}/Empty/basic.ini`]: '[General]\nName=Empty',
    [`${profiles}/Huge/service.json`]: TWITCH.padEnd(300_000),
    [`${profiles}/Odd/service.json`]: '{"type":5,"settings":[]}',
    [`${profiles}/Good/service.json`]: TWITCH,
  });
  const { profiles: found, skipped } = await findObsProfiles(linux, files);
  expect(found.map(({ name }) => name)).toEqual(['Good']);
  expect(skipped.map((words) => words.slice(0, 46))).toEqual([
    'Profile “Damaged” was skipped: its service.jso',
    'Profile “Empty” was skipped: no service is set',
    'Profile “Huge” was skipped: its service.json i',
    'Profile “Odd” was skipped: its service.json is',
  ]);
  expect(skipped.join()).not.toContain('MARKER');
});

test('a folder that may not be read, and none at all, are said', async () => {
  const locked = await findObsProfiles(linux, memoryProfiles({}, { locked: [profiles] }));
  expect(locked.skipped).toEqual([`The folder ${profiles} could not be read: this user may not.`]);
  const none = await findObsProfiles(linux, memoryProfiles({}));
  expect(none).toEqual({ profiles: [], skipped: [expect.stringContaining(profiles) as string] });
});
