/**
 * Where a process spent its time, read from what `--cpu-prof` has written.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The part of V8's profile format that is read here. */
type CpuProfile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** µs before each sample. */
  readonly timeDeltas: readonly number[];
};

/** Time in one function itself. */
export type SelfTime = { readonly where: string; readonly ms: number; readonly share: number };

const IDLE = '(idle)';

/**
 * Functions of the main thread by their own time, of all time that it was not idle; most first.
 * @param options.skipMs What lies before this is left out: start-up and warm-up.
 */
export function selfTimes(
  folder: string,
  { skipMs, most }: { skipMs: number; most: number },
): readonly SelfTime[] {
  const file = readdirSync(folder).find((name) => /^CPU\.\d+\.\d+\.\d+\.0\..*\.cpuprofile$/.test(name));
  if (file === undefined) throw new Error(`no profile of a main thread in ${folder}`);
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  let atMs = 0;
  profile.samples.forEach((id, n) => {
    const ms = (profile.timeDeltas[n] ?? 0) / 1000;
    atMs += ms;
    const where = names.get(id) ?? IDLE;
    if (atMs > skipMs) times.set(where, (times.get(where) ?? 0) + ms);
  });
  times.delete(IDLE);
  const busyMs = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  return [...times]
    .map(([where, ms]) => ({ where, ms, share: ms / busyMs }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, most);
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  return url === '' ? name : `${name} ${basename(url)}:${lineNumber + 1}`;
}
