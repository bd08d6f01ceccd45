import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startStudio } from '../harness/studio.ts';
import { ROOT } from '../harness/tools.ts';
import { openStage } from './open-stage.ts';

describe('npm start', () => {
  const gate = process.platform !== 'linux';
  test.skipIf(gate)(
    `without a display one line says why, and the window is served to a browser${gate ? ' (skipped: only Linux can be without)' : ''}`,
    async (context) => {
      const stage = openStage(context);
      const flags = ['--data-dir', stage.folder('data'), '--rtmp-port', '0', '--http-port', '0'];
      const script = join(ROOT, 'src-main/shell/start.mjs');
      const child = stage.start('npm-start', process.execPath, [script, ...flags], {
        DISPLAY: '',
        WAYLAND_DISPLAY: '',
      });
      const [address] = await child.says(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/, 60_000);
      expect(child.stdout + child.stderr).toMatch(/^.*(display|Electron).*$/im);
      const page = await fetch(address);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id=');
      expect((await child.stop('SIGINT', 10_000)).code).toBe(0);
    },
  );
});

describe('the headless studio', () => {
  test('the ready line is the first on stdout, and says where everything is', async (context) => {
    const stage = openStage(context);
    const { ready, child } = await startStudio(stage);
    expect(ready).toMatchObject({ event: 'ready', pid: child.pid });
    expect(ready.rtmpUrl).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live$/);
    expect(ready.httpUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(ready.uiUrl).toBe(`${ready.httpUrl}/?token=${ready.token}`);
    expect((await fetch(ready.uiUrl)).headers.get('content-type')).toContain('text/html');
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
  });

  test('describes its API, gives metrics, and tells the state first to who listens for events', async (context) => {
    const stage = openStage(context);
    const { ready, api } = await startStudio(stage);
    const described = (await api.call('GET', '/openapi.json')).body as { paths: Record<string, unknown> };
    const paths = Object.keys(described.paths).join(' ');
    for (const path of ['/state', '/ingests', '/targets', '/start', '/stop', '/events'])
      expect(paths).toContain(path);

    const headers = { authorization: `Bearer ${ready.token}` };
    const metrics = await (await fetch(`${ready.httpUrl}/metrics`, { headers })).text();
    expect(metrics).toMatch(/^relaydeck_\w+/m);

    const stop = new AbortController();
    const events = await fetch(`${ready.httpUrl}/api/v1/events`, { headers, signal: stop.signal });
    const first = await events.body?.getReader().read();
    stop.abort();
    expect(new TextDecoder().decode(first?.value as Uint8Array)).toMatch(/snapshot/);
    expect(Object.keys(await api.state())).toEqual(
      expect.arrayContaining(['ingests', 'targets', 'events', 'uplink', 'version']),
    );
  });

  test('an ingest is made, changed and deleted; the key it is given is kept', async (context) => {
    const stage = openStage(context);
    const { api } = await startStudio(stage);
    const made = await api.call('POST', '/ingests', {
      name: 'Second camera',
      streamKey: 'abc',
      holdSeconds: 0,
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Second camera', streamKey: 'abc', state: 'waiting', encoder: null },
    });
    const { id, warnings } = made.body as { id: string; warnings: readonly string[] };
    expect(warnings.length).toBeGreaterThan(0);
    expect(await api.call('PATCH', `/ingests/${id}`, { holdSeconds: 5 })).toMatchObject({
      status: 200,
      body: { holdSeconds: 5 },
    });
    expect((await api.call('DELETE', `/ingests/${id}`)).status).toBeLessThan(300);
    expect(await api.call('GET', `/ingests/${id}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'no-such-ingest' } },
    });
    expect((await api.ingest()).id).toBe('main');
  });
});
