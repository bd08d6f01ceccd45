import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { startStudio } from '../harness/studio.ts';
import { expect, StudioWindow, test, whyNoBrowser, whyNoEncoder, whyNoServer } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

const PASSPHRASE = 'a rainy day in Reykjavik';

async function openFromOptions(window: StudioWindow, what: string): Promise<void> {
  await window.by('options').click();
  await window.by(`open-${what}`).click();
}

/** Saves the file as a streamer does, and gives its path. */
async function exported(window: StudioWindow, to: string): Promise<string> {
  const download = window.page.waitForEvent('download');
  await window.by('export-save').click();
  const file = await download;
  const path = join(to, file.suggestedFilename());
  await file.saveAs(path);
  await expect(window.by('export-saved')).toContainText(file.suggestedFilename());
  return path;
}

test('targets move to another studio with their keys, and go live there', async ({
  stage,
  studio,
  window,
  page,
}) => {
  test.skip(whyNoEncoder !== undefined, whyNoEncoder);
  test.skip(whyNoServer !== undefined, whyNoServer);
  const server = await recordWithNginx(stage);
  await window.addTarget('custom', { name: 'Archive', url: server.url, key: 'MARKER-archive' });
  await window.addTarget('custom', { name: 'Mirror', url: server.url, key: 'MARKER-mirror' });

  await openFromOptions(window, 'export');
  await expect(window.by('export-dialog')).toContainText('will hold no keys');
  const bare = readFileSync(await exported(window, stage.folder('without')), 'utf8');
  expect(bare).toContain('Archive');
  expect(bare).not.toContain('MARKER');

  await window.by('export-with-keys').check();
  await window.by('export-passphrase').fill('short');
  await window.by('export-repeat').fill('other');
  await window.by('export-save').click();
  await expect(window.by('export-dialog')).toContainText('not the same');
  await window.by('export-repeat').fill('short');
  await window.by('export-save').click();
  await expect(window.by('export-dialog')).toContainText('Passphrase must be at least 8 characters.');
  await window.dialogHoldsUp('export');
  await window.by('export-passphrase').fill(PASSPHRASE);
  await window.by('export-repeat').fill(PASSPHRASE);
  const path = await exported(window, stage.folder('with'));
  for (const secret of ['MARKER', PASSPHRASE]) expect(readFileSync(path, 'utf8')).not.toContain(secret);
  await page.keyboard.press('Escape');
  for (const { id } of (await studio.api.state()).targets) await studio.api.call('DELETE', `/targets/${id}`);

  const other = await startStudio(stage, { name: 'other' });
  const there = new StudioWindow(page);
  await there.open(other.ready.uiUrl);
  await openFromOptions(there, 'import');
  await there.by('import-file').setInputFiles(path);
  await expect(there.by('import-row')).toHaveCount(2);
  await there.by('import-passphrase').fill('another passphrase');
  await there.by('import-unlock').click();
  await expect(there.by('import-dialog')).toContainText('does not open the file');
  await there.by('import-passphrase').fill(PASSPHRASE);
  await there.by('import-unlock').click();
  await expect(there.by('import-row').first()).toContainText('key ••••hive');
  await there.dialogHoldsUp('import');
  expect((await other.api.state()).targets).toEqual([]);
  await there.by('import-take').click();

  await expect(there.target('Archive')).toHaveAttribute('data-state', 'off');
  await publishWithFfmpeg(stage, (await other.api.ingest()).publishUrl);
  await there.encoderIsLive();
  await there.by('master').click();
  for (const name of ['Archive', 'Mirror']) {
    await expect(there.target(name)).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  }
  const names = (): readonly string[] =>
    server.files().map((file) => file.replace(/.*(MARKER-[a-z]+).*/, '$1'));
  await expect.poll(names).toEqual(expect.arrayContaining(['MARKER-archive', 'MARKER-mirror']));
  await expect(there.by('show-state')).toContainText(/on air/i);
});

test('a second import says what is there, and an import can be taken back', async ({
  stage,
  window,
  studio,
}) => {
  await window.addTarget('custom', { name: 'First', url: 'rtmp://127.0.0.1:9/live', key: 'k-of-first' });
  await openFromOptions(window, 'export');
  const path = await exported(window, stage.folder('files'));
  await window.page.keyboard.press('Escape');
  await window.addTarget('custom', { name: 'Second', url: 'rtmp://127.0.0.1:9/live', key: 'k-of-second' });

  await openFromOptions(window, 'import');
  const broken = join(stage.folder('files'), 'broken.json');
  writeFileSync(broken, readFileSync(path, 'utf8').slice(0, 200));
  await window.by('import-file').setInputFiles(broken);
  await expect(window.by('import-dialog').getByRole('alert')).toContainText('This file is damaged');
  await window.by('import-file').setInputFiles(path);
  const row = window.by('import-row');
  await expect(row).toHaveAttribute('data-match', 'same');
  await expect(row.getByRole('checkbox')).not.toBeChecked();
  await expect(window.by('import-take')).toBeDisabled();
  await row.getByRole('checkbox').check();
  await window.by('import-take').click();
  await expect(window.target('First')).toHaveCount(2);
  await window.by('toast-undo').click();
  await expect(window.target('First')).toHaveCount(1);
  expect((await studio.api.state()).targets.map(({ name }) => name)).toEqual(['First', 'Second']);
});

test('what OBS streams to is found, shown and imported; OBS set to this relay is no target', async ({
  stage,
  page,
  context,
}) => {
  const home = stage.folder('home');
  const profile = (folder: string, ini: string, service: object): void => {
    const path = join(home, 'obs-studio/basic/profiles', folder);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'basic.ini'), `\uFEFF[General]\nName=${ini}\n`);
    writeFileSync(join(path, 'service.json'), JSON.stringify(service));
  };
  const studio = await startStudio(stage, { name: 'beside-obs', env: { HOME: home, XDG_CONFIG_HOME: home } });
  const common = (service: string, key: string) => ({
    type: 'rtmp_common',
    settings: { service, server: 'auto', key, bwtest: false },
  });
  profile('Stream', 'Stream', common('Twitch', 'live_123_MARKER_abcd'));
  profile('Relay', 'To the relay', {
    type: 'rtmp_custom',
    settings: { server: studio.ready.rtmpUrl, key: 'k', use_auth: false },
  });
  profile('Old', 'Old', { type: 'rtmp_common' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: studio.ready.httpUrl });
  const window = new StudioWindow(page);
  await window.open(studio.ready.uiUrl);
  await window.by('import-targets').click();
  await window.by('find-in-obs').click();

  const dialog = window.by('import-dialog');
  await expect(dialog).toContainText('OBS profile “Stream” → Twitch, key ••••abcd');
  await expect(dialog).toContainText('that is your encoder');
  await expect(dialog).toContainText('Profile “Old” was skipped');
  expect(await page.content()).not.toContain('MARKER');
  await window.dialogHoldsUp('import from OBS');
  await expect(window.by('import-take')).toHaveText('Import one target');
  await window.by('import-take').click();
  await expect(window.target('Twitch (Stream)')).toHaveAttribute('data-state', 'off');
  const [target] = (await studio.api.state()).targets;
  expect(target).toMatchObject({
    platform: 'twitch',
    url: 'rtmp://live.twitch.tv/app',
    streamKey: '••••abcd',
  });
});
