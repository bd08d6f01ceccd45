import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { freePort } from '../harness/stage.ts';
import { startStudio } from '../harness/studio.ts';
import { expect, test, whyNoEncoder, whyNoServer, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

test.skip(whyNoEncoder !== undefined, whyNoEncoder);
test.skip(whyNoServer !== undefined, whyNoServer);

test('from the copied key to two live targets, a stopped one and one that refuses', async ({
  stage,
  window,
}) => {
  const one = await recordWithNginx(stage, { name: 'one' });
  const two = await recordWithNginx(stage, { name: 'two' });
  await expect(window.by('show-state')).toContainText(/off air/i);
  await expect(window.by('ingest-state').first()).toContainText(/waiting/i);

  await test.step('copy address and key, the encoder connects', async () => {
    const server = await window.copied('copy-server-url');
    const key = await window.copied('copy-stream-key');
    expect(server).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live$/);
    await expect(window.by('stream-key').first()).not.toContainText(key);
    await publishWithFfmpeg(stage, `${server}/${key}`);
    await expect(window.by('ingest-state').first()).toContainText(/live|connected/i, { timeout: 60_000 });
    await expect(window.by('ingest-main')).toContainText('640');
  });

  await test.step('the picture moves', () => window.pictureMoves());

  const first = await window.addTarget('custom', { name: 'First', url: one.url, key: 'k1' });
  const second = await window.addTarget('custom', { name: 'Second', url: two.url, key: 'k2' });
  await test.step('both targets go live', async () => {
    for (const row of [first, second]) {
      if ((await row.getAttribute('data-state')) === 'off') await row.getByTestId('target-toggle').click();
      await expect(row).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
    }
    await expect(window.by('show-state')).toContainText(/on air/i);
    await expect.poll(() => one.files().length + two.files().length).toBe(2);
  });

  await test.step('one is stopped, the other goes on', async () => {
    await first.getByTestId('target-toggle').click();
    const confirm = window.by('question-confirm');
    await expect(
      confirm.or(window.page.locator('[data-target-name="First"][data-state="off"]')).first(),
    ).toBeVisible();
    if (await confirm.isVisible()) await confirm.click();
    await expect(first).toHaveAttribute('data-state', 'off');
    await expect(second).toHaveAttribute('data-state', 'live');
  });

  await test.step('a target that refuses says why in a sentence', async () => {
    const third = await window.addTarget('custom', {
      name: 'Third',
      url: `rtmp://127.0.0.1:${await freePort()}/live`,
      key: 'k3',
    });
    if ((await third.getAttribute('data-state')) === 'off') await third.getByTestId('target-toggle').click();
    await expect(third).toHaveAttribute('data-state', /retrying|failed/, { timeout: 20_000 });
    await expect(third.getByTestId('target-error')).toContainText(/\w+( \S+){4,}\./);
    await expect(second).toHaveAttribute('data-state', 'live');
  });

  await expect(window.by('show-state')).toContainText(/on air/i);
  await window.pictureMoves();
});

test('a platform that refuses the key is told as such, and not tried for ever', async ({
  stage,
  studio,
  window,
}) => {
  // The studio's own ingest refuses a wrong key as a platform does.
  const other = await startStudio(stage, { name: 'platform' });
  await publishWithFfmpeg(stage, (await studio.api.ingest()).publishUrl);
  const row = await window.addTarget('custom', {
    name: 'Refuses',
    url: other.ready.rtmpUrl,
    key: 'not-the-key',
  });
  if ((await row.getAttribute('data-state')) === 'off') await row.getByTestId('target-toggle').click();
  await expect(row).toHaveAttribute('data-state', 'failed', { timeout: 60_000 });
  await expect(row.getByTestId('target-error')).toContainText(/key/i);
});
