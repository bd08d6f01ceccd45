/**
 * One row of the interop table: an ingest of its own on a studio that all rows of a file share, an encoder that
 * pushes to it for a few seconds, and what came out at the other end.
 * @module
 */
import { expect } from 'vitest';
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { Target } from '../../src-shared/model/target.ts';
import type { Encoder, Push } from '../harness/encoders.ts';
import type { RecordedPublish, RecordingServer } from '../harness/recording-server.ts';
import { freePort, Stage } from '../harness/stage.ts';
import { startStudio, type Studio } from '../harness/studio.ts';
import { trailOf, type Trail } from '../harness/trail.ts';
import { until } from '../harness/until.ts';

export type Transport = 'rtmp' | 'rtmp over IPv6' | 'rtmps';

/** A studio with TLS ingest. */
export type SharedStudio = Studio & { readonly stage: Stage; readonly rtmpsPort: number };

/** Pushes take 5 s; what takes longer than this hangs. */
export const ROW_TIMEOUT_MS = 40_000;
/** Time for the last messages to arrive, once the encoder has ended. */
const SETTLE_MS = 8_000;

/** Starts the studio of one test file. */
export async function openSharedStudio(name: string): Promise<SharedStudio> {
  const stage = new Stage(name);
  const rtmpsPort = await freePort();
  const studio = await startStudio(stage, { flags: ['--rtmps-port', `${rtmpsPort}`] });
  await studio.api.switchHoldOff();
  return { ...studio, stage, rtmpsPort };
}

/** Ends it, and holds it to having ended in order. */
export async function closeSharedStudio(studio: SharedStudio | undefined): Promise<void> {
  if (studio === undefined) return;
  const exit = await studio.child.stop('SIGTERM', 10_000);
  await studio.stage.close({ failed: exit.code !== 0 });
  expect(exit.code).toBe(0);
}

let made = 0;

/** A new ingest that ends with its encoder. */
export async function newIngest({ api }: Studio): Promise<Ingest> {
  const streamKey = `row-key-${process.pid}-${++made}`;
  const answer = await api.call('POST', '/ingests', { name: `row ${made}`, streamKey, holdSeconds: 0 });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body as Ingest;
}

/** Where to push to, or play from. */
export function addressOf(studio: SharedStudio, { streamKey }: Ingest, transport: Transport): string {
  const { port } = new URL(studio.ready.rtmpUrl);
  if (transport === 'rtmps') return `rtmps://127.0.0.1:${studio.rtmpsPort}/live/${streamKey}`;
  return `rtmp://${transport === 'rtmp' ? '127.0.0.1' : '[::1]'}:${port}/live/${streamKey}`;
}

/** A target that goes live with its ingest. */
export async function targetTo(
  studio: Studio,
  ingest: Ingest,
  to: { url: string; streamKey: string },
): Promise<Target> {
  return studio.api.addTarget({ name: ingest.name, ingestId: ingest.id, enabled: true, ...to });
}

/** Waits for the encoder's own end; gives what it sent. */
export async function sentBy({ child, sentFile }: Push): Promise<Trail> {
  const exit = await child.ends(ROW_TIMEOUT_MS - 10_000);
  expect(exit.code, child.tail()).toBe(0);
  return trailOf(sentFile);
}

/** Waits until a recording server has the one publish it is for, whole. */
export async function arrived(server: RecordingServer): Promise<RecordedPublish> {
  return until('the publish has ended', () => server.publishes.find((publish) => publish.ended()), {
    timeoutMs: SETTLE_MS,
    seen: () => server.publishes.map(({ trail }) => trail.length),
  });
}

/** Starts an encoder and waits until its ingest is live. */
export async function goLive(
  { studio, stage }: { studio: SharedStudio; stage: Stage },
  { encoder, ingest, transport = 'rtmp' }: { encoder: Encoder; ingest: Ingest; transport?: Transport },
): Promise<Push> {
  const push = await encoder.push(stage, addressOf(studio, ingest, transport));
  await until(
    'the ingest is live',
    async () => {
      if (push.child.exit !== undefined) throw new Error(`the encoder ended:\n${push.child.tail()}`);
      return (await studio.api.ingest(ingest.id)).state === 'live';
    },
    { timeoutMs: 15_000 },
  );
  return push;
}
