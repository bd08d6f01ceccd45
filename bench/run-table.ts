/**
 * All servers through all scenarios. They take turns run by run, so that whatever else the computer does hits all of
 * them alike; a server stays up between its runs. Before each of them a JIT is warmed up.
 * @module
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../e2e/harness/stage.ts';
import { ROOT } from '../e2e/harness/tools.ts';
import type { Flags } from './flags.ts';
import { Load } from './load/load.ts';
import { selfTimes } from './measure/profile.ts';
import { measureRound, type Round } from './measure-round.ts';
import type { Scenario } from './scenarios.ts';
import type { Contestant, ServerName, Task } from './servers/contestant.ts';
import { startNginx } from './servers/nginx.ts';
import { startNodeMediaServer } from './servers/node-media-server.ts';
import { startRelaydeck } from './servers/relaydeck.ts';
import { staged } from './staged.ts';

/** Before any run: connections and their windows settle. */
const SETTLE_SECONDS = 4;
/** Profiles lie here. */
const PROFILES = join(ROOT, 'test-results/bench');
const PROFILE_LINES = 25;

/** The rounds of one server in one scenario. */
export type Row = { readonly scenario: Scenario; readonly server: ServerName; readonly rounds: Round[] };

/** Measures all that the flags ask for, and says each figure as it comes. */
export async function runTable(flags: Flags): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const scenario of flags.scenarios)
    rows.push(...(await staged(scenario.name, (stage) => runScenario(stage, scenario, flags))));
  return rows;
}

async function runScenario(stage: Stage, scenario: Scenario, flags: Flags): Promise<readonly Row[]> {
  const load = await Load.start(stage);
  const task = { streams: scenario.streams, targets: load.targets(scenario) };
  const profiles = join(PROFILES, scenario.name);
  const servers: Contestant[] = [];
  for (const name of flags.servers) servers.push(await startServer(stage, name, { task, flags, profiles }));
  const rows = servers.map(({ name }): Row => ({ scenario, server: name, rounds: [] }));
  for (let run = 0; run < flags.runs; run++) {
    for (const [n, server] of servers.entries()) {
      // In each run, since everybody connects anew, and that is new ground to a JIT: what it took for granted of the
      // connections before is gone.
      const warmUpSeconds = server.name === 'nginx' ? 0 : flags.warmUpSeconds;
      const settleSeconds = Math.max(SETTLE_SECONDS, warmUpSeconds);
      const round = await measureRound(load, server, { scenario, settleSeconds, seconds: flags.seconds });
      rows[n]?.rounds.push(round);
      console.log(roundWords(scenario, server.name, { round, run }));
    }
  }
  for (const server of servers) await server.stop();
  const ours = rows.find(({ server }) => server === 'relaydeck');
  if (flags.profile && ours !== undefined) sayProfile(profiles, ours, flags);
  return rows;
}

function startServer(
  stage: Stage,
  name: ServerName,
  { task, flags, profiles }: { task: Task; flags: Flags; profiles: string },
): Promise<Contestant> {
  if (name === 'nginx') return startNginx(stage, task);
  if (name === 'node-media-server') return startNodeMediaServer(stage, task);
  if (!flags.profile) return startRelaydeck(stage, task);
  rmSync(profiles, { recursive: true, force: true });
  return startRelaydeck(stage, task, { nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${profiles}`] });
}

function sayProfile(folder: string, { rounds }: Row, { warmUpSeconds }: Flags): void {
  const threads = rounds.at(-1)?.threads.filter(({ seconds }) => seconds >= 0.001) ?? [];
  const parts = threads.map(({ name, id, seconds }) => `${name} ${id} ${(seconds * 1000).toFixed(0)} ms`);
  console.log(`\nCPU of our threads while measured: ${parts.join(', ')}`);
  console.log(`own time of our functions, profile in ${folder}`);
  for (const { where, ms, share } of selfTimes(folder, {
    skipMs: warmUpSeconds * 1000,
    most: PROFILE_LINES,
  })) {
    console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${ms.toFixed(0).padStart(6)} ms  ${where}`);
  }
  console.log('');
}

function roundWords(
  scenario: Scenario,
  server: ServerName,
  { round, run }: { round: Round; run: number },
): string {
  const { cpuPerGbit, cpuShare, p50Ms, p99Ms, rssMib, faults, arrived, publisherLateMs } = round;
  return [
    scenario.name.padEnd(10),
    server.padEnd(17),
    `run ${run + 1}`,
    `${cpuPerGbit.toFixed(2)} CPU s/Gbit`.padStart(16),
    `${(cpuShare * 100).toFixed(0)} % of a core`.padStart(16),
    `p50 ${p50Ms.toFixed(1)} p99 ${p99Ms.toFixed(1)} ms`.padStart(23),
    `${rssMib.toFixed(0)} MiB`.padStart(8),
    `arrived ${(arrived * 100).toFixed(1)} %`.padStart(16),
    `faults ${faults}`,
    `publisher late ${publisherLateMs.toFixed(0)} ms`,
  ].join('  ');
}
