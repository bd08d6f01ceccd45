import { expect, test } from 'vitest';
import {
  DEFAULT_NOTICE_SETTINGS,
  noticeSettingsPatchSchema,
  noticeSettingsSchema,
  webhookCreateSchema,
  webhookPatchSchema,
} from './notice.ts';

test('settings of before this version get the defaults', () => {
  expect(noticeSettingsSchema.parse({})).toEqual(DEFAULT_NOTICE_SETTINGS);
  expect(noticeSettingsSchema.parse({ sound: true })).toEqual({ ...DEFAULT_NOTICE_SETTINGS, sound: true });
});

test('a change of one setting leaves the others out', () => {
  expect(noticeSettingsPatchSchema.parse({ sound: true })).toEqual({ sound: true });
});

test.each([
  ['a quiet time without an offset', { quietUntil: '2026-01-01T00:00:00' }],
  ['a code that is none', { mutedCodes: ['Encoder left'] }],
  ['a field that is none', { loud: true }],
])('refused in the notice settings: %s', (_, body) => {
  expect(noticeSettingsPatchSchema.safeParse(body).success).toBe(false);
});

test.each(['http://localhost:9000/hook', 'https://user:word@bot.example/a?b=c', 'http://[::1]:80/'])(
  'a webhook may go to %s',
  (url) => {
    expect(webhookCreateSchema.parse({ name: 'Bot', url }).url).toBe(url);
  },
);

test.each([
  'ftp://bot.example/',
  'bot.example',
  'http://',
  'https:bot.example',
  'javascript:alert(1)',
  'http://a b/',
])('a webhook may not go to %s', (url) => {
  expect(webhookCreateSchema.safeParse({ name: 'Bot', url }).success).toBe(false);
});

test('a webhook is changed field by field', () => {
  expect(webhookPatchSchema.parse({ enabled: false })).toEqual({ enabled: false });
});
