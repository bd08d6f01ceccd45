/**
 * An RTMP client up to the point where media flows: the product's own session on a plain socket.
 * @module
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { ClientSession } from '../../src-main/rtmp/session/client-session.ts';
import { rtmpAddress } from './rtmp-address.ts';

const FLASH_VER = { publish: 'FMLE/3.0 (compatible; bench)', play: 'LNX 9,0,124,2' } as const;
const SET_UP_MS = 20_000;

/** A client that has been let in. */
export type ClientLine = {
  readonly socket: Socket;
  /** Message stream that media goes on. */
  readonly streamId: number;
};

/**
 * Connects, and publishes or plays.
 * @param onBytes Sees all that is received, from the first byte on.
 * @throws {Error} Refused, lost or not in time.
 */
export function openClientLine(
  role: 'publish' | 'play',
  url: string,
  onBytes: (bytes: Uint8Array, socket: Socket) => void = () => undefined,
): Promise<ClientLine> {
  const { host, port, ...address } = rtmpAddress(url);
  const session = new ClientSession({ role, ...address, flashVer: FLASH_VER[role] }, (length) =>
    randomBytes(length),
  );
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const fail = (why: string): void => {
      socket.destroy();
      reject(new Error(`${role} ${url}: ${why}`));
    };
    const timer = setTimeout(() => {
      fail(`not let in within ${SET_UP_MS} ms`);
    }, SET_UP_MS);
    const carryOut = (): void => {
      for (const output of session.takeOutputs()) {
        if (output.type === 'send') socket.write(output.bytes);
        else if (output.type === 'refused') fail(output.status.code);
        else if (output.type === 'started') {
          clearTimeout(timer);
          resolve({ socket, streamId: output.streamId });
        }
      }
    };
    socket.on('data', (bytes) => {
      onBytes(bytes, socket);
      // What a player gets is not read twice.
      if (role === 'play' && session.step === 'live') return;
      session.receive(bytes, performance.now());
      carryOut();
    });
    socket.once('connect', () => {
      session.start();
      carryOut();
    });
    socket.on('error', (error) => {
      fail(error.message);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      reject(new Error(`${role} ${url}: the server hung up`));
    });
  });
}
