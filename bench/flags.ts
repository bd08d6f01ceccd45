/**
 * The benchmark's command line.
 * @module
 */
import { parseArgs } from 'node:util';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { SERVERS, type ServerName } from './servers/contestant.ts';

/** What is to be done. */
export type Flags = {
  readonly command: 'table' | 'limits' | 'micro' | 'soak' | 'help';
  readonly scenarios: readonly Scenario[];
  readonly servers: readonly ServerName[];
  readonly runs: number;
  /** Measured time of each run. */
  readonly seconds: number;
  /** For a JIT, before each of its runs. */
  readonly warmUpSeconds: number;
  readonly profile: boolean;
  /** Nothing was narrowed down: the table may stand in docs/performance.md. */
  readonly isWhole: boolean;
  readonly soakHours: number;
};

/** Shown for --help. */
export const HELP = `npm run bench -- [command] [flags]

commands
  (none)              the table of docs/performance.md, limits and micro-benchmarks: about 25 minutes
  limits              start-up, idle, RTMPS, memory, event loop
  micro               chunk reader and writer
  soak                hours of coming and going with faults; reports drift

flags
  --scenario A,B      only these: ${SCENARIOS.map(({ name }) => name).join(', ')}
  --servers A,B       only these: ${SERVERS.join(', ')}
  --runs N            runs of each, the median counts (3)
  --seconds N         measured time of a run (10)
  --warm-up N         seconds for a JIT before each of its runs (20)
  --quick             one run of 5 s, 6 s of warm-up; changes no file
  --profile           our server with --cpu-prof; profiles in test-results/bench/
  --hours N           of soak (1; 0.1 is six minutes)
`;

const OPTIONS = {
  scenario: { type: 'string' },
  servers: { type: 'string' },
  runs: { type: 'string' },
  seconds: { type: 'string' },
  'warm-up': { type: 'string' },
  hours: { type: 'string' },
  quick: { type: 'boolean' },
  profile: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const COMMANDS = ['table', 'limits', 'micro', 'soak'] as const;

/** @throws {Error} With words for whoever typed it. */
export function readFlags(args: readonly string[]): Flags {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [wanted = 'table', ...more] = positionals;
  const command = COMMANDS.find((name) => name === wanted);
  if (command === undefined || more.length > 0) {
    throw new Error(`"${positionals.join(' ')}" is no command; there are ${COMMANDS.join(', ')}`);
  }
  const { quick = false, profile = false } = values;
  const scenarios = namesOf('--scenario', values.scenario, SCENARIOS, ({ name }) => name);
  const servers = namesOf('--servers', values.servers, SERVERS, (name) => name);
  return {
    command: values.help === true ? 'help' : command,
    scenarios,
    servers,
    runs: numberOf('--runs', values.runs, { otherwise: quick ? 1 : 3, least: 1, whole: true }),
    seconds: numberOf('--seconds', values.seconds, { otherwise: quick ? 5 : 10, least: 1 }),
    warmUpSeconds: numberOf('--warm-up', values['warm-up'], { otherwise: quick ? 6 : 20, least: 0 }),
    profile,
    isWhole: !quick && !profile && scenarios.length === SCENARIOS.length && servers.length === SERVERS.length,
    soakHours: numberOf('--hours', values.hours, { otherwise: 1, least: 0.01 }),
  };
}

function namesOf<T>(
  flag: string,
  text: string | undefined,
  all: readonly T[],
  nameOf: (one: T) => string,
): readonly T[] {
  if (text === undefined) return all;
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !all.some((one) => nameOf(one) === name));
  if (unknown !== undefined)
    throw new Error(`${flag}: there is no "${unknown}"; there are ${all.map(nameOf).join(', ')}`);
  return all.filter((one) => wanted.includes(nameOf(one)));
}

function numberOf(
  flag: string,
  text: string | undefined,
  { otherwise, least, whole = false }: { otherwise: number; least: number; whole?: boolean },
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value >= least) || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
    throw new Error(`${flag}: "${text}" is not a ${whole ? 'whole ' : ''}number from ${least} on`);
  }
  return value;
}
