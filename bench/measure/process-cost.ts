/**
 * What a process has cost so far, as the system counts it. Linux.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';

/** CPU seconds of one thread; `name` as the system knows it. */
export type ThreadCost = { readonly id: string; readonly name: string; readonly seconds: number };

/** What each of its threads has taken; what the system does in its name counts. */
export function threadCosts(pid: number): readonly ThreadCost[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).map((id) => {
    // The same sum as utime and stime of `stat`, in nanoseconds and not in ticks of 10 ms.
    const [running = '0'] = readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ');
    const name = readFileSync(`${tasks}/${id}/comm`, 'utf8').trim();
    return { id, name, seconds: Number(running) / 1e9 };
  });
}

/** What each thread has taken in between; most first. Threads that have ended count no more. */
export function costsSince(
  before: readonly ThreadCost[],
  after: readonly ThreadCost[],
): readonly ThreadCost[] {
  const earlier = new Map(before.map(({ id, seconds }) => [id, seconds]));
  return after
    .map((thread) => ({ ...thread, seconds: thread.seconds - (earlier.get(thread.id) ?? 0) }))
    .sort((a, b) => b.seconds - a.seconds);
}

/** CPU seconds of all threads together. */
export function sumOf(costs: readonly ThreadCost[]): number {
  return costs.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Memory that is its own and in use right now, MiB. */
export function residentMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
