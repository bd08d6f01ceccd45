import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { publishWithFfmpeg } from '../harness/peers.ts';
import { freePort } from '../harness/stage.ts';
import { startStudio } from '../harness/studio.ts';
import { expect, test, whyNoBrowser, whyNoEncoder, type StudioWindow } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

async function openSettings(window: StudioWindow, section: string): Promise<void> {
  await window.by('options').click();
  await window.by('open-settings').click();
  await window.by(`settings-${section}`).click();
  await expect(window.by(`settings-${section}`)).toHaveAttribute('aria-selected', 'true');
}

test('another port and host are set: after the next start the window shows them and an encoder gets in', async ({
  stage,
  studio,
  window,
}) => {
  test.skip(whyNoEncoder !== undefined, whyNoEncoder);
  const port = await freePort();
  const { streamKey } = await studio.api.ingest();
  await test.step('a port that is taken, and one that is none, are refused at the field', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    await openSettings(window, 'network');
    const field = window.by('network-rtmpPort');
    for (const [typed, words] of [
      [String((taken.address() as AddressInfo).port), 'is taken by another program'],
      ['', 'Give a whole number'],
    ] as const) {
      await field.fill(typed);
      await window.by('network-save').click();
      await expect(window.by('settings-dialog').getByRole('alert')).toContainText([words]);
      await expect(field).toBeFocused();
    }
    taken.close();
  });
  await test.step('good ones are saved, and said to wait for the next start', async () => {
    await window.by('network-rtmpPort').fill(String(port));
    await window.by('network-host').getByLabel('Other devices on my network, too').check();
    await window.by('network-save').click();
    const dialog = window.by('settings-dialog');
    await expect(dialog).toContainText('Saved for the next start.');
    await expect(window.by('network-waits')).toContainText('close Relaydeck and open it again');
    await expect(dialog).toContainText('set by --rtmp-port for this start');
    await window.dialogHoldsUp('settings, network');
  });
  await studio.child.stop();
  const again = await startStudio(stage, {
    name: 'studio-again',
    dataDir: studio.dataDir,
    freePorts: ['--http-port'],
  });
  await window.open(again.ready.uiUrl);
  await expect(window.by('server-url').first()).toContainText(`:${port}/live`);
  await openSettings(window, 'network');
  await expect(window.by('network-address').last()).toHaveText(`rtmp://127.0.0.1:${port}/live`);
  await expect(window.by('network-waits')).toBeHidden();
  await expect(window.by('network-host').getByLabel('Other devices on my network, too')).toBeChecked();
  await window.page.keyboard.press('Escape');
  await publishWithFfmpeg(stage, `${again.ready.rtmpUrl}/${streamKey}`);
  await window.encoderIsLive();
});

test('the theme is chosen and survives a reload; addresses are hidden', async ({ page, window }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openSettings(window, 'appearance');
  await window.by('theme').getByLabel('Light').check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await window.by('theme').getByLabel('High contrast').check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast');
  await window.dialogHoldsUp('settings, appearance');
  await page.reload();
  await expect(window.by('show-state')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast');

  await openSettings(window, 'appearance');
  await window.by('discreet').check();
  await window.by('settings-network').click();
  await expect(window.by('network-address')).toHaveText('••••••••••••');
  await page.keyboard.press('Escape');
  await expect(window.by('server-url').first()).toHaveText('••••••••••••');
});

test('a muted target tells nothing, another one does', async ({ studio: { api }, window }) => {
  const wish = { url: 'rtmp://127.0.0.1:9/live', streamKey: 'k', enabled: false };
  const quiet = await api.addTarget({ ...wish, name: 'Quiet one' });
  const loud = await api.addTarget({ ...wish, name: 'Loud one' });
  await openSettings(window, 'notifications');
  const told = window.by('settings-dialog').getByLabel('Quiet one');
  await expect(told).toBeChecked();
  // The studio has to answer before the mark goes: no "uncheck", which wants it gone at once.
  await told.click();
  await expect(told).not.toBeChecked();
  await expect
    .poll(async () => (await api.call('GET', '/notices')).body)
    .toMatchObject({
      mutedTargets: [quiet.id],
    });
  await window.dialogHoldsUp('settings, notifications');
  await window.page.keyboard.press('Escape');

  await window.by('start-test-signal').first().click();
  await window.encoderIsLive();
  const about = async (id: string) =>
    (await api.events()).some((event) => event.targetId === id && event.level !== 'info');
  await api.post(`/targets/${quiet.id}/start`);
  await expect.poll(() => about(quiet.id)).toBe(true);
  await api.post(`/targets/${loud.id}/start`);
  await expect(window.by('notice-toast').first()).toContainText('Loud one');
  await expect(window.by('notice-toast').filter({ hasText: 'Quiet one' })).toHaveCount(0);
});

test('hold and delays are set in place; a renewed key leads back to the list of keys', async ({
  studio: { api },
  window,
}) => {
  const { id } = await api.addTarget({
    name: 'Later',
    url: 'rtmp://127.0.0.1:9/live',
    streamKey: 'k',
    enabled: false,
  });
  await openSettings(window, 'hold');
  await window.by('hold-seconds').fill('15');
  await window.by('hold-save').click();
  await expect(window.by('hold-ingest')).toContainText('Held for 15 s');
  expect(await api.ingest()).toMatchObject({ holdSeconds: 15 });
  await window.dialogHoldsUp('settings, hold');

  await window.by('settings-delay').click();
  await window.by('settings-delay-seconds').fill('601');
  await window.by('settings-delay-seconds-save').click();
  await expect(window.by('settings-dialog')).toContainText('The delay must be at most 600 seconds');
  await window.by('settings-delay-seconds').fill('20');
  await window.by('settings-delay-seconds-save').click();
  await expect(window.by('settings-dialog')).toContainText('Saved.');
  expect(await api.target(id)).toMatchObject({ delaySeconds: 20 });
  await window.dialogHoldsUp('settings, delay');

  await window.by('settings-keys').click();
  await expect(window.by('keys-kept')).toContainText('only your user of this computer may read');
  const before = (await api.ingest()).streamKey;
  await expect(window.by('keys-stream')).not.toContainText(before);
  await window.by('keys-renew').click();
  await window.by('question-confirm').click();
  await expect.poll(async () => (await api.ingest()).streamKey).not.toBe(before);
  await expect(window.by('keys-renew')).toBeFocused();
  const { streamKey } = await api.ingest();
  const eye = window.by('settings-dialog').getByRole('button', { name: 'Hold to show the stream key' });
  await eye.focus();
  await window.page.keyboard.down('Enter');
  await expect(window.by('keys-stream')).toHaveText(streamKey);
  await window.page.keyboard.up('Enter');
  await expect(window.by('keys-stream')).not.toContainText(streamKey);
  await window.dialogHoldsUp('settings, keys');
});

test('by keyboard: arrows go through the parts, Escape leads back to where it was opened', async ({
  page,
  window,
}) => {
  const options = window.by('options');
  await options.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(window.by('settings-network')).toBeFocused();
  await page.keyboard.press('End');
  await expect(window.by('settings-history')).toBeFocused();
  await window.by('history-days').fill('30');
  await page.keyboard.press('Enter');
  await expect(window.by('settings-dialog')).toContainText('Saved.');
  await page.keyboard.press('Escape');
  await expect(options).toBeFocused();

  for (const part of ['history', 'upload']) {
    await openSettings(window, part);
    await window.dialogHoldsUp(`settings, ${part}`);
    await page.keyboard.press('Escape');
  }
});
