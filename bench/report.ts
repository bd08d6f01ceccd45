/**
 * The figures as tables for people, in docs/performance.md and on the terminal.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Flags } from './flags.ts';
import type { Limit } from './limits.ts';
import { median, type Round } from './measure-round.ts';
import type { Micro } from './micro.ts';
import type { Row } from './run-table.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { SERVER_WORDS, SERVERS, type ServerName } from './servers/contestant.ts';

const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';
/** Readers up to which delays have goals, and these, ms. */
const DELAY_GOALS = { receivers: 50, p50Ms: 3, p99Ms: 8 } as const;
const PEER: ServerName = 'nginx';

/** All that one run of the benchmark has found. */
export type Findings = {
  readonly rows: readonly Row[];
  readonly limits: readonly Limit[];
  readonly micro: readonly Micro[];
};

/** The tables in Markdown. */
export function reportText({ rows, limits, micro }: Findings, flags: Flags): string {
  return [
    placeWords(flags),
    ...(rows.length === 0 ? [] : [cpuTable(rows), delayTable(rows)]),
    ...(limits.length === 0 ? [] : [limitTable(limits)]),
    ...(micro.length === 0 ? [] : [microTable(micro)]),
  ].join('\n\n');
}

/**
 * Puts the tables between the markers; what is written by hand around them stays.
 * @throws {Error} The markers are not there.
 */
export function putBetweenMarkers(page: string, text: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page has no ${BEGIN} … ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${page.slice(end)}`;
}

/** Writes the tables into a page. */
export function writeReport(path: string, text: string): void {
  writeFileSync(path, putBetweenMarkers(readFileSync(path, 'utf8'), text));
}

function placeWords({ runs, seconds, warmUpSeconds }: Flags): string {
  const [first] = cpus();
  const network = process.env['RELAYDECK_BENCH_NETWORK'] ?? 'plain loopback';
  const place = `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, Node.js ${process.version}, ${network}`;
  return `Measured on ${place}; median of ${runs} × ${seconds} s after ${warmUpSeconds} s of warm-up.`;
}

function cpuTable(rows: readonly Row[]): string {
  const servers = SERVERS.filter((server) => rows.some((row) => row.server === server));
  const head = ['CPU s per Gbit', ...servers.map((server) => SERVER_WORDS[server]), 'ratio', 'goal', ''];
  const lines = scenariosOf(rows).map((scenario) => {
    const of = (server: ServerName): number => figure(rows, scenario, server, ({ cpuPerGbit }) => cpuPerGbit);
    const peer = of(PEER);
    const figures = servers.map((server) => withRatio(of(server), peer, server));
    const ratio = of('relaydeck') / peer;
    const verdict = Number.isNaN(ratio) ? ['–', '–', ''] : verdictOf(ratio, scenario.goal);
    return [`${scenario.name}: ${scenario.words}`, ...figures, ...verdict];
  });
  return table(head, lines);
}

function withRatio(value: number, peer: number, server: ServerName): string {
  if (Number.isNaN(value)) return '–';
  const ratio = server === PEER || Number.isNaN(peer) ? '' : ` (${(value / peer).toFixed(2)} ×)`;
  return `${value.toFixed(2)}${ratio}`;
}

function verdictOf(value: number, goal: number): string[] {
  return [value.toFixed(2), `≤ ${goal}`, value <= goal ? 'met' : 'missed'];
}

function delayTable(rows: readonly Row[]): string {
  const head = ['', 'server', 'p50 ms', 'p99 ms', 'memory MiB', 'lost or out of order', 'delay goal'];
  const lines = scenariosOf(rows).flatMap((scenario) =>
    rows
      .filter((row) => row.scenario === scenario)
      .map(({ server, rounds }) => {
        const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
        const [p50, p99] = [of(({ p50Ms }) => p50Ms), of(({ p99Ms }) => p99Ms)];
        const faults = rounds.reduce((sum, round) => sum + round.faults, 0);
        const memory = of(({ rssMib }) => rssMib).toFixed(0);
        const goal = server === 'relaydeck' ? delayVerdict(scenario, p50, p99) : '';
        const words = SERVER_WORDS[server];
        return [scenario.name, words, p50.toFixed(1), p99.toFixed(1), memory, `${faults}`, goal];
      }),
  );
  return table(head, lines);
}

function delayVerdict(scenario: Scenario, p50Ms: number, p99Ms: number): string {
  const receivers = scenario.targetsPerStream + scenario.playersPerStream;
  if (receivers > DELAY_GOALS.receivers) return '';
  return p50Ms <= DELAY_GOALS.p50Ms && p99Ms <= DELAY_GOALS.p99Ms ? 'met' : 'missed';
}

function limitTable(limits: readonly Limit[]): string {
  const lines = limits.map(({ name, value, most, unit }) => [
    name,
    `${value.toFixed(2)} ${unit}`,
    `≤ ${Number(most.toFixed(2))} ${unit}`,
    value <= most ? 'met' : 'missed',
  ]);
  return table(['Relaydeck alone', 'measured', 'limit', ''], lines);
}

function microTable(micro: readonly Micro[]): string {
  const lines = micro.map(({ name, mbPerSecond, objectsPerMessage, heapBytesPerMessage }) => [
    name,
    mbPerSecond.toFixed(0),
    objectsPerMessage.toFixed(1),
    heapBytesPerMessage.toFixed(0),
  ]);
  return table(
    ['alone, 1080p60 at 6 Mbit/s', 'MB/s', 'objects per message', 'heap bytes per message'],
    lines,
  );
}

function figure(
  rows: readonly Row[],
  scenario: Scenario,
  server: ServerName,
  pick: (round: Round) => number,
): number {
  const row = rows.find((one) => one.scenario === scenario && one.server === server);
  return row === undefined ? NaN : median(row.rounds.map(pick));
}

function scenariosOf(rows: readonly Row[]): readonly Scenario[] {
  return SCENARIOS.filter((scenario) => rows.some((row) => row.scenario === scenario));
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line)].join('\n');
}
