import type { Locator, Page } from '@playwright/test';
import { expect, test, type StudioWindow, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

/** More than the window has stops at any time of this walk. */
const MAX_TABS = 80;

/** What has the focus is in sight, and drawn as focused. */
async function focusIsSeen(page: Page): Promise<void> {
  const why = await page.evaluate<string>(`(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return 'nothing has the focus';
    const { width, height, top, left, bottom, right } = focused.getBoundingClientRect();
    const words = focused.outerHTML.slice(0, 120);
    if (width === 0 || height === 0) return 'no size: ' + words;
    if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return 'out of sight: ' + words;
    const style = getComputedStyle(focused);
    const isDrawn = focused.matches(':focus-visible') && (style.outlineStyle !== 'none' || style.boxShadow !== 'none');
    return isDrawn || focused.matches('input, [role=dialog]') ? '' : 'not drawn as focused: ' + words;
  })()`);
  expect(why).toBe('');
}

/** Tab, until it has come to `place`. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if ((await place.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
    await focusIsSeen(page);
  }
  throw new Error(`Tab does not come to ${String(place)}`);
}

test('the first minutes with the keyboard alone: test signal, rehearsal, live, stopped, deleted, undone', async ({
  page,
  window,
}) => {
  const row = window.target('Dress');
  await test.step('the test signal', async () => {
    await tabTo(page, window.by('guide-test-signal'));
    await page.keyboard.press('Enter');
    await window.encoderIsLive();
  });
  await test.step('a rehearsal target, which is live by itself', async () => {
    await page.keyboard.press('a');
    await expect(window.by('platform-search')).toBeFocused();
    await page.keyboard.type('rehearsal');
    await page.keyboard.press('Enter');
    const form = window.by('target-form');
    await tabTo(page, form.getByLabel('Name', { exact: true }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Dress');
    await tabTo(page, window.by('target-save'));
    await page.keyboard.press('Enter');
    await expect(row).toHaveAttribute('data-state', 'live');
  });
  await test.step('the show is ended and begun at one button, which keeps the focus', async () => {
    const master = window.by('master');
    await page.keyboard.press('g');
    await expect(master).toBeFocused();
    await expect(master).toContainText('End show');
    await page.keyboard.down('Enter');
    await expect(row).toHaveAttribute('data-state', 'off');
    await expect(master).toContainText('Go live');
    await expect(master).toBeFocused();
    // A key that is still held repeats, at what has the focus now.
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect(row).toHaveAttribute('data-state', 'off');
    await focusIsSeen(page);
    await page.keyboard.press('Enter');
    await expect(row).toHaveAttribute('data-state', 'live');
    await expect(window.by('show-state')).toContainText('ON AIR');
    await expect(master).toBeFocused();
  });
  await test.step('stopped in its row', async () => {
    await tabTo(page, row.getByTestId('target-toggle'));
    await page.keyboard.press('Enter');
    await expect(row).toHaveAttribute('data-state', 'off');
  });
  await test.step('deleted, and brought back at the toast', async () => {
    await tabTo(page, row.getByTestId('target-delete'));
    await page.keyboard.press('Enter');
    await expect(row).toBeHidden();
    await focusIsSeen(page);
    await tabTo(page, window.by('toast').filter({ hasText: 'Deleted Dress.' }).getByTestId('toast-undo'));
    await page.keyboard.press('Enter');
    await expect(row).toBeVisible();
    await focusIsSeen(page);
  });
  await page.keyboard.press('g');
  await page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('data-state', 'live');
  await expect(window.by('show-state')).toContainText('ON AIR');
});

test('the map shows every key and each does what it says', async ({ page, studio: { api }, window }) => {
  await api.call('POST', '/ingests', { name: 'Second' });
  await window.by('start-test-signal').first().click();
  await window.encoderIsLive();
  const map = window.by('keys-dialog');

  await test.step('? opens it, and it holds up', async () => {
    await page.keyboard.press('?');
    await expect(map).toBeVisible();
    await expect(map.getByTestId('key-undo')).toContainText('Ctrl+Z');
    await expect(map.getByTestId('key-ingest')).toContainText('1–9');
    await expect(map).toContainText('Alt+↑');
    await window.dialogHoldsUp('keyboard map');
    await page.keyboard.press('h');
    await expect(window.by('discreet-mark')).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(map).toBeHidden();
  });
  await test.step('the log and its search', async () => {
    const list = window.by('event-list');
    const open = await list.isVisible();
    await page.keyboard.press('l');
    await expect(list).toBeVisible({ visible: !open });
    await page.keyboard.press('/');
    await expect(window.by('event-search')).toBeFocused();
    await page.keyboard.type('hml2');
    await expect(window.by('event-search')).toHaveValue('hml2');
    await page.keyboard.press('Escape');
    await expect(window.by('event-search')).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(window.by('event-search')).not.toBeFocused();
    await page.keyboard.press('l');
    await expect(list).toBeHidden();
  });
  await test.step('ingests, delay, sound', async () => {
    const second = page.getByRole('button', { name: 'Second', exact: true });
    await page.keyboard.press('2');
    await expect(second).toHaveAttribute('aria-pressed', 'true');
    await expect(second).toBeFocused();
    await page.keyboard.press('9');
    await expect(second).toBeFocused();
    await page.keyboard.press('1');
    await expect(second).toHaveAttribute('aria-pressed', 'false');
    await page.keyboard.press('d');
    await expect(window.by('delay-seconds')).toBeFocused();
    await page.keyboard.press('m');
    await expect(window.by('delay-seconds'), 'a field takes its own letters').toBeFocused();
    await window.pictureMoves();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('m');
    await expect(page.getByRole('button', { name: 'Mute', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await page.keyboard.press('m');
    await expect(page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible();
  });
  await test.step('an ingest is added, a dialog is left as it was found', async () => {
    await page.keyboard.press('i');
    await expect(window.by('ingest-form')).toBeVisible();
    await page.keyboard.type('Third');
    await page.keyboard.press('Escape');
    await expect(window.by('ingest-form')).toBeHidden();
  });
  await test.step('single letters are switched off, also for the next time', async () => {
    await window.by('options').click();
    await window.by('open-keys').click();
    await window.by('letter-keys').uncheck();
    await expect(map.getByTestId('key-log')).toContainText('switched off');
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(window.by('show-state')).toBeVisible();
    await page.keyboard.press('?');
    await page.keyboard.press('h');
    await expect(map).toBeHidden();
    await expect(window.by('discreet-mark')).toBeHidden();
    await window.by('options').click();
    await window.by('open-keys').click();
    await expect(window.by('letter-keys')).not.toBeChecked();
    await window.by('letter-keys').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await expect(window.by('discreet-mark')).toBeVisible();
  });
});

/** Makes the window as narrow as a dock and wide again. */
async function throughNarrow(page: Page, look: () => Promise<void>): Promise<void> {
  for (const width of [600, 1200]) {
    await page.setViewportSize({ width, height: 800 });
    await look();
  }
}

test('a window that becomes a dock keeps the dialog, what is typed and the focus, and gives it back (root cause: the parts were made anew)', async ({
  page,
  window,
}: {
  page: Page;
  window: StudioWindow;
}) => {
  await page.setViewportSize({ width: 1200, height: 800 });
  await window.by('add-target').focus();
  await page.keyboard.press('Enter');
  await expect(window.by('platform-search')).toBeFocused();
  await page.keyboard.type('custom');
  await page.keyboard.press('Enter');
  const name = window.by('target-form').getByLabel('Name', { exact: true });
  await name.fill('Typed so far');
  await throughNarrow(page, async () => {
    await expect(name).toHaveValue('Typed so far');
    await expect(name).toBeFocused();
  });
  await page.setViewportSize({ width: 600, height: 800 });
  await page.keyboard.press('Escape');
  await expect(window.by('target-form')).toBeHidden();
  await expect(window.by('add-target')).toBeFocused();

  await test.step('a field outside of any dialog, too', async () => {
    await page.keyboard.press('d');
    await window.by('delay-seconds').fill('77');
    await throughNarrow(page, async () => {
      await expect(window.by('delay-seconds')).toHaveValue('77');
      await expect(window.by('delay-seconds')).toBeFocused();
    });
  });
});
