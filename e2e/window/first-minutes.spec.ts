/**
 * From the first start to two live targets: how many clicks and pastes that takes, with nothing typed.
 * @module
 */
import type { Locator } from '@playwright/test';
import { publishWithFfmpeg, recordWithNginx, type Recorder } from '../harness/peers.ts';
import type { Stage } from '../harness/stage.ts';
import type { Studio } from '../harness/studio.ts';
import { expect, test, whyNoBrowser, whyNoEncoder, whyNoServer, type StudioWindow } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);
test.skip(whyNoEncoder !== undefined, whyNoEncoder);
test.skip(whyNoServer !== undefined, whyNoServer);

/** All that the person in this test may do: click what is in sight, and paste where the focus is. */
class CountingHand {
  readonly #window: StudioWindow;
  clicks = 0;
  pastes = 0;

  constructor(window: StudioWindow) {
    this.#window = window;
  }

  async click(part: Locator): Promise<void> {
    await expect(part, 'in sight without scrolling').toBeInViewport({ ratio: 1 });
    this.clicks++;
    await part.click();
  }

  /** What stands on the clipboard comes from elsewhere: a platform's page, a mail. */
  async paste(text: string): Promise<void> {
    await this.#window.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    this.pastes++;
    await this.#window.page.keyboard.press('ControlOrMeta+V');
  }
}

/** An encoder that was set up before, and two servers of one's own. */
async function readyToGo(stage: Stage, studio: Studio, window: StudioWindow): Promise<readonly Recorder[]> {
  const servers = [
    await recordWithNginx(stage, { name: 'one' }),
    await recordWithNginx(stage, { name: 'two' }),
  ];
  await publishWithFfmpeg(stage, (await studio.api.ingest()).publishUrl);
  await window.encoderIsLive();
  return servers;
}

async function bothAreLive(window: StudioWindow, servers: readonly Recorder[]): Promise<void> {
  const rows = window.page.locator('[data-target-name]');
  await expect(rows).toHaveCount(2);
  for (const row of await rows.all()) {
    await expect(row).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  }
  await expect(window.by('show-state')).toContainText(/on air/i);
  for (const server of servers) await expect.poll(() => server.files().length).toBe(1);
}

test('picking a platform: two targets are live after six clicks and two pastes', async ({
  stage,
  studio,
  window,
}) => {
  const servers = await readyToGo(stage, studio, window);
  const hand = new CountingHand(window);
  for (const { url, streamKey } of servers) {
    await hand.click(window.by('add-target'));
    // A preset whose server is known asks for one paste, too: its key.
    await hand.click(window.by('platform-option-custom'));
    await hand.paste(`${url}/${streamKey}`);
    await hand.click(window.by('target-save-live'));
    await expect(window.by('target-form')).toBeHidden();
  }
  await bothAreLive(window, servers);
  expect({ clicks: hand.clicks, pastes: hand.pastes }).toEqual({ clicks: 6, pastes: 2 });
});

test('pasting addresses: two targets are live after five clicks, the last of them “Go live”', async ({
  stage,
  studio,
  window,
}) => {
  const servers = await readyToGo(stage, studio, window);
  const hand = new CountingHand(window);
  for (const { url, streamKey } of servers) {
    await hand.click(window.by('add-target'));
    await hand.paste(`${url}/${streamKey}`);
    await hand.click(window.by('target-save'));
    await expect(window.by('target-form')).toBeHidden();
  }
  await hand.click(window.by('master'));
  await bothAreLive(window, servers);
  expect({ clicks: hand.clicks, pastes: hand.pastes }).toEqual({ clicks: 5, pastes: 2 });
});
