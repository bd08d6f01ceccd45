/**
 * A show to disturb: the studio, FFmpeg publishing a clip to it, and healthy targets that keep the hash of every
 * message. What disturbs it must not be found in any of them.
 * @module
 */
import { expect } from 'vitest';
import type { Target } from '../../src-shared/model/target.ts';
import type { ClipFormat } from './clip.ts';
import { MEASURABLE } from './memory.ts';
import { publishWithFfmpeg, type Publisher } from './peers.ts';
import { startRecordingServer, type RecordingServer } from './recording-server.ts';
import type { Stage } from './stage.ts';
import { startStudio, type Studio } from './studio.ts';
import { follow, trailOf, WHOLE, type Trail } from './trail.ts';
import { until } from './until.ts';

/**
 * Enough to fill, within seconds, what the system takes for a connection that nobody reads (2.6 MB on Linux), and
 * little enough for twenty targets on two cores.
 */
export const SHOW_FORMAT: ClipFormat = { size: '640x360', rate: 30, kbps: 2500 };
/** All of it, with 160 kbit/s of sound. */
export const SHOW_KBPS = 2_660;

/** A healthy target and what has come there. */
export type HealthyTarget = { readonly id: string; readonly server: RecordingServer };

/** A show that is on. */
export type Show = {
  readonly studio: Studio;
  readonly healthy: readonly HealthyTarget[];
  readonly publisher: Publisher;
};

/** Starts the studio and its healthy targets; the encoder begins when all is set, and all are live then. */
export async function startShow(stage: Stage, { healthy: count }: { healthy: number }): Promise<Show> {
  const studio = await startStudio(stage, { env: MEASURABLE });
  const { api } = studio;
  // The encoder's end is the end of the show, so that all that it sent can be waited for.
  await api.call('PATCH', '/ingests/main', { holdSeconds: 0 });
  const healthy: HealthyTarget[] = [];
  for (let index = 0; index < count; index++) {
    const server = await startRecordingServer(stage);
    const wish = { name: `healthy ${index}`, url: server.url, streamKey: `healthy-${index}`, enabled: true };
    healthy.push({ id: (await api.addTarget(wish)).id, server });
  }
  const { publishUrl } = await api.ingest();
  const publisher = await publishWithFfmpeg(stage, publishUrl, { format: SHOW_FORMAT });
  for (const { id } of healthy) await api.targetIs(id, 'live', 60_000);
  return { studio, healthy, publisher };
}

/** What the API says of the healthy targets when nothing has touched them. */
export async function expectUntouched({ studio, healthy }: Show): Promise<void> {
  const targets = new Map((await studio.api.state()).targets.map((target) => [target.id, target]));
  for (const { id } of healthy) {
    const untouched: Partial<Target> = { state: 'live', droppedFrames: 0, reconnects: 0, lastError: null };
    expect(targets.get(id)).toMatchObject({ ...untouched, shed: 'none' });
  }
}

/** The encoder stops; gives what it has sent, once the healthy targets have heard goodbye. */
export async function endShow({ healthy, publisher }: Show): Promise<Trail> {
  await publisher.child.stop('SIGINT');
  await until(
    'healthy targets have heard goodbye',
    () => healthy.every(({ server }) => server.publishes.every((publish) => publish.ended())),
    { timeoutMs: 10_000 },
  );
  return trailOf(publisher.sentFile);
}

/** Each healthy target got all of it over one connection: every message, in order, times rising. */
export function expectWhole(sent: Trail, { healthy }: Show): void {
  for (const { server } of healthy) {
    expect(server.publishes).toHaveLength(1);
    expectAllOf(sent, server.publishes[0]?.trail ?? []);
  }
}

/** What came is what was sent, from the first keyframe on. */
export function expectAllOf(sent: Trail, came: Trail): void {
  const verdict = follow(sent, came);
  expect(verdict).toMatchObject({ ...WHOLE, keyframesBefore: 0, inPlace: verdict.came });
  expect(verdict.came).toBeGreaterThan(0);
  expect(verdict.driftMs).toBeLessThanOrEqual(1);
  expect(timesThatFall(came)).toEqual([]);
}

/** Messages that stand before the one in front of them, of the same kind. */
export function timesThatFall(trail: Trail): Trail {
  const last = new Map<number, number>();
  return trail.filter(({ typeId, timestampMs }) => {
    const falls = timestampMs < (last.get(typeId) ?? 0);
    last.set(typeId, timestampMs);
    return falls;
  });
}
