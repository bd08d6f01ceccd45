/**
 * One round: a server, a scenario, and what it cost.
 * @module
 */
import { sleep } from '../e2e/harness/until.ts';
import type { Load } from './load/load.ts';
import { costsSince, residentMib, sumOf, threadCosts, type ThreadCost } from './measure/process-cost.ts';
import { receiversOf, type Scenario } from './scenarios.ts';
import type { Contestant } from './servers/contestant.ts';

/** What one round has shown. */
export type Round = {
  /** CPU seconds of the server per Gbit of audio and video that arrived. */
  readonly cpuPerGbit: number;
  /** Of one core. */
  readonly cpuShare: number;
  /** The same CPU seconds, thread by thread. */
  readonly threads: readonly ThreadCost[];
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMib: number;
  /** Messages with a gap before them, twice or out of order, or on a line that was lost. */
  readonly faults: number;
  /** What arrived of what was sent, 0-1; just under 1 what was under way at the ends. */
  readonly arrived: number;
  /** Latest that the publisher was with a message, ms: above a few, the load was short of CPU. */
  readonly publisherLateMs: number;
};

/** Loads a server, lets it settle, and measures it. */
export async function measureRound(
  load: Load,
  server: Contestant,
  { scenario, settleSeconds, seconds }: { scenario: Scenario; settleSeconds: number; seconds: number },
): Promise<Round> {
  await load.begin(scenario, server);
  await sleep(settleSeconds * 1000);
  let [threads, ms] = [threadCosts(server.pid), 0];
  const { published, probe, bulk } = await load.measure(seconds, {
    before: () => {
      threads = threadCosts(server.pid);
      ms = performance.now();
    },
    after: () => {
      threads = costsSince(threads, threadCosts(server.pid));
      ms = performance.now() - ms;
    },
  });
  const cpu = sumOf(threads);
  const rssMib = residentMib(server.pid);
  await load.end(server);
  const gbit = ((probe.bytes + bulk.bytes) * 8) / 1e9;
  const wanted = (published.messages / scenario.streams) * receiversOf(scenario);
  const linesLost = receiversOf(scenario) - probe.streams - bulk.streams + published.lost;
  return {
    cpuPerGbit: cpu / gbit,
    cpuShare: cpu / (ms / 1000),
    threads,
    p50Ms: probe.p50Ms,
    p99Ms: probe.p99Ms,
    rssMib,
    faults: probe.missing + bulk.missing + probe.disordered + bulk.disordered + linesLost,
    arrived: (probe.messages + bulk.messages) / wanted,
    publisherLateMs: published.latestMs,
  };
}

/** The middle one; of an even number the mean of both in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
