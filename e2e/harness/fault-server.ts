/**
 * RTMP servers with one fault each: they refuse, hang up, fall silent, stop reading or read too slowly at the point
 * that is asked for, and are healthy otherwise. What is published to them is kept, and who connects is counted.
 * @module
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificateFor } from '../../src-main/net/testing/loopback.ts';
import { record, type Instead, type RecordedPublish } from './recording-server.ts';
import { freePort, type Stage } from './stage.ts';
import { connectionsTo } from './tcp.ts';

/** What is wrong with a server. Times count from its yes to a publish. */
export type Fault =
  | { readonly kind: 'none' }
  /** Ends each connection with a reset, before a byte. */
  | { readonly kind: 'reset' }
  /** Reads, and says nothing from here on. */
  | { readonly kind: 'silent'; readonly at: 'handshake' | 'publish' }
  /** Says no, and leaves the connection to the other side. */
  | {
      readonly kind: 'reject';
      readonly at: 'connect' | 'publish';
      readonly code: string;
      readonly description: string;
    }
  /**
   * Hangs up: when C0 and C1 have come, when C2 has, behind its yes to connect, when the first command after that has
   * come (releaseStream, FCPublish, createStream), when publish has.
   */
  | { readonly kind: 'drop'; readonly at: DropStep }
  /** Takes the stream for a while, then ends the connection: with a reset, or in order. */
  | { readonly kind: 'drop-live'; readonly afterMs: number; readonly how: 'reset' | 'close' }
  /** Takes the stream for a while, then never reads again. */
  | { readonly kind: 'stall'; readonly afterMs: number }
  /** Reads no faster than this. */
  | { readonly kind: 'slow'; readonly kbps: number }
  /**
   * Takes the stream for a while, then says that it sends no more (FIN), and leaves its other direction open: goes on
   * reading, or has stopped `deafMs` before, so that the other side is still writing.
   */
  | { readonly kind: 'half-close'; readonly afterMs: number; readonly deafMs?: number };

/** Where a connection is dropped before it is live. */
export type DropStep = 'c0c1' | 'handshake' | 'connect' | 'create-stream' | 'publish';

/** A server with a fault. */
export type FaultServer = {
  /** Server URL, as put into a target. */
  readonly url: string;
  readonly port: number;
  /** Every publish that was let in. */
  readonly publishes: readonly RecordedPublish[];
  /** When each connection came, ms of `performance.now()`. */
  readonly connectedAt: readonly number[];
  /** Most connections that their makers had open at the same time, seen as each one came. */
  readonly mostAtOnce: () => number;
  /** From now on another fault, or none; a line that is read slowly is read at the new pace. */
  readonly become: (fault: Fault) => void;
};

const HANDSHAKE_BYTES = 1536;

/** Listens on a free port of 127.0.0.1 until the stage closes. `tls`: with a certificate that it has signed itself. */
export async function startFaultServer(
  stage: Stage,
  fault: Fault,
  { tls = false }: { tls?: boolean } = {},
): Promise<FaultServer> {
  const publishes: RecordedPublish[] = [];
  const connectedAt: number[] = [];
  const sockets = new Set<Socket>();
  const current = { fault };
  let mostAtOnce = 0;
  const serve = (socket: Socket): void => {
    serveWith(socket, () => current.fault, publishes);
  };
  const server: Server = tls
    ? createTlsServer(await certificateFor(['localhost'], ['127.0.0.1']), serve)
    : createServer({ allowHalfOpen: true }, serve);
  server.on('tlsClientError', () => undefined);
  // Before the fault has its way: one that is thrown out at once may come again while the system is still asked.
  server.prependListener('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    connectedAt.push(performance.now());
    mostAtOnce = Math.max(mostAtOnce, connectionsTo(port));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stage.onClose(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = `${tls ? 'rtmps' : 'rtmp'}://127.0.0.1:${port}/app`;
  const become = (next: Fault): void => {
    current.fault = next;
  };
  return { url, port, publishes, connectedAt, mostAtOnce: () => mostAtOnce, become };
}

/** Server URL of a port that nobody listens on. */
export async function closedPort(): Promise<string> {
  return `rtmp://127.0.0.1:${await freePort()}/app`;
}

function serveWith(socket: Socket, faultNow: () => Fault, publishes: RecordedPublish[]): void {
  const fault = faultNow();
  socket.once('end', () => {
    // Half-open is for the fault of that name; elsewhere a goodbye is answered as any server does.
    socket.end();
  });
  if (fault.kind === 'reset') socket.resetAndDestroy();
  else if (fault.kind === 'silent' && fault.at === 'handshake') socket.resume();
  else if (fault.kind === 'drop' && fault.at === 'c0c1') dropAfterBytes(socket, 1 + HANDSHAKE_BYTES);
  else {
    pace(socket, faultNow);
    record(socket, publishes, insteadOf(socket, fault));
  }
}

function dropAfterBytes(socket: Socket, wanted: number): void {
  let have = 0;
  socket.on('data', (bytes) => {
    have += bytes.length;
    if (have >= wanted) socket.destroy();
  });
}

/** Reads in steps, each followed by as long a rest as the rate wants. */
function pace(socket: Socket, faultNow: () => Fault): void {
  socket.on('data', (bytes) => {
    const fault = faultNow();
    if (fault.kind !== 'slow') return;
    socket.pause();
    const restMs = (bytes.length * 8) / fault.kbps;
    const until = performance.now() + restMs;
    // Looks in between whether it may go on faster by now.
    const rest = (): void => {
      const leftMs = faultNow() === fault ? until - performance.now() : 0;
      if (leftMs <= 0) socket.resume();
      else setTimeout(rest, Math.min(leftMs, 100));
    };
    rest();
  });
}

/** What a server with this fault does in place of a healthy one. */
function insteadOf(socket: Socket, fault: Fault): Instead {
  let reads = 0;
  let connectedIn = Infinity;
  socket.on('data', () => reads++);
  return (output, session) => {
    if (output.type === 'publish-requested') goLive(socket, fault);
    switch (fault.kind) {
      case 'reject': {
        if (output.type !== `${fault.at}-requested`) return false;
        session.reject(fault.code, fault.description);
        return true;
      }
      case 'silent':
        return output.type === 'publish-requested';
      case 'drop': {
        if (output.type === 'connect-requested') connectedIn = reads;
        // What is sent in a later turn than the yes to connect answers the commands that came behind it.
        const isAnswer = output.type === 'send' && reads > connectedIn;
        const at: DropStep | false =
          (output.type === 'handshake-done' && 'handshake') ||
          (output.type === 'publish-requested' && 'publish') ||
          (isAnswer && 'create-stream');
        if (output.type === 'connect-requested' && fault.at === 'connect') {
          session.accept(performance.now());
          for (const answer of session.takeOutputs()) if (answer.type === 'send') socket.write(answer.bytes);
          socket.end();
          return true;
        }
        if (at !== fault.at) return false;
        socket.destroy();
        return true;
      }
      default:
        return false;
    }
  };
}

/** What comes after the yes to a publish. */
function goLive(socket: Socket, fault: Fault): void {
  const after = (ms: number, act: () => void): void => {
    const timer = setTimeout(act, ms);
    socket.once('close', () => {
      clearTimeout(timer);
    });
  };
  if (fault.kind === 'stall') after(fault.afterMs, () => socket.pause());
  else if (fault.kind === 'drop-live') {
    after(fault.afterMs, () => {
      if (fault.how === 'reset') socket.resetAndDestroy();
      else socket.destroy();
    });
  } else if (fault.kind === 'half-close') {
    if (fault.deafMs !== undefined) after(fault.afterMs - fault.deafMs, () => socket.pause());
    after(fault.afterMs, () => {
      socket.end();
    });
  }
}
