import type { Locator } from '@playwright/test';
import { startRecordingServer } from '../harness/recording-server.ts';
import { expect, test, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

/** Nobody listens there; enough for a target that never goes live. */
const NOWHERE = 'rtmp://127.0.0.1:9/live';

test('what was deleted by mistake is there again: by the button, by keyboard, at its place, with its key', async ({
  page,
  studio: { api },
  window,
}) => {
  for (const name of ['A', 'B', 'C']) {
    await api.addTarget({ name, url: NOWHERE, streamKey: `key-of-${name}-1234`, enabled: false });
  }
  const names = page.locator('[data-target-name]').getByRole('heading', { level: 3 });
  const before = (await api.state()).targets;
  const undo = window.by('toast-undo');

  await test.step('no question, a toast with a way back, and the focus is not lost', async () => {
    await window.target('B').getByTestId('target-delete').press('Enter');
    await expect(names).toHaveText(['A', 'C']);
    await expect(window.by('question')).toBeHidden();
    await expect(window.by('toast')).toContainText('Deleted B.');
    await expect(window.by('add-target')).toBeFocused();
  });
  await test.step('the button brings it back', async () => {
    await undo.click();
    await expect(names).toHaveText(['A', 'B', 'C']);
    await expect(window.by('toast')).toBeHidden();
  });
  await test.step('Ctrl+Z brings back one after the other, the newest first', async () => {
    await window.target('A').getByTestId('target-delete').click();
    await window.target('C').getByTestId('target-delete').click();
    await expect(names).toHaveText(['B']);
    await expect(undo).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await expect(names).toHaveText(['B', 'C']);
    await page.keyboard.press('Control+z');
    await expect(names).toHaveText(['A', 'B', 'C']);
  });
  await test.step('while somebody types, Ctrl+Z is theirs', async () => {
    await window.target('B').getByTestId('target-delete').click();
    await expect(undo).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.press('Control+z');
    await expect(names).toHaveText(['A', 'C']);
    await undo.click();
    await expect(names).toHaveText(['A', 'B', 'C']);
  });
  const after = (await api.state()).targets;
  expect(after.map(({ id, streamKey }) => [id, streamKey])).toEqual(
    before.map(({ id, streamKey }) => [id, streamKey]),
  );
});

test('an undo that nobody takes goes away, but not from under the pointer or the focus', async ({
  page,
  studio: { api },
  window,
}) => {
  await page.clock.install();
  await api.addTarget({ name: 'A', url: NOWHERE, streamKey: 'k', enabled: false });
  const undo = window.by('toast-undo');
  await window.target('A').getByTestId('target-delete').click();
  await page.clock.runFor(12_000);
  await expect(undo).toBeVisible();
  await undo.hover();
  await page.clock.runFor(20_000);
  await expect(undo).toBeVisible();
  await page.mouse.move(5, 5);
  await undo.focus();
  await page.clock.runFor(20_000);
  await expect(undo).toBeVisible();
  await window.by('add-target').focus();
  await page.clock.runFor(16_000);
  await expect(undo).toBeHidden();
  await expect(window.by('toast')).toBeHidden();
});

test('order, a stopped target, a new key and a deleted ingest are taken back, too', async ({
  page,
  studio: { api },
  window,
}) => {
  for (const name of ['A', 'B', 'C']) {
    await api.addTarget({ name, url: NOWHERE, streamKey: 'k', enabled: name === 'A' });
  }
  const names = page.locator('[data-target-name]').getByRole('heading', { level: 3 });
  const handle = (name: string): Locator => window.target(name).getByTestId('move-handle');

  await test.step('two moves are one way back', async () => {
    await handle('C').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect(names).toHaveText(['A', 'C', 'B']);
    await page.keyboard.press('Alt+ArrowUp');
    await expect(names).toHaveText(['C', 'A', 'B']);
    await expect(window.by('toast-undo')).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(names).toHaveText(['A', 'B', 'C']);
  });
  await test.step('one that waited waits again', async () => {
    const row = window.target('A');
    await row.getByTestId('target-toggle').click();
    await expect(row).toHaveAttribute('data-state', 'off');
    await expect(window.by('toast')).toContainText('Stopped A.');
    await page.keyboard.press('Control+z');
    await expect(row).toHaveAttribute('data-state', 'waiting');
  });
  await test.step('the old key is let in again', async () => {
    const before = await window.copied('copy-stream-key');
    await window.by('renew-key').click();
    await expect(window.by('toast')).toContainText('has a new stream key');
    expect(await window.copied('copy-stream-key')).not.toBe(before);
    await window.by('toast-undo').click();
    await expect.poll(() => window.copied('copy-stream-key')).toBe(before);
  });
  await test.step('an ingest, at its place', async () => {
    const ingests = page.locator('[data-testid^="ingest-"][data-state]').getByRole('heading', { level: 3 });
    await api.call('POST', '/ingests', { name: 'Second' });
    await api.call('POST', '/ingests', { name: 'Third' });
    await expect(ingests).toHaveText(['Main', 'Second', 'Third']);
    await page.keyboard.press('2');
    await window.by('delete-ingest').click();
    await expect(ingests).toHaveText(['Main', 'Third']);
    await page.keyboard.press('Control+z');
    await expect(ingests).toHaveText(['Main', 'Second', 'Third']);
  });
});

test('a live target is not deleted without a word about its viewers, and comes back on air', async ({
  stage,
  window,
}) => {
  const server = await startRecordingServer(stage);
  await window.by('start-test-signal').first().click();
  await window.encoderIsLive();
  const row = await window.addTarget('custom', { name: 'Platform', url: server.url, key: 'k' });
  await window.goLive(row);
  await row.getByTestId('target-delete').click();
  await expect(window.by('question')).toContainText('its viewers will see the stream end');
  await window.by('question-confirm').click();
  await expect(row).toBeHidden();
  await window.by('toast-undo').click();
  await expect(row).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  await expect(window.by('show-state')).toContainText('ON AIR');
  expect(server.publishes.map(({ ended }) => ended())).toEqual([true, false]);
});
