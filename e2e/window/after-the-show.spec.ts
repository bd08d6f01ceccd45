import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, whyNoBrowser, type StudioWindow } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

async function openFromOptions(window: StudioWindow, what: string): Promise<void> {
  await window.by('options').click();
  await window.by(`open-${what}`).click();
}

test('a show is over: its report says how long each target was live, and opens as a page', async ({
  window,
  studio: { api },
}) => {
  const row = await window.addTarget('rehearsal', { name: 'Rehearsal' });
  await window.by('start-test-signal').first().click();
  await window.encoderIsLive();
  await expect(row).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  await expect(row.getByTestId('target-health')).toContainText(/good/i);
  await expect.poll(async () => (await api.state()).targets[0]?.bytesSent ?? 0).toBeGreaterThan(50_000);
  await api.call('POST', '/targets/stop-all');
  await api.call('POST', '/ingests/main/test-signal/stop');
  await expect(window.by('show-state')).not.toContainText('ON AIR');

  await openFromOptions(window, 'shows');
  await window.by('show-row').first().click();
  const report = window.by('report-target').filter({ hasText: 'Rehearsal' });
  await expect(report).toContainText('It was never lost.');
  await window.dialogHoldsUp('report of a show');
  const href = await window.by('report-html').getAttribute('href');
  const answer = await window.page.request.get(href ?? '');
  expect([answer.status(), await answer.text()]).toEqual([200, expect.stringContaining('Rehearsal')]);
});

test('a webhook is added and tested: the other side gets a signed request, and the window says so', async ({
  window,
}) => {
  const got: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await openFromOptions(window, 'webhooks');
  await window.by('webhook-add').click();
  await window.by('webhook-name').fill('Bot');
  await window.by('webhook-url').fill(`http://127.0.0.1:${port}/hook`);
  await window.by('webhook-secret').fill('a-secret-of-the-bot');
  await window.by('webhook-save').click();
  await window.by('webhook-row').getByTestId('webhook-test').click();
  await expect(window.by('webhook-delivery')).toContainText('200');
  const [{ headers, body } = { headers: {}, body: '' }] = got;
  const stamp = String(headers['x-relaydeck-timestamp']);
  const signature = createHmac('sha256', 'a-secret-of-the-bot').update(`${stamp}.${body}`).digest('hex');
  expect(headers['x-relaydeck-signature']).toBe(`sha256=${signature}`);
  await window.dialogHoldsUp('webhooks');
  server.close();
});

test('what is muted tells nothing more; a diagnosis is written, and no key is in it', async ({
  window,
  studio: { api },
}) => {
  await window.addTarget('custom', {
    name: 'Away',
    url: 'rtmp://127.0.0.1:9/live',
    key: 'live-key-MARKER',
  });
  await api.call('POST', '/targets/start-all');
  await window.by('start-test-signal').first().click();
  await expect(window.by('notice-toast').first()).toContainText('Nothing accepts connections');
  await openFromOptions(window, 'settings');
  await window.by('settings-notifications').click();
  await window.dialogHoldsUp('notifications');
  await window.by('notice-mute').first().click();
  await expect
    .poll(async () => (await api.call('GET', '/notices')).body)
    .toMatchObject({ mutedCodes: ['connection-refused'] });
  await window.page.keyboard.press('Escape');

  await openFromOptions(window, 'diagnosis');
  await window.by('diagnosis-write').click();
  const path = await window.by('diagnosis-path').textContent();
  const file = readFileSync(path ?? '', 'utf8');
  const { publishUrl } = await api.ingest();
  expect(file).toContain('Away');
  for (const secret of ['MARKER', publishUrl.split('/').at(-1) ?? '']) expect(file).not.toContain(secret);
  await window.dialogHoldsUp('diagnosis');
});
