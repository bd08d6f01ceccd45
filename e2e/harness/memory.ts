/**
 * How much memory a Node program holds, told apart from what its next garbage collection would give back.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import type { Child } from './child.ts';

/** For a program whose memory will be asked for: its debugger takes any free port of this computer only. */
export const MEASURABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' } as const;

const ANSWER_MS = 20_000;

/** Memory the system counts as the program's own right after a garbage collection, KiB. */
export async function heldKib(child: Child): Promise<number> {
  await collectGarbage(child);
  return residentKib(child);
}

/** The same as it stands, with what is not collected yet, KiB. */
export function residentKib(child: Child): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
}

/** Files and sockets it holds open. */
export function openFiles(child: Child): number {
  return readdirSync(`/proc/${child.pid}/fd`).length;
}

const addresses = new WeakMap<Child, string>();

async function debuggerOf(child: Child): Promise<string> {
  const known = addresses.get(child);
  if (known !== undefined) return known;
  process.kill(child.pid, 'SIGUSR1');
  const said = await child.says(/Debugger listening on (ws:\S+)/);
  const address = said[1] ?? '';
  addresses.set(child, address);
  return address;
}

async function collectGarbage(child: Child): Promise<void> {
  const socket = new WebSocket(await debuggerOf(child));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${child.name} did not collect its garbage within ${ANSWER_MS} ms`));
    }, ANSWER_MS);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.once('error', end);
    socket.once('open', () => {
      socket.send('{"id":1,"method":"HeapProfiler.collectGarbage"}');
    });
    socket.once('message', () => {
      end();
    });
  }).finally(() => {
    socket.terminate();
  });
}
