import { expect, test, whyNoBrowser, type StudioWindow } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

/** Nothing listens here: the port is kept for a service nobody runs. */
const NOBODY = 'rtmp://127.0.0.1:1/live';

/** A target that cannot be reached, and a show that wants to go there. */
async function withTrouble(window: StudioWindow): Promise<void> {
  const row = await window.addTarget('custom', { name: 'Nobody', url: NOBODY, key: 'a-key' });
  await window.by('start-test-signal').click();
  await window.encoderIsLive();
  await row.getByTestId('target-toggle').click();
  await expect(row.getByTestId('target-error')).toContainText('Nothing accepts connections at 127.0.0.1:1.');
}

async function choose(window: StudioWindow, language: string): Promise<void> {
  await window.by('options').click();
  await window.by('open-settings').click();
  await window.by('settings-appearance').click();
  await window.by('language').getByLabel(language).check();
  await window.page.keyboard.press('Escape');
}

async function isGerman(window: StudioWindow): Promise<void> {
  await expect(window.page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(window.page.getByRole('heading', { name: 'Eingänge' })).toBeVisible();
  await expect(window.page.getByRole('heading', { name: 'Ziele' })).toBeVisible();
  await expect(window.target('Nobody').getByTestId('target-error')).toContainText(
    'Unter 127.0.0.1:1 nimmt niemand Verbindungen an. Prüfe Host und Port der Server-Adresse oder ob der Server läuft.',
  );
}

test('a streamer chooses German with the keyboard: nothing typed is lost, trouble is told in German, and it stays', async ({
  window,
}) => {
  const { page } = window;
  await withTrouble(window);
  const log = window.by('event-log');
  if (!(await page.getByLabel('Search the event log').isVisible())) {
    await log.getByRole('button', { name: 'Event log' }).click();
  }
  await page.getByLabel('Search the event log').fill('nobody');

  await window.by('options').focus();
  await page.keyboard.press('Enter');
  // The menu moves the focus a turn after the key that asks for it: Enter before that chooses something else.
  await expect(window.by('open-settings')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Appearance' }).press('Enter');
  await window.by('language').getByLabel('Like the system').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible();
  await expect(window.by('language').getByLabel('Deutsch')).toBeFocused();
  await page.keyboard.press('Escape');

  await isGerman(window);
  await expect(window.by('options')).toBeFocused();
  const search = page.getByLabel('Ereignisprotokoll durchsuchen');
  await expect(search).toHaveValue('nobody');
  await search.fill('nimmt niemand');
  await expect(window.by('event-row').first()).toContainText('Nobody: Unter 127.0.0.1:1 nimmt niemand');
  await expect(window.by('health-bitrate')).toContainText('kbit/s');
  await expect(window.by('upload')).toContainText('0,0');

  await page.reload();
  await isGerman(window);
  expect(await page.getByText(/\b(the|Waiting|Targets|Start)\b/).allTextContents()).toEqual([]);
  await window.axeFindsNothing('German');
});

test('German, longer than English, has room in a dock 320 px wide and in dialogs', async ({ window }) => {
  const { page } = window;
  await withTrouble(window);
  await choose(window, 'Deutsch');
  await isGerman(window);

  await window.target('Nobody').getByTestId('target-edit').click();
  await expect(page.getByRole('dialog', { name: 'Nobody bearbeiten' })).toBeVisible();
  await window.dialogHoldsUp('a target’s form in German');
  await page.getByRole('button', { name: 'Abbrechen' }).click();

  await page.setViewportSize({ width: 320, height: 800 });
  await expect(window.by('show-state')).toBeVisible();
  expect(await window.overflow()).toBeLessThanOrEqual(0);
  expect(await window.axeViolations()).toEqual([]);
});

test.describe('on a German system', () => {
  test.use({ locale: 'de-AT' });

  test('the window speaks German by itself, until English is chosen', async ({ window }) => {
    const { page } = window;
    await expect(page.getByRole('heading', { name: 'Verbinde deinen Encoder' })).toBeVisible();
    await choose(window, 'English');
    await expect(page.getByRole('heading', { name: 'Connect your encoder' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Connect your encoder' })).toBeVisible();
  });
});
