import type { Page } from '@playwright/test';
import { ScriptedClient } from '../harness/scripted-client.ts';
import type { Api } from '../harness/studio.ts';
import { expect, test, type StudioWindow, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

/** Places that are nowhere: `.invalid` is never found, port 9 of this computer has nobody. */
const OWN_SERVER = 'own-server.invalid';
const BACKUP_SERVER = 'second-server.invalid';
const HOOK_SERVER = 'hooks.invalid';
const PROXY = '10.98.76.54';
const FOREIGN_IP = '10.12.34.56';
const TARGET_KEY = 'live_4242_TargetKeyABCD';

/** Which of the secrets can be read or hovered anywhere on the page, each with where. Dots of a password field are none. */
async function seen(page: Page, secrets: readonly string[]): Promise<readonly string[]> {
  return page.evaluate<string[]>(
    `((secrets) => {
      const shown = ['title', 'aria-label', 'aria-valuetext', 'aria-description', 'alt', 'placeholder', 'href'];
      const places = [['document.title', document.title]];
      for (const element of document.querySelectorAll('body *:not(script, style)')) {
        const where = element.tagName + ' ' + (element.dataset?.testid ?? '');
        for (const node of element.childNodes) if (node.nodeType === 3) places.push([where, node.data]);
        for (const name of shown) places.push([where + ' ' + name, element.getAttribute(name) ?? '']);
        if (element.matches('input:not([type=password], [type=radio], [type=checkbox]), textarea')) places.push([where + ' value', element.value]);
      }
      return places.flatMap(([where, text]) =>
        secrets.filter((secret) => text.includes(secret)).map((secret) => secret + ' in ' + where + ': ' + text.slice(0, 200)));
    })(${JSON.stringify(secrets)})`,
  );
}

/** A studio full of keys and addresses. Gives all that nobody may see. */
async function fill(api: Api, token: string): Promise<readonly string[]> {
  const patched = await api.call('PATCH', '/ingests/main', { backup: true });
  expect(patched.status).toBe(200);
  const wishes = [
    {
      name: 'Own server',
      url: `rtmp://${OWN_SERVER}/app`,
      streamKey: TARGET_KEY,
      backupUrl: `rtmp://${BACKUP_SERVER}/app`,
      backupMode: 'on-failure',
    },
    { name: 'By proxy', url: 'rtmp://127.0.0.1:9/live', streamKey: 'k2', proxy: `socks5://${PROXY}:1080` },
  ];
  for (const wish of wishes) expect((await api.call('POST', '/targets', wish)).status).toBe(201);
  const hook = { name: 'Bot', url: `https://${HOOK_SERVER}/in`, enabled: true };
  expect((await api.call('POST', '/webhooks', hook)).status).toBe(201);
  const ingest = await api.ingest();
  const { port } = new URL(ingest.serverUrl.replace('rtmp:', 'http:'));
  const stranger = await ScriptedClient.shakeHands(Number(port));
  await stranger.publish(await stranger.connect('live', ingest.serverUrl), 'a-wrong-key');
  stranger.close();
  return [
    ...[
      ingest.streamKey,
      ingest.playKey,
      ingest.backup?.streamKey ?? 'none',
      TARGET_KEY,
      TARGET_KEY.slice(-4),
    ],
    ...[OWN_SERVER, BACKUP_SERVER, HOOK_SERVER, PROXY, FOREIGN_IP, '127.0.0.1', 'localhost', '::1', token],
  ];
}

test('while keys and addresses are hidden none is to be seen, in no part of the window; copying still works', async ({
  page,
  studio: { api, ready },
  window,
}) => {
  test.slow();
  const secrets = await fill(api, ready.token);
  const nothingIsSeen = async (where: string): Promise<void> => {
    expect(await seen(page, secrets), where).toEqual([]);
  };
  await window.by('start-test-signal').first().click();
  await window.encoderIsLive();
  await expect(window.target('Own server')).toHaveAttribute('data-state', /retrying|failed/);
  await expect(window.target('By proxy')).toHaveAttribute('data-state', /retrying|failed/);
  if (!(await window.by('event-list').isVisible())) await page.keyboard.press('l');
  expect(await seen(page, secrets), 'they are there to be hidden').not.toEqual([]);
  const key = await window.copied('copy-stream-key');

  await test.step('H hides them and says so', async () => {
    await page.locator('body').click({ position: { x: 2, y: 2 } });
    await page.keyboard.press('h');
    await expect(window.by('discreet-mark')).toHaveText('Keys hidden');
    await window.unfold(page.locator('body'));
    await nothingIsSeen('the one screen');
    await window.axeFindsNothing('keys hidden');
  });
  await test.step('what is copied is what it was, and no word about it', async () => {
    expect(await window.copied('copy-stream-key')).toBe(key);
    await page.evaluate("navigator.clipboard.writeText('')");
    await window.by('copy-events').click();
    await expect
      .poll(() => page.evaluate<string>('navigator.clipboard.readText()'))
      .toContain(`Encoders publish to ${ready.rtmpUrl}`);
    await nothingIsSeen('after copying');
  });
  await test.step('a toast and a notice', async () => {
    await window.by('renew-key').click();
    await window.by('question-confirm').click();
    await window.by('toast-undo').click();
    await nothingIsSeen('toasts');
  });
  await inTheDialogs(page, window, nothingIsSeen);

  await test.step('a click on the mark shows them again', async () => {
    await window.by('discreet-mark').click();
    await expect(window.by('discreet-mark')).toBeHidden();
    await expect(window.by('options')).toBeFocused();
    expect(await seen(page, secrets)).not.toEqual([]);
  });
});

async function inTheDialogs(
  page: Page,
  window: StudioWindow,
  nothingIsSeen: (where: string) => Promise<void>,
): Promise<void> {
  const dialog = page.getByRole('dialog');
  const leave = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await test.step('a target, and a refusal that would name an address', async () => {
    for (const name of ['Own server', 'By proxy']) {
      await window.target(name).getByTestId('target-edit').click();
      await window.unfold(window.by('target-form'));
      await nothingIsSeen(`the form of ${name}`);
      await window.by('target-bind-address').fill(FOREIGN_IP);
      await window.by('target-save').click();
      await expect(dialog).toContainText('is no address of this computer');
      await nothingIsSeen(`the refusal for ${name}`);
      await leave();
    }
  });
  await test.step('an ingest and its addresses', async () => {
    await window
      .by('ingest-main')
      .getByRole('button', { name: /^Edit / })
      .click();
    await window.unfold(window.by('ingest-form'));
    await nothingIsSeen('the form of the ingest');
    await leave();
    await window.by('watch-ingest').click();
    await nothingIsSeen('watch');
    await leave();
    await expect(page.getByRole('button', { name: /^QR code/ })).toBeDisabled();
  });
  for (const what of ['rehearsal', 'shows', 'webhooks', 'diagnosis', 'keys', 'settings']) {
    await test.step(what, async () => {
      await window.by('options').click();
      await window.by(`open-${what}`).click();
      await expect(dialog).toBeVisible();
      if (what === 'shows') await window.by('show-row').first().click();
      if (what === 'diagnosis') {
        await window.by('diagnosis-write').click();
        await expect(window.by('diagnosis-summary')).toBeVisible();
      }
      await expect(dialog).not.toContainText(/Looking|Asking|Putting/);
      await nothingIsSeen(what);
      if (what === 'settings') {
        for (const part of await dialog.getByRole('tab').all()) {
          await part.click();
          await expect(dialog).not.toContainText('Asking');
          await window.unfold(dialog);
          await nothingIsSeen(`settings, ${(await part.textContent()) ?? ''}`);
        }
      }
      if (what === 'webhooks') {
        await window.by('webhook-edit').click();
        await nothingIsSeen('the form of a webhook');
      }
      await leave();
    });
  }
  await test.step('the guide', async () => {
    await window.by('options').click();
    await page.getByRole('menuitem', { name: 'How to connect an encoder' }).click();
    const tabs = window.by('connect-guide').getByRole('tab');
    for (const tab of await tabs.all()) {
      await tab.click();
      await nothingIsSeen(`the guide, ${(await tab.textContent()) ?? ''}`);
    }
  });
}
