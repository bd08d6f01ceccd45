/**
 * Those who come and go around a show: encoders that stop or crash, players, targets, targets with faults.
 * @module
 */
import type { Ingest } from '../src-shared/model/ingest.ts';
import { startFaultServer, type Fault } from '../e2e/harness/fault-server.ts';
import type { Stage } from '../e2e/harness/stage.ts';
import type { Api } from '../e2e/harness/studio.ts';
import { sleep } from '../e2e/harness/until.ts';
import { LoadProcess, type Publisher, type Receiver } from './load/load-process.ts';

/** Comes, stays for some time, goes; each kind by itself. */
export type Visitors = {
  /** All of them, for this long; all have left when it is over. */
  readonly comeAndGo: (ms: number) => Promise<void>;
  /** How many there were, in words. */
  readonly counts: () => string;
};

const VIDEO_KBPS = 2_500;
const STAY_MS = { least: 1_000, most: 8_000 } as const;
const MOST_PLAYERS = 5;
const FAULTS: readonly Fault[] = [
  { kind: 'none' },
  { kind: 'reset' },
  { kind: 'silent', at: 'handshake' },
  { kind: 'silent', at: 'publish' },
  { kind: 'reject', at: 'publish', code: 'NetStream.Publish.BadName', description: 'no such key' },
  { kind: 'drop', at: 'connect' },
  { kind: 'drop-live', afterMs: 1_500, how: 'reset' },
  { kind: 'stall', afterMs: 1_000 },
  { kind: 'slow', kbps: 300 },
  { kind: 'half-close', afterMs: 1_500 },
];

type Kind = 'encoders' | 'players' | 'targets' | 'faulty';

/** @param playUrl Of the show that goes on; its targets and players come from here, too. */
export async function startVisitors(stage: Stage, api: Api, playUrl: string): Promise<Visitors> {
  const publisher: Publisher = new LoadProcess(stage, 'publisher');
  const players: Receiver = new LoadProcess(stage, 'receiver');
  const sink: Receiver = new LoadProcess(stage, 'receiver');
  const { port } = await sink.call('listen', { tls: false });
  const faulty = await Promise.all(FAULTS.map((fault) => startFaultServer(stage, fault)));
  const ingest = (await api.call('POST', '/ingests', { name: 'Visitors', holdSeconds: 0 })).body as Ingest;
  const visits: Record<Kind, number> = { encoders: 0, players: 0, targets: 0, faulty: 0 };
  const stay = (): Promise<void> => sleep(between(STAY_MS.least, STAY_MS.most));
  const sinkUrl = `rtmp://127.0.0.1:${port}/app`;
  const target = async (name: string, url: string, ingestId = 'main'): Promise<void> => {
    const { id } = await api.addTarget({ name, url, streamKey: `key of ${name}`, ingestId, enabled: true });
    await stay();
    await api.call('DELETE', `/targets/${id}`);
  };
  const visit: Readonly<Record<Kind, () => Promise<void>>> = {
    encoders: async () => {
      await publisher.call('publish', { urls: [ingest.publishUrl], videoKbps: VIDEO_KBPS });
      await target('on the visitor', sinkUrl, ingest.id);
      await publisher.call('stop', { crashing: Math.random() < 0.5 });
    },
    players: async () => {
      const count = Math.ceil(between(0, MOST_PLAYERS));
      await players.call('play', { urls: Array.from({ length: count }, () => playUrl) });
      await stay();
      await players.call('leave', null);
    },
    targets: () => target('passing', sinkUrl),
    faulty: () => {
      const { url } = faulty[Math.floor(between(0, faulty.length))] ?? { url: sinkUrl };
      return target('faulty', url);
    },
  };
  const kinds = Object.keys(visit) as Kind[];
  return {
    comeAndGo: async (ms) => {
      const end = performance.now() + ms;
      const comeAndGo = async (kind: Kind): Promise<void> => {
        // The last visit is over when the time is.
        while (performance.now() + STAY_MS.most < end) {
          await visit[kind]();
          visits[kind]++;
        }
      };
      await Promise.all(kinds.map(comeAndGo));
    },
    counts: () => kinds.map((kind) => `${visits[kind]} ${kind}`).join(', '),
  };
}

function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}
