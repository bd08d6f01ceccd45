import { expect, test } from 'vitest';
import { electronArgs, headlessNotice, planAfterFetch, startPlan, whyFetchFailed } from './start-plan.mjs';

test.each([
  ['linux', {}, true, 'headless'],
  ['linux', {}, false, 'headless'],
  ['linux', { DISPLAY: '' }, true, 'headless'],
  ['linux', { DISPLAY: ':0' }, true, 'desktop'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false, 'fetch'],
  ['freebsd', {}, true, 'headless'],
  ['darwin', {}, true, 'desktop'],
  ['win32', {}, false, 'fetch'],
])('on %s with %o and the runtime there: %s → %s', (platform, env, runtimeThere, type) => {
  expect(startPlan({ platform, env, runtimeThere }).type).toBe(type);
});

test('a runtime that could not be fetched is said', () => {
  expect(planAfterFetch({ type: 'fetched' })).toEqual({ type: 'desktop' });
  const plan = planAfterFetch({ type: 'failed', why: 'connect ECONNREFUSED 10.0.0.1:443' });
  expect(plan).toMatchObject({ type: 'headless', why: expect.stringContaining('ECONNREFUSED') });
});

test('the notice is one plain line', () => {
  expect(headlessNotice('There is\nno display.')).toBe(
    'There is no display; starting the headless studio instead.',
  );
});

test('the address in a reason stays whole', () => {
  expect(headlessNotice('connect to 10.0.0.1:443 failed')).toContain('10.0.0.1:443');
});

test.each([
  ['HTTPError: Response code 403 (Forbidden)\n    at x (y.js:1:2)\n', 'Response code 403 (Forbidden)'],
  [
    '(node:1) ExperimentalWarning: odd\n\u001b[31mError: getaddrinfo ENOTFOUND github.com\u001b[0m\n at z',
    'getaddrinfo ENOTFOUND github.com',
  ],
  ['TypeError: fetch failed\n    at x', 'the download server cannot be reached'],
  ['', 'the download failed'],
])('%j', (output, why) => {
  expect(whyFetchFailed(output)).toBe(why);
});

test('flags are passed on; as root on Linux Chromium starts without its sandbox', () => {
  const given = { script: 's.js', flags: ['--json'] };
  expect(electronArgs({ ...given, platform: 'linux', uid: 0 })).toEqual(['--no-sandbox', 's.js', '--json']);
  expect(electronArgs({ ...given, platform: 'linux', uid: 1000 })).toEqual(['s.js', '--json']);
  expect(electronArgs({ ...given, platform: 'win32', uid: undefined })).toEqual(['s.js', '--json']);
});
