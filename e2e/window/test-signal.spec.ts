import { expect, test, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

test('test signal and rehearsal target: everything moves with no encoder and no account', async ({
  studio,
  window,
}) => {
  await window.by('start-test-signal').first().click();
  await expect(window.by('ingest-state').first()).toContainText(/live|connected/i);
  await expect(window.by('ingest-main')).toContainText('720');
  await window.pictureMoves();

  const row = await window.addTarget('rehearsal', { name: 'Rehearsal room' });
  if ((await row.getAttribute('data-state')) === 'off') await row.getByTestId('target-toggle').click();
  await expect(row).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  await expect(window.by('show-state')).toContainText(/on air/i);
  const received = async (): Promise<number> =>
    (await studio.api.state()).targets[0]?.received?.videoFrames ?? 0;
  // Longer than the loop, so that its seam is passed with the picture still moving.
  await expect.poll(received, { timeout: 30_000 }).toBeGreaterThan(10 * 30);
  await window.pictureMoves();
  expect((await studio.api.state()).targets[0]).toMatchObject({
    state: 'live',
    droppedFrames: 0,
    reconnects: 0,
  });
  await expect(window.by('event-row').first()).toBeVisible();
});
