/**
 * Plain TCP for questions and for rubbish.
 * @module
 */
import { connect, type Socket } from 'node:net';

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
