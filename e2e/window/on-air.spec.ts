import type { Locator } from '@playwright/test';
import { publishWithFfmpeg } from '../harness/peers.ts';
import { startRecordingServer, type RecordingServer } from '../harness/recording-server.ts';
import type { Stage } from '../harness/stage.ts';
import type { Api } from '../harness/studio.ts';
import { expect, test, type StudioWindow, whyNoBrowser, whyNoEncoder } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

/** Nobody listens there; enough for a target that never goes live. */
const NOWHERE = 'rtmp://127.0.0.1:9/live';

type Platform = { readonly row: Locator; readonly server: RecordingServer };

/** A target that counts as one with viewers; off. */
async function addPlatform(stage: Stage, window: StudioWindow): Promise<Platform> {
  const server = await startRecordingServer(stage);
  const row = await window.addTarget('custom', { name: 'Platform', url: server.url, key: 'k' });
  return { row, server };
}

/** Never lost, never called again: as the window, the API and the platform have it. */
async function expectOneConnection({ row, server }: Platform, api: Api): Promise<void> {
  await expect(row).toHaveAttribute('data-state', 'live');
  await expect(row).toContainText(/Reconnects\s*0×/);
  expect((await api.state()).targets[0]).toMatchObject({ state: 'live', reconnects: 0, lastError: null });
  expect(server.publishes.map((publish) => publish.ended())).toEqual([false]);
}

test.describe('with an encoder', () => {
  test.skip(whyNoEncoder !== undefined, whyNoEncoder);

  test('the encoder crashes: viewers get a still picture for a while, then the encoder again, and are never cut off', async ({
    stage,
    studio: { api },
    window,
  }) => {
    const platform = await addPlatform(stage, window);
    const { publishUrl } = await api.ingest();
    const encoder = await publishWithFfmpeg(stage, publishUrl, { name: 'first' });
    await window.encoderIsLive();
    await window.goLive(platform.row);
    await window.pictureMoves();
    await expect.poll(async () => (await api.ingest()).slate.state, { timeout: 40_000 }).toBe('ready');
    const before = await window.picture();

    await encoder.child.kill();
    await test.step('the window says what goes on, and how long still', async () => {
      const show = window.by('show-state');
      await expect(show).toHaveText(/^HOLDING\s*[01]:\d\d$/);
      const left = (await show.textContent()) ?? '';
      await expect(show).not.toHaveText(left);
      await expect(show).toHaveText(/^HOLDING\s*0:[45]\d$/);
      const notice = window.by('hold-notice');
      await expect(notice).toContainText('Viewers see the “Back in a moment” picture.');
      await expect(notice).toContainText(/kept alive for 0:[45]\d\./);
      await expect(platform.row).toHaveAttribute('data-state', 'live');
    });
    await test.step('the preview shows what viewers see', async () => {
      await expect(window.by('preview-held')).toHaveText('Viewers see this until the encoder is back');
      await window.pictureStands(before);
    });
    await window.axeFindsNothing('holding');

    await publishWithFfmpeg(stage, publishUrl, { name: 'again' });
    await expect(window.by('show-state')).toHaveText(/^ON AIR\s*\d\d:\d\d:\d\d$/);
    await expect(window.by('hold-notice')).toBeHidden();
    await expect(window.by('on-air')).toHaveText('Viewers see: the main encoder');
    await expect(window.by('preview-held')).toBeHidden();
    await window.pictureMoves();
    await expectOneConnection(platform, api);
  });

  test('a backup encoder, set up from the window alone: it takes over, and gives back by hand', async ({
    stage,
    studio: { api },
    window,
  }) => {
    const platform = await addPlatform(stage, window);
    const edit = window.by('ingest-main').getByRole('button', { name: /^Edit / });
    await test.step('switched on in the dialog', async () => {
      await edit.click();
      await window.by('ingest-backup').locator('summary').click();
      await window.by('backup-on').check();
      await window.by('switch-back').selectOption({ label: 'By hand' });
      await window.by('ingest-save').click();
      await expect(window.by('ingest-form')).toBeHidden();
      await expect(window.by('backup-state')).toContainText('Not connected');
    });
    const backupUrl = await test.step('its address is on the card', async () => {
      await window.by('ingest-main').getByText('Address for the backup encoder').click();
      const server = await window.copied('backup-copy-server-url');
      const key = await window.copied('backup-copy-stream-key');
      await expect(window.by('backup-stream-key')).not.toContainText(key);
      return `${server}/${key}`;
    });
    const { publishUrl } = await api.ingest();
    expect(backupUrl).not.toBe(publishUrl);
    const main = await publishWithFfmpeg(stage, publishUrl, { name: 'main' });
    await window.encoderIsLive();
    await window.goLive(platform.row);
    await publishWithFfmpeg(stage, backupUrl, { name: 'backup' });
    await expect(window.by('backup-state')).toContainText('Standing by');
    const fits = /Both encoders send H\.264 640×360.*: a switch will hardly be seen\./;
    await expect(window.by('backup-compatibility')).toContainText(fits);

    await main.child.kill();
    await expect(window.by('on-air')).toHaveText('Viewers see: the backup encoder');
    await expect(window.by('show-state')).toContainText('ON AIR');
    await expect(window.by('backup-state')).toContainText('On air');
    const back = window.by('switch-source');
    await expect(back).toHaveText('Back to main');
    await expect(back).toBeDisabled();
    await window.pictureMoves();

    await publishWithFfmpeg(stage, publishUrl, { name: 'main-again' });
    await expect(back).toBeEnabled();
    // Before the new connection has said what it sends, a switch is asked about.
    const bothAreKnown = async () => (await api.ingest()).backup?.compatible;
    await expect.poll(bothAreKnown).toBe(true);
    await expect(window.by('backup-compatibility')).toContainText(fits);
    await expect(window.by('on-air')).toHaveText('Viewers see: the backup encoder');
    await back.click();
    await expect(window.by('on-air')).toHaveText('Viewers see: the main encoder');
    await expect(window.by('backup-state')).toContainText('Standing by');
    await expectOneConnection(platform, api);

    await edit.click();
    await expect(window.by('ingest-backup')).toHaveAttribute('open', '');
    await window.unfold(window.by('ingest-form'));
    await window.dialogHoldsUp('ingest dialog with a backup encoder');
  });

  test('a delay of the show is filled, activated and cut, and nobody is disconnected', async ({
    stage,
    studio: { api },
    window,
  }) => {
    const platform = await addPlatform(stage, window);
    await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);
    await window.encoderIsLive();
    await window.goLive(platform.row);
    const delay = window.by('show-delay');
    const behind = platform.row.getByTestId('target-behind');

    await delay.locator('summary').click();
    await window.by('delay-seconds').fill('4');
    await window.by('delay-arm').click();
    await expect(delay).toHaveAttribute('data-state', 'filling');
    await expect(window.by('delay-activate')).toBeDisabled();
    await expect(window.by('delay-progress')).toHaveAttribute('aria-valuetext', /^[1-3] of 4\ss$/);
    await expect(window.by('delay-state')).toContainText('Ready');
    await expect(window.by('delay-words')).toContainText('Viewers are still live.');
    await expect(behind).toBeHidden();

    await window.by('delay-activate').click();
    await expect(delay).toHaveAttribute('data-state', 'active');
    await expect(behind).toHaveText(/4\ss behind$/);
    await expect(window.by('on-air')).toHaveText('Viewers see: the main encoder, 4 s ago');
    await window.pictureMoves();

    await window.by('delay-cut').click();
    await expect(window.by('question')).toContainText('Viewers jump ahead by 4 s');
    await window.by('question-confirm').click();
    await expect(delay).toHaveAttribute('data-state', 'off');
    await expect(behind).toBeHidden();
    await expect(window.by('on-air')).toHaveText('Viewers see: the main encoder');
    await window.pictureMoves();
    await expectOneConnection(platform, api);
  });
});

test('the order of the targets: by keyboard and by menu, and it stays', async ({
  page,
  studio: { api },
  window,
}) => {
  for (const name of ['A', 'B', 'C']) {
    await api.addTarget({ name, url: NOWHERE, streamKey: 'k', enabled: false });
  }
  const names = page.locator('[data-target-name]').getByRole('heading', { level: 3 });
  const expectOrder = (...wanted: readonly string[]): Promise<void> => expect(names).toHaveText(wanted);
  const handle = (name: string): Locator => window.target(name).getByTestId('move-handle');
  await expectOrder('A', 'B', 'C');

  await test.step('by keyboard, row after row without losing the place', async () => {
    await handle('C').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expectOrder('A', 'C', 'B');
    await expect(window.by('reorder-status')).toHaveText('C is now 2 of 3.');
    await expect(handle('C')).toBeFocused();
    await page.keyboard.press('Alt+ArrowUp');
    await expectOrder('C', 'A', 'B');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowDown');
    await expectOrder('A', 'C', 'B');
    await expect(handle('C')).toBeFocused();
  });
  await test.step('by menu', async () => {
    await handle('B').click();
    await page.getByRole('menuitem', { name: 'Move to the top' }).click();
    await expectOrder('B', 'A', 'C');
    await handle('A').click();
    await page.getByRole('menuitem', { name: 'Move down' }).click();
    await expectOrder('B', 'C', 'A');
    await expect(handle('A')).toHaveAccessibleName('Move A, 3 of 3');
  });
  await page.reload();
  await expectOrder('B', 'C', 'A');
  const priorities = (await api.state()).targets.map(({ name, priority }) => [name, priority] as const);
  expect(priorities).toEqual([
    ['B', 1],
    ['C', 2],
    ['A', 3],
  ]);
});

test('a rehearsal is cancelled, and another one ends with a verdict', async ({ studio: { api }, window }) => {
  const wishes = [
    { name: 'Rehearsal room', platform: 'rehearsal' },
    { name: 'Own server', url: NOWHERE, streamKey: 'k' },
  ];
  for (const wish of wishes) {
    expect(await api.call('POST', '/targets', { ...wish, enabled: false })).toMatchObject({ status: 201 });
  }
  await window.by('start-test-signal').first().click();
  await window.encoderIsLive();
  await window.by('options').click();
  await window.by('open-rehearsal').click();
  const dialog = window.by('rehearsal-dialog');
  await expect(window.by('rehearsal-explained')).toContainText('Of yours: Rehearsal room, Own server.');
  await window.dialogHoldsUp('rehearsal before its start');

  const progress = window.by('rehearsal-progress');
  const rows = window.by('rehearsal-rows').getByRole('listitem');
  await window.by('rehearsal-start').click();
  await expect(progress).toHaveAttribute('aria-valuetext', /^[2-9] of 30\ss$/);
  await expect(rows).toHaveText([/Rehearsal room.*Sending/, /Own server.*Sending/]);
  await window.by('rehearsal-stop').click();
  await expect(dialog).toContainText(/Rehearsal of \d\d:\d\d:\d\d, cancelled\./);
  await expect(window.by('rehearsal-start')).toHaveText('Rehearse again');

  expect(await api.call('POST', '/rehearsal/start', { seconds: 5 })).toMatchObject({ status: 200 });
  await expect(progress).toHaveAttribute('aria-valuetext', /^[1-5] of 5\ss$/);
  await expect(window.by('rehearsal-verdict')).toContainText('Not known');
  await expect(window.by('rehearsal-verdict')).toContainText('rehearsed on this computer');
  await expect(dialog).toContainText(/Rehearsal of \d\d:\d\d:\d\d, done\./);
  const sent = /On this computer only.*Mean\s*\d[\d\s]*kbit\/s.*Drops\s*0/;
  await expect(rows).toHaveText([sent, sent]);
  await expect(rows).toContainText(['Done', 'Done']);
  await window.unfold(dialog);
  await window.dialogHoldsUp('rehearsal with its verdict');
});

test('the upload budget is set, the meter shows it, and it is automatic again', async ({
  studio: { api },
  window,
}) => {
  const meter = window.by('upload');
  await expect(meter).not.toContainText('of');
  await meter.click();
  const settings = window.by('settings-dialog');
  await settings.getByRole('radio', { name: /^As given/ }).check();
  await window.by('upload-budget').fill('2');
  await window.by('upload-save').click();
  await expect(settings).toContainText('Saved.');
  await window.page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await expect(meter).toContainText(/0\.0\sMbit\/s\s*of 2\.0\sMbit\/s/);
  await expect(meter).toBeFocused();
  expect((await api.state()).uplink).toMatchObject({ budgetKbps: 2000 });

  await meter.click();
  await expect(window.by('upload-budget')).toHaveValue('2');
  await window.dialogHoldsUp('upload budget');
  await settings.getByRole('radio', { name: /^Automatic/ }).check();
  await window.by('upload-save').click();
  await expect(meter).not.toContainText('of 2.0');
  expect((await api.state()).uplink).toMatchObject({ budgetKbps: null });
});

test('a target for later says when it goes live, and goes live at once when started by hand', async ({
  stage,
  studio: { api },
  window,
}) => {
  const server = await startRecordingServer(stage);
  const fill = { name: 'After the intro', url: server.url, key: 'k' };
  const row = await window.addTarget('custom', fill, async (form) => {
    await window.unfold(form);
    await window.by('target-backup-mode').selectOption('together');
    await window.dialogHoldsUp('target form, all of it');
    await window.by('target-backup-mode').selectOption('off');
    await window.by('target-start-after').fill('20');
    await form.getByLabel('Go live by itself when the encoder is live').check();
  });
  const words = row.getByTestId('target-schedule-words');
  await expect(words).toContainText('Goes live 20 s after the show starts');

  await window.by('start-test-signal').first().click();
  await window.encoderIsLive();
  await expect(words).toContainText(/^Goes live at \d\d:\d\d(:\d\d)?/);
  const due = Date.parse((await api.state()).targets[0]?.startsAt ?? '');
  expect(server.publishes).toHaveLength(0);
  await row.getByTestId('target-start-now').click();
  await expect(row).toHaveAttribute('data-state', 'live');
  expect(Date.now()).toBeLessThan(due);
  await expect(words).toBeHidden();
  await expect(window.by('show-state')).toContainText('ON AIR');
});
