/**
 * What real software says on its way to publishing, step by step, as raw clients: addresses in every form, commands
 * in every order, AMF0 and AMF3. Each flow must end in a stream whose messages come out as they went in.
 * @module
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { amf, readAmf, type Amf } from '../harness/amf0.ts';
import { startRecordingServer } from '../harness/recording-server.ts';
import { ScriptedClient } from '../harness/scripted-client.ts';
import { follow, trailMessage, WHOLE, type TrailMessage } from '../harness/trail.ts';
import { until } from '../harness/until.ts';
import { openStage } from '../integration/open-stage.ts';
import {
  arrived,
  closeSharedStudio,
  newIngest,
  openSharedStudio,
  targetTo,
  type SharedStudio,
} from './relay.ts';

type Place = { readonly key: string; readonly port: number };
type Fields = { readonly [name: string]: Amf };
type Step =
  | 'releaseStream'
  | 'FCPublish'
  | 'createStream'
  | 'publish'
  | '_checkbw'
  | 'window'
  | 'bufferLength'
  /** Waits for the answers to all that was asked. */
  | 'wait';

type Flow = {
  readonly name: string;
  /** The command object of connect. */
  readonly connect: (place: Place) => Fields;
  /** What publish names; the key unless said otherwise. */
  readonly streamName?: (key: string) => string;
  /** After connect was answered. */
  readonly steps: readonly Step[];
  /** Behind the name in publish. */
  readonly publishType?: readonly Amf[];
  /** Message type of connect, and of the other commands. */
  readonly commandTypes?: readonly [connect: 17 | 20, others: 17 | 20];
  readonly metadata?: 'setDataFrame' | 'bare' | 'amf3' | 'none';
  /** Sent before connect. */
  readonly chunkSize?: number;
  readonly publishChunkStreamId?: number;
};

const withPort = ({ port }: Place, path = 'live'): string => `rtmp://127.0.0.1:${port}/${path}`;
const FMLE = 'FMLE/3.0 (compatible; FMSc/1.0)';
const LIBRTMP: readonly Step[] = ['releaseStream', 'FCPublish', 'createStream', 'wait', 'publish'];

/** librtmp, and OBS with it: four fields, the address in swfUrl too. */
const librtmp = (place: Place, path = 'live', tcUrl = withPort(place, path)): Fields => ({
  app: path,
  type: 'nonprivate',
  flashVer: FMLE,
  swfUrl: tcUrl,
  tcUrl,
});
/** Flash's NetConnection, and all that copy it: rtmp2sink, older hardware. */
const flash = (place: Place): Fields => ({
  app: 'live',
  flashVer: 'LNX 9,0,124,2',
  swfUrl: '',
  tcUrl: withPort(place),
  fpad: false,
  capabilities: 15,
  audioCodecs: 3191,
  videoCodecs: 252,
  videoFunction: 1,
  pageUrl: '',
  objectEncoding: 0,
});

const flows: readonly Flow[] = [
  { name: 'OBS 29-32', connect: (p) => librtmp(p), steps: LIBRTMP, chunkSize: 4096 },
  {
    name: 'OBS, tcUrl without port',
    connect: (p) => librtmp(p, 'live', 'rtmp://127.0.0.1/live'),
    steps: LIBRTMP,
    chunkSize: 4096,
  },
  {
    name: 'OBS, server address with a slash at its end',
    connect: (p) => librtmp(p, 'live/', withPort(p, 'live/')),
    steps: LIBRTMP,
  },
  {
    name: 'app with instance',
    connect: (p) => librtmp(p, 'live/instance'),
    steps: LIBRTMP,
  },
  {
    name: 'key behind the app, empty stream name',
    connect: (p) => librtmp(p, `live/${p.key}`),
    streamName: () => '',
    steps: LIBRTMP,
  },
  {
    name: 'key behind the app with a slash at its end, empty stream name',
    connect: (p) => librtmp(p, `live/${p.key}/`),
    streamName: () => '',
    steps: LIBRTMP,
  },
  {
    name: 'key behind the app, and again as stream name',
    connect: (p) => librtmp(p, `live/${p.key}`),
    steps: LIBRTMP,
  },
  {
    name: 'key with query',
    connect: (p) => librtmp(p),
    streamName: (key) => `${key}?bandwidthtest=true&x=/y`,
    steps: LIBRTMP,
  },
  {
    name: 'key with a slash before it',
    connect: (p) => librtmp(p),
    streamName: (key) => `/${key}`,
    steps: LIBRTMP,
  },
  {
    name: 'server address with query',
    connect: (p) => librtmp(p, 'live?user=a&token=b/c'),
    steps: LIBRTMP,
  },
  {
    name: 'vMix, FFmpeg: no swfUrl, waits for each answer, window size and bandwidth check between',
    connect: (p) => ({
      app: 'live',
      type: 'nonprivate',
      flashVer: 'FMLE/3.0 (compatible; Lavf58.76.100)',
      tcUrl: withPort(p),
    }),
    steps: [
      ...(['window', 'releaseStream', 'wait', 'FCPublish', 'wait', 'createStream', 'wait'] as const),
      ...(['_checkbw', 'publish'] as const),
    ],
    chunkSize: 60_000,
  },
  {
    name: 'FMLE, Wirecast: waits for onFCPublish, publish on chunk stream 8',
    connect: (p) => ({ ...librtmp(p), fpad: false, capabilities: 239, videoFunction: 1 }),
    steps: ['releaseStream', 'wait', 'FCPublish', 'wait', 'createStream', 'wait', 'publish'],
    publishChunkStreamId: 8,
  },
  {
    name: 'Wirecast: AMF3 (type 17) behind an AMF0 connect',
    connect: (p) => ({ ...flash(p), objectEncoding: 3 }),
    steps: LIBRTMP,
    commandTypes: [20, 17],
    metadata: 'amf3',
  },
  {
    name: 'every command in type 17',
    connect: (p) => ({ ...flash(p), objectEncoding: 3 }),
    steps: LIBRTMP,
    commandTypes: [17, 17],
  },
  {
    name: 'Larix: E-RTMP capabilities, createStream at once, no releaseStream',
    connect: (p) => ({
      ...librtmp(p),
      flashVer: 'FMLE/3.0 (compatible; Larix/1.3)',
      fourCcList: ['av01', 'hvc1', 'vp09'],
      videoFourCcInfoMap: { '*': 2, hvc1: 2 },
      audioFourCcInfoMap: { '*': 2 },
      capsEx: 15,
    }),
    steps: ['createStream', 'wait', 'publish'],
  },
  {
    name: 'rtmp2sink: Flash fields, FCPublish after createStream',
    connect: flash,
    steps: ['releaseStream', 'createStream', 'FCPublish', 'wait', 'publish'],
  },
  {
    name: 'createStream before releaseStream',
    connect: (p) => librtmp(p),
    steps: ['createStream', 'releaseStream', 'FCPublish', 'wait', 'publish'],
  },
  {
    name: 'FCPublish before releaseStream',
    connect: (p) => librtmp(p),
    steps: ['FCPublish', 'releaseStream', 'createStream', 'wait', 'publish'],
  },
  {
    name: 'without flashVer',
    connect: (p) => ({ app: 'live', type: 'nonprivate', tcUrl: withPort(p) }),
    steps: LIBRTMP,
  },
  {
    name: 'app and nothing else',
    connect: () => ({ app: 'live' }),
    steps: ['createStream', 'wait', 'publish'],
  },
  {
    name: 'publish without a type behind the name',
    connect: (p) => librtmp(p),
    steps: LIBRTMP,
    publishType: [],
  },
  {
    name: 'publish of type record',
    connect: (p) => librtmp(p),
    steps: LIBRTMP,
    publishType: ['record'],
  },
  {
    name: 'onMetaData without @setDataFrame',
    connect: (p) => librtmp(p),
    steps: LIBRTMP,
    metadata: 'bare',
  },
  { name: 'no metadata at all', connect: (p) => librtmp(p), steps: LIBRTMP, metadata: 'none' },
  {
    name: 'a buffer length before publish',
    connect: (p) => librtmp(p),
    steps: ['createStream', 'wait', 'bufferLength', 'publish'],
  },
];

let studio: SharedStudio;
beforeAll(async () => {
  studio = await openSharedStudio('flow-names');
}, 30_000);
afterAll(() => closeSharedStudio(studio), 30_000);

for (const flow of flows) {
  test(flow.name, { timeout: 20_000 }, async (context) => {
    const stage = openStage(context);
    const server = await startRecordingServer(stage);
    const ingest = await newIngest(studio);
    const target = await targetTo(studio, ingest, { url: server.url, streamKey: 'out' });
    const place = { key: ingest.streamKey, port: Number(new URL(studio.ready.rtmpUrl).port) };

    const encoder = await FlowClient.open(flow, place);
    stage.onClose(() => {
      encoder.close();
    });
    const streamId = await encoder.goLive();
    expect((await studio.api.ingest(ingest.id)).state).toBe('live');
    encoder.sendMedia(streamId, 'first');
    await studio.api.targetIs(target.id, 'live');
    encoder.sendMedia(streamId, 'second');
    encoder.goodbye(streamId);

    const { trail } = await arrived(server);
    const verdict = follow(encoder.sent, trail);
    expect(verdict).toMatchObject({ ...WHOLE, before: 0, came: 16, inPlace: 16 });
    const data = trail.filter(({ typeId }) => typeId !== 8 && typeId !== 9);
    expect(data.map(({ typeId }) => typeId)).toEqual(flow.metadata === 'none' ? [] : [18]);
  });
}

/** Walks through a flow, and keeps what it sends. */
class FlowClient {
  readonly sent: TrailMessage[] = [];
  readonly #client: ScriptedClient;
  readonly #flow: Flow;
  readonly #place: Place;
  #transactionId = 0;
  readonly #asked = new Map<number, Step | 'connect'>();

  private constructor(client: ScriptedClient, flow: Flow, place: Place) {
    this.#client = client;
    this.#flow = flow;
    this.#place = place;
  }

  static async open(flow: Flow, place: Place): Promise<FlowClient> {
    return new FlowClient(await ScriptedClient.shakeHands(place.port), flow, place);
  }

  close(): void {
    this.#client.close();
  }

  /** Everything up to the server's yes; gives the message stream. */
  async goLive(): Promise<number> {
    const [connectType] = this.#flow.commandTypes ?? [20];
    if (this.#flow.chunkSize !== undefined) this.#client.setChunkSize(this.#flow.chunkSize);
    this.#ask('connect', connectType, [this.#flow.connect(this.#place)]);
    await this.#answers();
    const name = this.#flow.streamName?.(this.#place.key) ?? this.#place.key;
    let streamId = 1;
    for (const step of this.#flow.steps) {
      if (step === 'wait') streamId = (await this.#answers()) ?? streamId;
      else this.#do(step, name, streamId);
    }
    const code = await until('an answer to publish', () => this.#statusCode(), { timeoutMs: 5_000 });
    expect(code).toBe('NetStream.Publish.Start');
    return streamId;
  }

  /** Metadata and headers the first time, then a keyframe and what follows; each payload its own. */
  sendMedia(streamId: number, part: 'first' | 'second'): void {
    const atMs = part === 'first' ? 0 : 400;
    if (part === 'first') {
      this.#sendMetadata(streamId);
      this.#send(9, Buffer.from('17000000000142c01effe100046742c01e01000468ce3c80', 'hex'), streamId, 0);
      this.#send(8, Buffer.from('af001190', 'hex'), streamId, 0);
    }
    for (let i = 0; i < 4; i++) {
      const mark = Buffer.from(`${this.#place.key} ${part} ${i} `.repeat(i === 0 ? 20 : 5));
      const head = part === 'first' && i === 0 ? '1701000000' : '2701000000';
      this.#send(9, Buffer.concat([Buffer.from(head, 'hex'), mark]), streamId, atMs + i * 40);
      this.#send(8, Buffer.concat([Buffer.from('af01', 'hex'), mark]), streamId, atMs + i * 40);
    }
  }

  goodbye(streamId: number): void {
    const type = this.#flow.commandTypes?.[1] ?? 20;
    this.#command('FCUnpublish', ++this.#transactionId, type, [null, this.#place.key]);
    this.#command('deleteStream', ++this.#transactionId, type, [null, streamId]);
  }

  #do(step: Exclude<Step, 'wait'>, name: string, streamId: number): void {
    const type = this.#flow.commandTypes?.[1] ?? 20;
    switch (step) {
      case 'releaseStream':
      case 'FCPublish':
        this.#ask(step, type, [null, name]);
        return;
      case 'createStream':
      case '_checkbw':
        this.#ask(step, type, [null]);
        return;
      case 'publish': {
        const at = { streamId, chunkStreamId: this.#flow.publishChunkStreamId ?? 3 };
        const values = [null, name, ...(this.#flow.publishType ?? ['live'])];
        this.#command('publish', ++this.#transactionId, type, values, at);
        return;
      }
      case 'window': {
        const body = Buffer.alloc(4);
        body.writeUInt32BE(2_500_000);
        this.#client.message(5, body, { chunkStreamId: 2 });
        return;
      }
      case 'bufferLength': {
        const body = Buffer.alloc(10);
        body.writeUInt16BE(3, 0);
        body.writeUInt32BE(streamId, 2);
        body.writeUInt32BE(3_000, 6);
        this.#client.message(4, body, { chunkStreamId: 2 });
        return;
      }
    }
  }

  #ask(what: Step | 'connect', type: 17 | 20, values: readonly Amf[]): void {
    const transactionId = ++this.#transactionId;
    this.#asked.set(transactionId, what);
    this.#command(what, transactionId, type, values);
  }

  #command(
    name: string,
    transactionId: number,
    type: 17 | 20,
    values: readonly Amf[],
    at: { streamId?: number; chunkStreamId?: number } = {},
  ): void {
    const body = [amf(name), amf(transactionId), ...values.map(amf)];
    this.#client.message(type, Buffer.concat([...(type === 17 ? [Buffer.alloc(1)] : []), ...body]), at);
  }

  /** Waits for a yes to all that was asked; gives the stream that createStream made, if it was asked. */
  async #answers(): Promise<number | undefined> {
    let streamId: number | undefined;
    for (const [transactionId, what] of this.#asked) {
      const answer = await until(
        `an answer to ${what}`,
        () =>
          this.#heard().find(
            ([name, id]) => id === transactionId && (name === '_result' || name === '_error'),
          ),
        { timeoutMs: 5_000, seen: () => this.#heard() },
      );
      expect(answer[0], what).toBe('_result');
      if (what === 'createStream') streamId = Number(answer[3]);
      if (what === 'FCPublish') {
        await until('onFCPublish', () => this.#heard().find(([name]) => name === 'onFCPublish'), {
          timeoutMs: 5_000,
        });
      }
      this.#asked.delete(transactionId);
    }
    return streamId;
  }

  #heard(): Amf[][] {
    return this.#client.heard.filter(({ typeId }) => typeId === 20).map(({ body }) => readAmf(body));
  }

  #statusCode(): Amf {
    const status = this.#heard().find(([name]) => name === 'onStatus')?.[3];
    return typeof status === 'object' && status !== null && 'code' in status ? status.code : undefined;
  }

  #sendMetadata(streamId: number): void {
    const { metadata = 'setDataFrame' } = this.#flow;
    if (metadata === 'none') return;
    const values: Amf[] = ['onMetaData', { width: 320, height: 180, videocodecid: 7, encoder: 'flow' }];
    if (metadata !== 'bare') values.unshift('@setDataFrame');
    const body = Buffer.concat(values.map(amf));
    if (metadata === 'amf3') this.#client.message(15, Buffer.concat([Buffer.alloc(1), body]), { streamId });
    else this.#client.message(18, body, { streamId });
  }

  #send(typeId: number, payload: Buffer, streamId: number, timestamp: number): void {
    this.sent.push(trailMessage(typeId, timestamp, payload));
    this.#client.message(typeId, payload, { chunkStreamId: typeId === 8 ? 4 : 6, streamId, timestamp });
  }
}
