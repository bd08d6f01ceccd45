/**
 * What our own server must keep to, whatever peers do: start-up, idle, RTMPS, memory, event loop.
 * @module
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Stage } from '../e2e/harness/stage.ts';
import { launchStudio, startStudio, type ReadyLine } from '../e2e/harness/studio.ts';
import { findTool, ROOT } from '../e2e/harness/tools.ts';
import { sleep, until } from '../e2e/harness/until.ts';
import type { Flags } from './flags.ts';
import { Load } from './load/load.ts';
import { costsSince, sumOf, threadCosts } from './measure/process-cost.ts';
import { measureRound, median, type Round } from './measure-round.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { startRelaydeck } from './servers/relaydeck.ts';
import { staged } from './staged.ts';

/** A figure and what it must not exceed. */
export type Limit = {
  readonly name: string;
  readonly value: number;
  readonly most: number;
  readonly unit: string;
};

const STARTS = 5;
/** V8 tidies up after the start 8 s later: that is no idling. */
const IDLE_AFTER_MS = 15_000;
const IDLE_MS = 20_000;
/** RTMPS against plain RTMP, beside the cipher itself. */
const TLS_TIMES = 1.3;
const CIPHER = 'aes-256-gcm';

/** Measures all of them. */
export async function runLimits(flags: Flags): Promise<readonly Limit[]> {
  const limits = [
    await staged('start-up', startUp),
    ...(await staged('window', windowUsable)),
    await staged('idle', idle),
  ];
  const { plain, tls } = await staged('plain', (stage) =>
    staged('rtmps', (tlsStage) => withAndWithoutTls(stage, tlsStage, flags)),
  );
  const many = await staged('players', async (stage) => {
    const measure = await ready(stage, flags, { name: 'play-200', tls: false });
    return measure();
  });
  const cipher = cipherSecondsPerGbit();
  limits.push(
    ...(cipher === undefined
      ? []
      : [
          {
            name: '20 RTMPS targets, CPU per Gbit',
            value: median(tls.map(({ cpuPerGbit }) => cpuPerGbit)),
            most: TLS_TIMES * median(plain.map(({ cpuPerGbit }) => cpuPerGbit)) + cipher,
            unit: 's',
          },
        ]),
    {
      name: 'memory with 20 targets',
      value: plain[0]?.rssMib ?? NaN,
      most: 120,
      unit: 'MiB',
    },
    { name: 'memory with 200 players', value: many.rssMib, most: 140, unit: 'MiB' },
    await staged('event-loop', (stage) => eventLoop(stage, flags)),
  );
  return limits;
}

/** From starting the program to its ready line. */
async function startUp(stage: Stage): Promise<Limit> {
  const times: number[] = [];
  for (let n = 0; n < STARTS; n++) {
    const dir = stage.folder(`data-${n}`);
    const began = performance.now();
    const flags = ['--json', '--data-dir', dir, '--rtmp-port', '0', '--http-port', '0'];
    const child = launchStudio(stage, `start-${n}`, flags);
    await until('it is ready', () => child.stdout.includes('"ready"'), { everyMs: 2 });
    times.push((performance.now() - began) / 1000);
    await child.stop();
  }
  return { name: 'start-up to the ready line', value: median(times), most: 1, unit: 's' };
}

/** From the ready line to a window that can be used, in a browser that runs; none without one. */
async function windowUsable(stage: Stage): Promise<readonly Limit[]> {
  const executablePath = findTool('chromium');
  if (executablePath === undefined) return [];
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const times: number[] = [];
  try {
    for (let n = 0; n < STARTS; n++) {
      const { ready, child } = await startStudio(stage, { name: `window-${n}` });
      const began = performance.now();
      const page = await browser.newPage();
      await page.goto(ready.uiUrl);
      await page.getByTestId('show-state').waitFor();
      await page.getByTestId('add-target').click({ trial: true });
      times.push((performance.now() - began) / 1000);
      await page.close();
      await child.stop();
    }
  } finally {
    await browser.close();
  }
  return [{ name: 'window usable after the ready line', value: median(times), most: 2, unit: 's' }];
}

async function idle(stage: Stage): Promise<Limit> {
  const { ready } = await startStudio(stage);
  await sleep(IDLE_AFTER_MS);
  const before = threadCosts(ready.pid);
  await sleep(IDLE_MS);
  const share = sumOf(costsSince(before, threadCosts(ready.pid))) / (IDLE_MS / 1000);
  return { name: 'idle', value: share * 100, most: 0.3, unit: '% of a core' };
}

/** A server that stands, and the way to measure it with everybody connecting anew. */
async function ready(
  stage: Stage,
  flags: Flags,
  { name, tls }: { name: string; tls: boolean },
): Promise<() => Promise<Round>> {
  const scenario = scenarioNamed(name);
  const load = await Load.start(stage, { tls });
  const server = await startRelaydeck(stage, { streams: scenario.streams, targets: load.targets(scenario) });
  const { warmUpSeconds: settleSeconds, seconds } = flags;
  return () => measureRound(load, server, { scenario, settleSeconds, seconds });
}

/** In the same seconds: what else the computer does changes more from minute to minute than TLS costs. */
async function withAndWithoutTls(
  stage: Stage,
  tlsStage: Stage,
  flags: Flags,
): Promise<{ readonly plain: readonly Round[]; readonly tls: readonly Round[] }> {
  const measurePlain = await ready(stage, flags, { name: 'push-20', tls: false });
  const measureTls = await ready(tlsStage, flags, { name: 'push-20', tls: true });
  const [plain, tls]: [Round[], Round[]] = [[], []];
  for (let run = 0; run < flags.runs; run++) {
    const [without, withTls] = await Promise.all([measurePlain(), measureTls()]);
    plain.push(without);
    tls.push(withTls);
  }
  return { plain, tls };
}

/** Twenty targets, and the lines that a window keeps: its bridge and the live picture. */
async function eventLoop(stage: Stage, flags: Flags): Promise<Limit> {
  const scenario = scenarioNamed('push-20');
  const load = await Load.start(stage);
  const file = join(stage.dir, 'loop.json');
  const server = await startRelaydeck(
    stage,
    { streams: scenario.streams, targets: load.targets(scenario) },
    {
      nodeFlags: ['--import', join(ROOT, 'bench/measure/loop-watch.mjs')],
      env: { RELAYDECK_LOOP_FILE: file },
    },
  );
  await load.begin(scenario, server);
  const close = openWindow(server.studio.ready);
  await sleep(flags.warmUpSeconds * 1000);
  process.kill(server.pid, 'SIGUSR2');
  await sleep(flags.seconds * 1000);
  process.kill(server.pid, 'SIGUSR2');
  await sleep(500);
  close();
  const { p99Ms } = JSON.parse(readFileSync(file, 'utf8')) as { readonly p99Ms: number };
  return { name: 'event loop late with the window open, p99', value: p99Ms, most: 5, unit: 'ms' };
}

function openWindow({ httpUrl, token }: ReadyLine): () => void {
  const socket = new WebSocket(`${httpUrl.replace(/^http/, 'ws')}/bridge?token=${token}`);
  socket.once('open', () => {
    socket.send('{"kind":"subscribe"}');
  });
  const picture = new AbortController();
  const shown = fetch(`${httpUrl}/preview/main.flv?token=${token}`, { signal: picture.signal });
  // Read and thrown away until it is closed, which ends it with an error.
  shown.then((response) => response.arrayBuffer()).catch(() => undefined);
  return () => {
    picture.abort();
    socket.terminate();
  };
}

/** CPU seconds that the cipher itself takes for a Gbit, in TLS's largest records; undefined without OpenSSL. */
function cipherSecondsPerGbit(): number | undefined {
  const path = findTool('openssl');
  if (path === undefined) return undefined;
  const args = ['speed', '-mr', '-seconds', '2', '-bytes', '16384', '-evp', CIPHER];
  const said = execFileSync(path, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const bytesPerSecond = Number(/^\+F:\d+:[^:]+:([\d.]+)$/m.exec(said)?.[1]);
  return 1e9 / 8 / bytesPerSecond;
}

function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return found;
}
