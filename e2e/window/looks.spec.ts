import type { Locator, Page } from '@playwright/test';
import { expect, test, type StudioWindow, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

const SIZES = [
  { width: 900, height: 600 },
  { width: 1440, height: 900 },
  { width: 320, height: 800 },
] as const;
const THEMES = ['dark', 'light'] as const;

/** Every theme: 0 violations of axe; every size: nothing sticks out at the side. */
async function holdsUp(window: StudioWindow, page: Page, state: string): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.waitForTimeout(250);
      const where = `${state}, ${colorScheme}, ${size.width}x${size.height}`;
      expect(await window.overflow(), where).toBeLessThanOrEqual(0);
      expect(await window.axeViolations(), where).toEqual([]);
    }
  }
  await page.setViewportSize(SIZES[1]);
}

test('first start: nothing sticks out, axe finds nothing, in both themes', async ({ page, window }) => {
  await holdsUp(window, page, 'first start');
});

test('adding a target: nothing sticks out, axe finds nothing, in both themes', async ({ page, window }) => {
  await window.by('add-target').first().click();
  await expect(window.by('platform-search')).toBeVisible();
  await holdsUp(window, page, 'platforms');
  await window.by('platform-search').fill('twitch');
  await window.by('platform-option-twitch').click();
  await expect(window.by('target-form')).toBeVisible();
  await holdsUp(window, page, 'target form');
});

test('on air with a live and a failing target: nothing sticks out, axe finds nothing', async ({
  page,
  studio,
  window,
}) => {
  await window.by('start-test-signal').first().click();
  await expect(window.by('ingest-state').first()).toContainText(/live|connected/i);
  const live = await window.addTarget('rehearsal', { name: 'Rehearsal' });
  await studio.api.addTarget({
    name: 'A platform with a name that is much longer than any row is wide',
    url: 'rtmp://127.0.0.1:9/live',
    streamKey: 'k',
    enabled: true,
  });
  if ((await live.getAttribute('data-state')) === 'off') await live.getByTestId('target-toggle').click();
  await expect(live).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  await expect(window.by('target-error').first()).toBeVisible();
  await holdsUp(window, page, 'on air');
});

test('the studio is gone: the window says so and holds up', async ({ page, studio, window }) => {
  await studio.child.kill();
  await expect(window.by('studio-lost')).toBeVisible();
  await holdsUp(window, page, 'studio lost');
});

test('by keyboard alone: a target is added, and a dialog given up leads back to its button', async ({
  page,
  window,
}) => {
  const add = window.by('add-target').first();
  await add.focus();
  await page.keyboard.press('Enter');
  await expect(window.by('platform-search')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(window.by('platform-search')).toBeHidden();
  await expect(add).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(window.by('platform-search')).toBeFocused();
  await page.keyboard.type('rehearsal');
  await tabTo(page, window.by('platform-option-rehearsal'));
  await page.keyboard.press('Enter');
  await tabTo(page, window.by('target-form').getByLabel('Name', { exact: true }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('By hand');
  await page.keyboard.press('Enter');
  await expect(window.target('By hand')).toBeVisible();
});

/** Presses Tab until `wanted` has the focus; a dozen times must do. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  const focused = wanted.and(page.locator(':focus'));
  for (let presses = 0; presses < 12 && (await focused.count()) === 0; presses++)
    await page.keyboard.press('Tab');
  await expect(wanted).toBeFocused();
}
