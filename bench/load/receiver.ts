/**
 * The process that receives: a server that takes whatever is pushed to it, and a player of any number of streams. It
 * answers pings and acknowledges as it is asked to, and skips what is in the messages.
 * @module
 */
import { createHmac, randomBytes, X509Certificate } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { u32be } from '../../src-main/bytes/read.ts';
import { writeJoinedChunks } from '../../src-main/rtmp/chunk/chunk-writer.ts';
import { messageType } from '../../src-main/rtmp/message/message-type.ts';
import { writeControlNumber } from '../../src-main/rtmp/message/protocol-control.ts';
import { readUserControl, userEvent, writeUserControl } from '../../src-main/rtmp/message/user-control.ts';
import { ServerSession } from '../../src-main/rtmp/session/server-session.ts';
import { Histogram } from '../measure/histogram.ts';
import type { ListeningAt, ReceiverCalls } from './calls.ts';
import { openClientLine } from './client-line.ts';
import { answerCalls } from './load-process.ts';
import { monotonicUs } from './stamp.ts';
import { StreamGauge, type GaugedMessage } from './stream-gauge.ts';
import { StreamTally, type Tally } from './stream-tally.ts';

/** The default chunk size: what control messages fit into. */
const CHUNK_SIZE = 128;

const sums: Tally = { bytes: 0, messages: 0, missing: 0, disordered: 0 };
const delays = new Histogram();
const streams = new Set<Socket>();
const sockets = new Set<Socket>();

/** One connection on which a stream comes. */
class Incoming {
  /** Until then the session that set it up answers. */
  isLive = false;
  readonly #socket: Socket;
  readonly #tally = new StreamTally(sums, delays);
  readonly #gauge = new StreamGauge((message) => {
    this.#hear(message);
  });
  #received = 0;
  #acknowledged = 0;
  #window = Infinity;
  #nowUs = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  receive(bytes: Uint8Array): void {
    this.#nowUs = monotonicUs();
    this.#received += bytes.length;
    this.#gauge.push(bytes);
    if (!this.isLive || this.#received - this.#acknowledged < this.#window) return;
    this.#acknowledged = this.#received;
    this.#control(messageType.acknowledgement, writeControlNumber(this.#received % 2 ** 32));
  }

  #hear(message: GaugedMessage): void {
    if (message.typeId === messageType.windowAcknowledgementSize) this.#window = u32be(message.head, 0);
    else if (message.typeId === messageType.userControl) this.#userControl(message.head);
    else this.#tally.message(message, this.#nowUs);
  }

  #userControl(payload: Uint8Array): void {
    const { event, value } = readUserControl(payload);
    if (!this.isLive || event !== userEvent.pingRequest) return;
    this.#control(messageType.userControl, writeUserControl(userEvent.pingResponse, value));
  }

  #control(typeId: number, payload: Uint8Array): void {
    this.#socket.write(writeJoinedChunks({ typeId, timestamp: 0, streamId: 0, payload }, 2, CHUNK_SIZE));
  }
}

function live(socket: Socket): void {
  streams.add(socket);
  socket.once('close', () => streams.delete(socket));
}

/** Says yes to everything, and listens in from the publish on. */
function serve(socket: Socket): void {
  const session = new ServerSession(randomBytes, (key, bytes) =>
    createHmac('sha256', key).update(bytes).digest(),
  );
  const incoming = new Incoming(socket);
  const carryOut = (): void => {
    for (let outputs = session.takeOutputs(); outputs.length > 0; outputs = session.takeOutputs()) {
      for (const output of outputs) {
        if (output.type === 'send') socket.write(output.bytes);
        else if (output.type === 'connect-requested') session.accept(performance.now());
        else if (output.type === 'publish-requested') {
          session.accept(performance.now());
          incoming.isLive = true;
          live(socket);
        }
      }
    }
  };
  socket.setNoDelay(true);
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    incoming.receive(bytes);
    if (incoming.isLive) return;
    session.receive(bytes, performance.now());
    carryOut();
  });
}

async function listen(tls: boolean): Promise<ListeningAt> {
  const [server, certificateSha256] = tls ? await tlsServer() : [createServer(serve), ''];
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, certificateSha256 };
}

async function tlsServer(): Promise<[Server, string]> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'bench' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const server = createTlsServer({ cert, key }, serve);
  server.on('tlsClientError', () => undefined);
  return [server, new X509Certificate(cert).fingerprint256.replaceAll(':', '')];
}

async function play(url: string): Promise<void> {
  let incoming: Incoming | undefined;
  const { socket } = await openClientLine('play', url, (bytes, from) => {
    incoming ??= new Incoming(from);
    incoming.receive(bytes);
  });
  if (incoming !== undefined) incoming.isLive = true;
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  live(socket);
}

answerCalls<ReceiverCalls>({
  listen: ({ tls }) => listen(tls),
  play: async ({ urls }) => {
    for (const url of urls) await play(url);
    return null;
  },
  streams: () => streams.size,
  leave: async () => {
    const gone = [...sockets].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('close', () => {
            resolve();
          });
          socket.destroy();
        }),
    );
    await Promise.all(gone);
    return null;
  },
  begin: () => {
    Object.assign(sums, { bytes: 0, messages: 0, missing: 0, disordered: 0 } satisfies Tally);
    delays.clear();
    return null;
  },
  end: () => ({
    ...sums,
    streams: streams.size,
    p50Ms: delays.percentileMs(0.5),
    p99Ms: delays.percentileMs(0.99),
  }),
});
