/**
 * An RTMP server and a player that keep the hash of every message: the product's own sessions on plain sockets, with
 * no hub, no queue and no timeline between the wire and the record.
 * @module
 */
import { createHmac, randomBytes } from 'node:crypto';
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ClientSession } from '../../src-main/rtmp/session/client-session.ts';
import { ServerSession } from '../../src-main/rtmp/session/server-session.ts';
import type { ClientOutput, ServerOutput } from '../../src-main/rtmp/session/session-output.ts';
import type { Stage } from './stage.ts';
import { trailMessage, type Trail, type TrailMessage } from './trail.ts';

const hmac = (key: Uint8Array, bytes: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update(bytes).digest();

/** One publish as it came in. */
export type RecordedPublish = {
  readonly app: string;
  readonly streamName: string;
  /** Grows while it is published. */
  readonly trail: Trail;
  /** The publisher has said goodbye, or is gone. */
  readonly ended: () => boolean;
};

/** A server that takes any app and any key. */
export type RecordingServer = {
  /** Server URL, as put into a target. */
  readonly url: string;
  readonly port: number;
  readonly publishes: readonly RecordedPublish[];
};

/** Listens on a free port of 127.0.0.1 until the stage closes. */
export async function startRecordingServer(stage: Stage): Promise<RecordingServer> {
  const publishes: RecordedPublish[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    record(socket, publishes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stage.onClose(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `rtmp://127.0.0.1:${port}/app`, port, publishes };
}

/** Sees each output of a server before it is carried out; true: it has dealt with it. */
export type Instead = (output: ServerOutput, session: ServerSession) => boolean;

/** Serves one connection, and keeps what is published on it. */
export function record(socket: Socket, publishes: RecordedPublish[], instead: Instead = () => false): void {
  const session = new ServerSession((length) => randomBytes(length), hmac);
  const open = new Map<number, { trail: TrailMessage[]; over: boolean }>();
  let app = '';
  const endAll = (): void => {
    for (const publish of open.values()) publish.over = true;
  };
  const handle = (output: ServerOutput): void => {
    if (instead(output, session)) return;
    if (output.type === 'send') socket.write(output.bytes);
    else if (output.type === 'connect-requested') {
      app = output.request.app;
      session.accept(performance.now());
    } else if (output.type === 'publish-requested') {
      const publish = { trail: [], over: false };
      open.set(output.streamId, publish);
      const { streamName } = output;
      publishes.push({ app, streamName, trail: publish.trail, ended: () => publish.over });
      session.accept(performance.now());
    } else if (output.type === 'message') {
      const { typeId, timestamp, payload, streamId } = output.message;
      open.get(streamId)?.trail.push(trailMessage(typeId, timestamp, payload));
    } else if (output.type === 'unpublished') endAll();
  };
  const carryOut = drain(session, handle);
  pump(socket, session, carryOut);
  socket.on('close', endAll);
}

/** A player that keeps what it gets. */
export type RecordingPlayer = {
  /** Grows while it plays. */
  readonly trail: Trail;
  readonly started: () => boolean;
  readonly ended: () => boolean;
};

/** Plays `rtmp(s)://host:port/app/key` until the stage closes; any certificate will do. */
export function recordAsPlayer(stage: Stage, url: string): RecordingPlayer {
  const { protocol, hostname, port, pathname } = new URL(url.replace(/^rtmp/, 'http'));
  const [, app = '', streamName = ''] = /^\/(.*)\/([^/]*)$/.exec(pathname) ?? [];
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
  const socket =
    protocol === 'https:' ? connectTls({ ...address, rejectUnauthorized: false }) : connectTcp(address);
  stage.onClose(() => void socket.destroy());
  const tcUrl = url.slice(0, -streamName.length - 1);
  const session = new ClientSession(
    { role: 'play', app, tcUrl, flashVer: 'LNX 9,0,124,2', streamName },
    (length) => randomBytes(length),
  );
  const trail: TrailMessage[] = [];
  const at = { started: false, ended: false };
  const handle = (output: ClientOutput): void => {
    if (output.type === 'send') socket.write(output.bytes);
    else if (output.type === 'started') at.started = true;
    else if (output.type === 'message') {
      const { typeId, timestamp, payload } = output.message;
      trail.push(trailMessage(typeId, timestamp, payload));
    } else if (output.type === 'status' && output.status.code === 'NetStream.Play.Stop') at.ended = true;
    else if (output.type === 'refused') at.ended = true;
  };
  const carryOut = drain(session, handle);
  pump(socket, session, carryOut);
  socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    session.start();
    carryOut();
  });
  socket.on('close', () => {
    at.ended = true;
  });
  return { trail, started: () => at.started, ended: () => at.ended };
}

/** Answers bring new outputs: goes on until there are none. */
function drain<Output>(
  session: { readonly takeOutputs: () => readonly Output[] },
  handle: (output: Output) => void,
): () => void {
  return () => {
    for (let outputs = session.takeOutputs(); outputs.length > 0; outputs = session.takeOutputs()) {
      for (const output of outputs) handle(output);
    }
  };
}

function pump(socket: Socket, session: ServerSession | ClientSession, carryOut: () => void): void {
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    try {
      session.receive(bytes, performance.now());
      carryOut();
    } catch {
      // What is missing in the trail says so.
      carryOut();
      socket.destroy();
    }
  });
}
