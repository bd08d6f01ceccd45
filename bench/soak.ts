/**
 * Hours of a show that must not notice what goes on around it: other encoders, players and targets come and go, some
 * targets are faulty. After each cycle all of these leave, garbage is collected, and memory and handles are taken:
 * what is there then and was not there before, has leaked.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldKib, MEASURABLE, openFiles } from '../e2e/harness/memory.ts';
import type { Stage } from '../e2e/harness/stage.ts';
import { ROOT } from '../e2e/harness/tools.ts';
import { sleep } from '../e2e/harness/until.ts';
import type { Flags } from './flags.ts';
import { Load } from './load/load.ts';
import { median } from './measure-round.ts';
import type { Scenario } from './scenarios.ts';
import { startRelaydeck } from './servers/relaydeck.ts';
import { startVisitors, type Visitors } from './soak-visitors.ts';
import { staged } from './staged.ts';

/** The show that goes on through all of it, every message of it counted. */
const SHOW: Scenario = {
  name: 'soak',
  words: 'two targets and two players',
  streams: 1,
  targetsPerStream: 2,
  playersPerStream: 2,
  videoKbps: 2_500,
  goal: Infinity,
};
const CYCLES = 40;
const CYCLE_SECONDS = { least: 20, most: 300 } as const;
/** Connections close, retries end. */
const QUIET_MS = 4_000;
const REPORT = join(ROOT, 'test-results/bench/soak.json');
/** Until then caches fill and the JIT compiles: a longer run is compared from there on. */
const SETTLED_MINUTE = 5;
/**
 * From the first third to the last, at most. The p99 is told and not judged: it follows whatever else the computer
 * does.
 */
const MOST_DRIFT = { handles: 4, p50Ms: 2, p99Ms: Infinity } as const;
/** The same for memory, as a share: what a heap that is in use gains and loses by itself. */
const MOST_GROWTH = 0.05;

/** How it stood after a cycle; delays and losses are those of the cycle. */
type Sample = {
  readonly minute: number;
  readonly heldMib: number;
  readonly handles: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly faults: number;
};

/** @returns Whether nothing drifts and the show lost nothing. */
export async function runSoak(flags: Flags): Promise<boolean> {
  return report(await staged('soak', (stage) => soak(stage, flags.soakHours * 3600)));
}

async function soak(stage: Stage, totalSeconds: number): Promise<readonly Sample[]> {
  const load = await Load.start(stage);
  const task = { streams: SHOW.streams, targets: load.targets(SHOW) };
  const server = await startRelaydeck(stage, task, { env: MEASURABLE });
  const visitors = await startVisitors(stage, server.studio.api, server.publishUrls[0] ?? '');
  await load.begin(SHOW, server);
  const { least, most } = CYCLE_SECONDS;
  const seconds = Math.min(most, Math.max(least, totalSeconds / CYCLES));
  const began = performance.now();
  const samples: Sample[] = [];
  // The first cycle is for the JIT and for caches, and is not compared.
  while (performance.now() - began < totalSeconds * 1000 || samples.length < 3) {
    const minute = (performance.now() - began) / 60_000;
    const { probe, published } = await cycle(load, visitors, seconds);
    await sleep(QUIET_MS);
    const { child } = server.studio;
    samples.push({
      minute,
      heldMib: (await heldKib(child)) / 1024,
      handles: openFiles(child),
      p50Ms: probe.p50Ms,
      p99Ms: probe.p99Ms,
      faults: probe.missing + probe.disordered + published.lost + (4 - probe.streams),
    });
    console.log(sampleWords(samples.at(-1), visitors.counts()));
  }
  await load.end(server);
  return samples.slice(1);
}

async function cycle(
  load: Load,
  visitors: Visitors,
  seconds: number,
): Promise<Awaited<ReturnType<Load['measure']>>> {
  const nothing = (): void => undefined;
  const measured = load.measure(seconds, { before: nothing, after: nothing });
  await visitors.comeAndGo(seconds * 1000);
  return measured;
}

function sampleWords(sample: Sample | undefined, visits: string): string {
  if (sample === undefined) return '';
  const { minute, heldMib, handles, p50Ms, p99Ms, faults } = sample;
  const figures = `${heldMib.toFixed(1)} MiB held, ${handles} handles, p50 ${p50Ms.toFixed(1)} p99 ${p99Ms.toFixed(1)} ms`;
  return `${minute.toFixed(1).padStart(6)} min  ${figures}, faults ${faults}; ${visits}`;
}

function report(all: readonly Sample[]): boolean {
  const settled = all.filter(({ minute }) => minute >= SETTLED_MINUTE);
  const samples = settled.length >= 3 ? settled : all;
  const third = Math.max(1, Math.floor(samples.length / 3));
  const [first, last] = [samples.slice(0, third), samples.slice(-third)];
  const hours = ((samples.at(-1)?.minute ?? 0) - (samples[0]?.minute ?? 0)) / 60;
  const mib = (some: readonly Sample[]): number => median(some.map(({ heldMib }) => heldMib));
  const growth = mib(last) / mib(first) - 1;
  const percent = `${(growth * 100).toFixed(1)} %, at most ${MOST_GROWTH * 100} %`;
  console.log(`held MiB ${mib(first).toFixed(1)} → ${mib(last).toFixed(1)}, growth ${percent}`);
  let ok = growth <= MOST_GROWTH;
  for (const [figure, most] of Object.entries(MOST_DRIFT) as [keyof typeof MOST_DRIFT, number][]) {
    const of = (some: readonly Sample[]): number => median(some.map((sample) => sample[figure]));
    const drift = of(last) - of(first);
    ok &&= drift <= most;
    const values = `${of(first).toFixed(1)} → ${of(last).toFixed(1)}`;
    const perHour = `${(drift / Math.max(hours, 1 / 60)).toFixed(2)} per hour`;
    const bound = Number.isFinite(most) ? `, at most ${most}` : '';
    console.log(`${figure.padEnd(8)} ${values}, drift ${drift.toFixed(1)} (${perHour})${bound}`);
  }
  const faults = all.reduce((sum, sample) => sum + sample.faults, 0);
  console.log(`faults   ${faults}, at most 0`);
  mkdirSync(join(REPORT, '..'), { recursive: true });
  writeFileSync(REPORT, JSON.stringify(all, null, 2));
  console.log(`${ok && faults === 0 ? 'bounded' : 'NOT bounded'}; samples in ${REPORT}`);
  return ok && faults === 0;
}
