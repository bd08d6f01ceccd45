/**
 * What a process has cost so far, as the system counts it. Linux.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';

/** CPU seconds of all its threads; what the system does in its name counts. */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    // The same sum as utime and stime of `stat`, in nanoseconds and not in ticks of 10 ms.
    const [running = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    nanoseconds += Number(running);
  }
  return nanoseconds / 1e9;
}

/** Memory that is its own and in use right now, MiB. */
export function residentMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
