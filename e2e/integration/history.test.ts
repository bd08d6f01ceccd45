import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ShowReport, ShowSummary } from '../../src-shared/model/show-report.ts';
import { publishWithFfmpeg, recordWithNginx } from '../harness/peers.ts';
import { startStudio, type Api } from '../harness/studio.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

const gate = needs('ffmpeg', 'nginx', 'nginx-rtmp');
/** A killed studio may have this much of its history still to write, ms. */
const MOST_LOST_MS = 2_000;

async function newestReport(api: Api): Promise<ShowReport> {
  const shows = (await api.call('GET', '/history')).body as readonly ShowSummary[];
  return (await api.call('GET', `/history/${shows[0]?.id ?? 'none'}`)).body as ShowReport;
}

describe.skipIf(gate.missing)(`the history of a show${gate.words}`, () => {
  test('two targets lost, the encoder gone for a while, the studio killed: the report names all with times and causes', async (context) => {
    const stage = openStage(context);
    const one = await recordWithNginx(stage, { name: 'one' });
    const two = await recordWithNginx(stage, { name: 'two' });
    const { api, child, dataDir } = await startStudio(stage);
    const toOne = await api.addTarget({
      name: 'One',
      url: one.url,
      streamKey: 'KEY-MARKER-1',
      enabled: true,
    });
    const toTwo = await api.addTarget({
      name: 'Two',
      url: two.url,
      streamKey: 'KEY-MARKER-2',
      enabled: true,
    });
    const { publishUrl } = await api.ingest();
    const encoder = await publishWithFfmpeg(stage, publishUrl);
    await api.targetIs(toOne.id, 'live', 60_000);
    await api.targetIs(toTwo.id, 'live');
    await sleep(3_000);
    const times: number[] = [];
    for (const [recorder, target] of [
      [one, toOne],
      [two, toTwo],
    ] as const) {
      times.push(Date.now());
      await recorder.child.kill();
      await api.targetIs(target.id, 'retrying', 10_000);
      await recordWithNginx(stage, { name: `${target.name}-back`, port: recorder.port });
      await api.targetIs(target.id, 'live', 45_000);
    }
    times.push(Date.now());
    await encoder.child.kill();
    await api.ingestIs('holding', 10_000);
    await sleep(2_000);
    await publishWithFfmpeg(stage, publishUrl, { name: 'encoder-again' });
    await api.ingestIs('live', 20_000);
    await sleep(4_000);
    const killedAt = Date.now();
    await child.kill();

    const again = await startStudio(stage, { name: 'studio-again', dataDir });
    const report = await newestReport(again.api);
    expect(Math.abs(Date.parse(report.show.lastSeenAt) - killedAt)).toBeLessThan(MOST_LOST_MS);
    const [first, second] = ['One', 'Two'].map((name) =>
      report.targets.find((target) => target.name === name),
    );
    const near = (at: string | undefined, wanted: number | undefined): void => {
      expect(Math.abs(Date.parse(at ?? '') - (wanted ?? NaN))).toBeLessThan(5_000);
    };
    expect([first?.outages.length, second?.outages.length, report.encoderOutages.length]).toEqual([1, 1, 1]);
    near(first?.outages[0]?.at, times[0]);
    near(second?.outages[0]?.at, times[1]);
    near(report.encoderOutages[0]?.at, times[2]);
    expect(first?.outages[0]).toMatchObject({ code: 'connection-lost' });
    expect(first?.outages[0]?.cause).toMatch(/The connection to .* was lost/);
    expect([first?.reconnects, second?.reconnects]).toEqual([1, 1]);
    expect(report.encoder).toMatch(/H\.264.*640×360/);
    const page = await fetch(
      `${again.ready.httpUrl}/api/v1/history/${report.show.id}/report.html?token=${again.ready.token}`,
    );
    const text = await page.text();
    expect([page.status, page.headers.get('content-type'), text.includes('One')]).toEqual([
      200,
      'text/html; charset=utf-8',
      true,
    ]);
    expect(JSON.stringify(report) + text).not.toContain('KEY-MARKER');
    await until(
      'it is shown as over or going on',
      async () => (await newestReport(again.api)).show.id === report.show.id,
    );
    expect((await again.api.call('GET', '/history/nothing')).status).toBe(404);

    const diagnosis = (await again.api.call('POST', '/diagnosis')).body as { readonly path: string };
    const file = readFileSync(diagnosis.path, 'utf8');
    expect(file).toContain(report.show.id);
    for (const secret of ['KEY-MARKER', again.ready.token, publishUrl.split('/').at(-1) ?? ''])
      expect(file).not.toContain(secret);
    expect((await again.child.stop('SIGTERM', 10_000)).code).toBe(0);
  }, 180_000);
});
