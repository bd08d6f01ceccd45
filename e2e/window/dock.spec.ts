import { expect, StudioWindow, test, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

test('a dock of OBS: the copied address opens the window, narrow, and what is done there is seen in both', async ({
  context,
  window,
}) => {
  await window.by('options').click();
  await window.by('open-dock').click();
  await expect(window.by('dock-url')).not.toContainText('token');
  await window.dialogHoldsUp('dock dialog');
  const address = await window.copied('copy-dock-url');
  await window.page.keyboard.press('Escape');

  const page = await context.newPage();
  await page.setViewportSize({ width: 320, height: 800 });
  const dock = new StudioWindow(page);
  await dock.open(address);
  expect(await dock.overflow()).toBeLessThanOrEqual(0);
  await dock.by('start-test-signal').first().click();
  await dock.encoderIsLive();
  // Nobody else sees a rehearsal, so it goes live as it is added.
  const target = await dock.addTarget('rehearsal', { name: 'Rehearsal' });
  await expect(target).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  await expect(dock.by('show-state')).toContainText('ON AIR');
  await expect(window.by('show-state')).toContainText('ON AIR');
  await expect(window.target('Rehearsal')).toHaveAttribute('data-state', 'live');
});
