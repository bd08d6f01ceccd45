/**
 * Plain TCP for questions and for rubbish.
 * @module
 */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { sleep, until } from './until.ts';

/** A connected socket. */
export function dial(port: number, timeoutMs = 5_000): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no connection to port ${port} within ${timeoutMs} ms`));
    }, timeoutMs);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** Whether somebody listens on a port. */
export async function canConnect(port: number): Promise<boolean> {
  try {
    (await dial(port, 1_000)).destroy();
    return true;
  } catch {
    return false;
  }
}

/**
 * Waits until somebody listens on a port of 127.0.0.1 without asking there, for a server that takes one connection only.
 * Where the system has no table to look at, it is given a second.
 */
export async function untilListening(port: number): Promise<void> {
  if (process.platform !== 'linux') await sleep(1_000);
  else
    await until(`port ${port} is listened on`, () =>
      isListenedOn(readFileSync('/proc/net/tcp', 'utf8'), port),
    );
}

/** The same in what /proc/net/tcp has said: state 0A. */
export function isListenedOn(table: string, port: number): boolean {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').some((row) => {
    const [, local = '', , state] = row.trim().split(/\s+/);
    return state === '0A' && local.endsWith(end);
  });
}

/** Sends bytes, then waits until the other side ends the connection; false when it does not in time. */
export async function sendAndAwaitEnd(port: number, bytes: Uint8Array, timeoutMs: number): Promise<boolean> {
  const socket = await dial(port);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(false);
    }, timeoutMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(true);
    });
    socket.resume();
    socket.write(bytes);
  });
}

/** States of /proc/net/tcp in which the end that is looked at has not closed: established, and closed by the other. */
const NOT_CLOSED = new Set(['01', '08']);

/** Connections to a port of 127.0.0.1 that whoever made them has not closed, as the system counts them. */
export function connectionsTo(port: number): number {
  return connectionsIn(readFileSync('/proc/net/tcp', 'utf8'), port);
}

/**
 * The same in what /proc/net/tcp has said. The system hands the table over in parts and begins each anew where it
 * thinks it has left off: a connection is there twice when others have come meanwhile.
 */
export function connectionsIn(table: string, port: number): number {
  const wanted = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const makers = new Set<string>();
  for (const row of table.split('\n')) {
    const [, local = '', remote, state = ''] = row.trim().split(/\s+/);
    if (remote === wanted && NOT_CLOSED.has(state)) makers.add(local);
  }
  return makers.size;
}
