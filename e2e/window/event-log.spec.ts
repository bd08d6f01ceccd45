import { expect, test, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

/** Nobody listens there; enough for a target that never goes live. */
const NOWHERE = 'rtmp://127.0.0.1:9/live';
/** What the window keeps. */
const FULL = 500;
/** From a key to the filtered list, also on a busy computer, ms. */
const MAX_ANSWER_MS = 1_000;

test('the log is searched, narrowed to one target, copied by line, and stays where it is read', async ({
  page,
  studio: { api },
  window,
}) => {
  await api.addTarget({ name: 'Twitch', url: NOWHERE, streamKey: 'k', enabled: false });
  for (let n = 0; n < 12; n++) {
    const { id } = await api.addTarget({
      name: `Passing ${n}`,
      url: NOWHERE,
      streamKey: 'k',
      enabled: false,
    });
    await api.call('DELETE', `/targets/${id}`);
  }
  const rows = window.by('event-list').getByTestId('event-row');
  const list = window.by('event-list');
  if (!(await list.isVisible())) await page.keyboard.press('l');
  const search = window.by('event-search');

  await test.step('search: hits are marked and counted', async () => {
    await search.fill('passing 11');
    await expect(rows).toHaveCount(2);
    await expect(rows.first().locator('mark')).toHaveText('Passing 11');
    await expect(window.by('event-count')).toHaveText(/^Hits: 2 of \d+ events$/);
    await window.axeFindsNothing('log with hits');
    await search.fill('');
    await expect(window.by('event-count')).toHaveText(/^(\d+) of \1 events$/);
  });
  await test.step('one target', async () => {
    await window.by('event-about').selectOption({ label: 'Twitch' });
    await expect(rows).toHaveText([/Target "Twitch" was added\./]);
    await window.by('event-about').selectOption({ label: 'About everything' });
  });
  await test.step('one line, reached with one Tab and the arrows', async () => {
    await rows.first().getByTestId('copy-event').focus();
    await page.keyboard.press('ArrowDown');
    await expect(rows.nth(1).getByTestId('copy-event')).toBeFocused();
    await page.keyboard.press('Enter');
    const clipboard = (): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');
    await expect.poll(clipboard).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d Info: Target/);
    await expect(rows.nth(1)).toContainText((await clipboard()).split('Info: ')[1] ?? 'nothing was copied');
  });
  await test.step('whoever reads further down stays there, and is told what is new', async () => {
    await page.evaluate("document.querySelector('[data-testid=event-list]').scrollTop = 200");
    const place = rows.filter({ hasText: 'Target "Passing 5" was added.' });
    const before = (await place.boundingBox())?.y ?? 0;
    for (const name of ['X', 'Y', 'Z']) {
      await api.addTarget({ name, url: NOWHERE, streamKey: 'k', enabled: false });
    }
    await expect(window.by('new-events')).toHaveText('3 new');
    expect(Math.abs(((await place.boundingBox())?.y ?? -99) - before)).toBeLessThan(2);
    await window.by('new-events').click();
    await expect(window.by('new-events')).toBeHidden();
    await expect(rows.first()).toContainText('Target "Z" was added.');
    await expect(rows.first()).toBeInViewport();
  });
});

test('a full log answers at once', async ({ page, studio: { api }, window }) => {
  for (let n = 0; n * 2 < FULL; n++) {
    const { id } = await api.addTarget({
      name: `Passing ${n}`,
      url: NOWHERE,
      streamKey: 'k',
      enabled: false,
    });
    await api.call('DELETE', `/targets/${id}`);
  }
  await page.reload();
  if (!(await window.by('event-list').isVisible())) await page.keyboard.press('l');
  await expect(window.by('event-count')).toHaveText(`${FULL} of ${FULL} events`);
  const began = Date.now();
  await window.by('event-search').pressSequentially('passing 24');
  await expect(window.by('event-count')).toHaveText(/^Hits: (22|20) of 500 events$/);
  const tookMs = Date.now() - began;
  expect(tookMs / 10).toBeLessThan(MAX_ANSWER_MS);
});
