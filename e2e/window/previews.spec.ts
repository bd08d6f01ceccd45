import type { Page } from '@playwright/test';
import { publishWithFfmpeg } from '../harness/peers.ts';
import { readShownFrames, shownFrames, startTimeCodeCamera } from '../harness/shown-time.ts';
import { startRecordingServer } from '../harness/recording-server.ts';
import { expect, test, type StudioWindow, whyNoBrowser, whyNoEncoder } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);
test.skip(whyNoEncoder !== undefined, whyNoEncoder);

/** Grey values of a small picture, or of none. */
async function tilePicture(page: Page, id: string): Promise<readonly number[]> {
  return page.evaluate<number[]>(`(() => {
    const canvas = document.querySelector('[data-testid="picture-${id}"] canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, 256, 144);
    return Array.from({ length: 64 }, (_, n) => data[4 * (n * 567)] + data[4 * (n * 567) + 1]);
  })()`);
}

/** Preview addresses the page asks for from now on, and how many of them are open. */
function previewRequests(page: Page): { readonly asked: string[]; readonly open: () => number } {
  const asked: string[] = [];
  const open = new Set<unknown>();
  page.on('request', (request) => {
    if (!request.url().includes('/preview/')) return;
    asked.push(request.url());
    open.add(request);
  });
  const over = (request: unknown): void => void open.delete(request);
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  return { asked, open: () => open.size };
}

async function secondIngest(window: StudioWindow, call: (body: unknown) => Promise<{ body: unknown }>) {
  const { body } = await call({ name: 'Second camera' });
  const { id, publishUrl } = body as { id: string; publishUrl: string };
  await expect(window.by(`picture-${id}`)).toBeVisible();
  return { id, publishUrl };
}

test('several ingests: one large, all of them small and live, and any can be made the large one', async ({
  stage,
  studio: { api },
  window,
}) => {
  const { page } = window;
  await expect(window.by('picture-row')).toBeHidden();
  await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);
  await window.encoderIsLive();
  const second = await secondIngest(window, (body) => api.call('POST', '/ingests', body));
  const [mainTile, secondTile] = [window.by('picture-main'), window.by(`picture-${second.id}`)];
  await expect(mainTile).toHaveAttribute('data-still', 'shown');
  await expect(secondTile).toContainText('Waiting');

  await startTimeCodeCamera(stage, second.publishUrl);
  await expect(secondTile).toHaveAttribute('data-still', 'shown', { timeout: 20_000 });
  const before = await tilePicture(page, second.id);
  expect(Math.max(...before) - Math.min(...before), 'a picture, not one colour').toBeGreaterThan(200);
  await expect.poll(() => tilePicture(page, second.id), { timeout: 15_000 }).not.toEqual(before);

  await test.step('chosen by the keyboard', async () => {
    await expect(mainTile).toHaveAttribute('aria-pressed', 'true');
    await secondTile.focus();
    await page.keyboard.press('Enter');
    await expect(secondTile).toHaveAttribute('aria-pressed', 'true');
    await expect(window.by('preview-video')).toHaveAttribute('aria-label', 'Picture of Second camera');
    await window.pictureMoves();
  });
  await window.axeFindsNothing('two ingests');
  await page.setViewportSize({ width: 900, height: 600 });
  expect(await window.overflow()).toBe(0);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect(window.by('picture-row')).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });

  await test.step('switched off: nothing is fetched, also after a reload; and on again', async () => {
    await window.by('options').click();
    await window.by('live-pictures').click();
    await expect(window.by('pictures-on')).toBeVisible();
    await expect(window.by('picture-row')).toBeHidden();
    await page.reload();
    await expect(window.by('pictures-on')).toBeVisible();
    const { asked } = previewRequests(page);
    await page.waitForTimeout(3_000);
    expect(asked).toEqual([]);
    await window.by('pictures-on').click();
    await window.pictureMoves();
    await expect(mainTile).toHaveAttribute('data-still', 'shown');
  });
});

test('what viewers get: delayed with the target, what stands in for the encoder, and words when there is nothing', async ({
  stage,
  studio: { api },
  window,
}) => {
  const { page } = window;
  const server = await startRecordingServer(stage);
  const { child: camera } = await startTimeCodeCamera(stage, (await api.ingest()).publishUrl);
  await window.encoderIsLive();
  const row = await window.addTarget('custom', { name: 'Platform', url: server.url, key: 'k' });
  const id = (await row.getAttribute('data-testid'))?.replace('target-', '') ?? '';
  await api.call('PATCH', `/targets/${id}`, { delaySeconds: 5 });
  await window.goLive(row);
  await expect.poll(async () => (await api.target(id)).delayedBySeconds, { timeout: 30_000 }).toBe(5);

  await row.getByTestId('target-details').locator('summary').click();
  await row.getByTestId('watch-sent').click();
  const dialog = window.by('sent-dialog');
  await expect(dialog).toContainText('What viewers of Platform get');
  await expect(window.by('sent-behind')).toBeVisible({ timeout: 20_000 });
  await readShownFrames(page, 'sent-video');
  await expect.poll(async () => (await shownFrames(page)).length, { timeout: 15_000 }).toBeGreaterThan(60);
  const ages = (await shownFrames(page)).map(({ ageMs }) => ageMs);
  expect(Math.min(...ages), 'no frame is younger than the delay').toBeGreaterThanOrEqual(5_000);
  expect(Math.min(...ages)).toBeLessThan(8_000);
  await expect(dialog).toContainText(/Delayed on purpose\s*5(\.0)?\s*s/);
  await window.dialogHoldsUp('what viewers get');

  await camera.stop();
  await expect(window.by('sent-held')).toBeVisible({ timeout: 20_000 });

  await api.post(`/targets/${id}/stop`);
  await expect(dialog).toContainText('Viewers get nothing now');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(row).toHaveAttribute('data-state', 'off');
});

test('changing between ingests fifty times leaves nothing behind', async ({
  stage,
  studio: { api },
  window,
}) => {
  const { page } = window;
  // Contexts of sound that are open: a browser shows them nowhere.
  await page.addInitScript(`(() => {
    const Real = globalThis.AudioContext;
    globalThis.openSounds = 0;
    globalThis.AudioContext = class extends Real {
      constructor(...given) { super(...given); globalThis.openSounds++; }
      close() { globalThis.openSounds--; return super.close(); }
    };
  })()`);
  await page.reload();
  await publishWithFfmpeg(stage, (await api.ingest()).publishUrl);
  await window.encoderIsLive();
  const second = await secondIngest(window, (body) => api.call('POST', '/ingests', body));
  await publishWithFfmpeg(stage, second.publishUrl, { name: 'second' });
  await expect(window.by(`picture-${second.id}`)).toHaveAttribute('data-still', 'shown', { timeout: 20_000 });
  const requests = previewRequests(page);
  const debug = await page.context().newCDPSession(page);
  const measure = async () => {
    await debug.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await debug.send('Memory.getDOMCounters');
    const { usedSize } = await debug.send('Runtime.getHeapUsage');
    return { nodes, listeners: jsEventListeners, heapMb: usedSize / 1e6 };
  };
  const change = async (times: number, pauseMs: number) => {
    for (let n = 0; n < times; n++) {
      await window.by(n % 2 === 0 ? `picture-${second.id}` : 'picture-main').click();
      await page.waitForTimeout(pauseMs);
    }
  };
  await change(6, 500);
  const before = await measure();
  await change(50, 150);
  await window.pictureMoves();
  await expect(window.by('audio-meter')).toBeVisible();
  const after = await measure();
  console.log('fifty changes:', before, after);
  expect(await page.locator('video').count()).toBe(1);
  expect(await page.evaluate('globalThis.openSounds')).toBe(1);
  // The large picture, and at most one small one that is on its way.
  expect(requests.open()).toBeLessThanOrEqual(2);
  expect(after.nodes - before.nodes).toBeLessThan(500);
  expect(after.listeners - before.listeners).toBeLessThan(100);
  expect(after.heapMb - before.heapMb).toBeLessThan(8);
});
