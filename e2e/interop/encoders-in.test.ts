/**
 * Encoder × codec × transport: real encoders push into the studio; a recording server behind it gets every message,
 * byte for byte, in order, from the first keyframe to the last frame.
 * @module
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsAll } from '../harness/abilities.ts';
import { ffmpeg5, ffmpeg8, gstreamer, PUSH_FPS, PUSH_SECONDS, type Encoder } from '../harness/encoders.ts';
import { startRecordingServer } from '../harness/recording-server.ts';
import { follow, WHOLE } from '../harness/trail.ts';
import { openStage } from '../integration/open-stage.ts';
import {
  arrived,
  closeSharedStudio,
  goLive,
  newIngest,
  openSharedStudio,
  ROW_TIMEOUT_MS,
  sentBy,
  targetTo,
  type SharedStudio,
  type Transport,
} from './relay.ts';

type Row = {
  readonly encoder: Encoder;
  readonly transport: Transport;
  /** What the window must show for it. */
  readonly video?: RegExp;
  readonly audio?: RegExp;
};

const H264 = /^h\.?264|avc/i;
const AAC = /aac/i;
const rows: readonly Row[] = [
  { encoder: ffmpeg5({ audio: 'aac' }), transport: 'rtmp', video: H264, audio: AAC },
  { encoder: ffmpeg5({ audio: 'aac' }), transport: 'rtmps', video: H264, audio: AAC },
  { encoder: ffmpeg5({ audio: 'aac' }), transport: 'rtmp over IPv6', video: H264, audio: AAC },
  { encoder: ffmpeg5({ audio: 'mp3' }), transport: 'rtmp', video: H264, audio: /mp3/i },
  { encoder: ffmpeg5({ video: false, audio: 'aac' }), transport: 'rtmp', audio: AAC },
  { encoder: ffmpeg5({}), transport: 'rtmp', video: H264 },
  { encoder: gstreamer, transport: 'rtmp', video: H264, audio: AAC },
  { encoder: gstreamer, transport: 'rtmps', video: H264, audio: AAC },
  { encoder: gstreamer, transport: 'rtmp over IPv6', video: H264, audio: AAC },
  { encoder: ffmpeg8(['hevc'], ['aac']), transport: 'rtmp', video: /hevc|h\.?265/i, audio: AAC },
  { encoder: ffmpeg8(['hevc'], ['aac']), transport: 'rtmps', video: /hevc|h\.?265/i, audio: AAC },
  { encoder: ffmpeg8(['av1'], ['opus']), transport: 'rtmp', video: /av1/i, audio: /opus/i },
  { encoder: ffmpeg8(['vp9'], ['opus']), transport: 'rtmp', video: /vp9/i, audio: /opus/i },
  { encoder: ffmpeg8(['vp9'], ['opus']), transport: 'rtmp over IPv6', video: /vp9/i, audio: /opus/i },
  { encoder: ffmpeg8(['h264'], ['mp3']), transport: 'rtmp', video: H264, audio: /mp3/i },
  { encoder: ffmpeg8(['h264'], ['flac']), transport: 'rtmp', video: H264, audio: /flac/i },
  { encoder: ffmpeg8(['h264'], ['ac3']), transport: 'rtmp', video: H264, audio: /ac-?3/i },
  { encoder: ffmpeg8(['h264'], ['eac3']), transport: 'rtmp', video: H264, audio: /e-?ac-?3|ec-3/i },
  { encoder: ffmpeg8(['h264'], ['aac', 'aac']), transport: 'rtmp', video: H264, audio: AAC },
  { encoder: ffmpeg8(['h264'], ['aac', 'opus']), transport: 'rtmp', video: H264, audio: AAC },
  { encoder: ffmpeg8(['h264', 'hevc'], ['aac']), transport: 'rtmp', video: H264, audio: AAC },
  { encoder: ffmpeg8(['av1', 'vp9'], ['opus']), transport: 'rtmp', video: /av1/i, audio: /opus/i },
];

let studio: SharedStudio;
beforeAll(async () => {
  studio = await openSharedStudio('encoders-in');
}, 30_000);
afterAll(() => closeSharedStudio(studio), 30_000);

describe.concurrent('an encoder pushes, every message comes out', () => {
  for (const row of rows) {
    const gate = needsAll(row.encoder.needs);
    const name = `${row.encoder.name} over ${row.transport}${gate.words}`;
    test.skipIf(gate.missing)(
      name,
      async (context) => {
        const stage = openStage(context);
        const server = await startRecordingServer(stage);
        const ingest = await newIngest(studio);
        const target = await targetTo(studio, ingest, { url: server.url, streamKey: 'out' });
        const push = await goLive(
          { studio, stage },
          { encoder: row.encoder, ingest, transport: row.transport },
        );
        await studio.api.targetIs(target.id, 'live');
        const health = await healthOf(ingest.id, row);

        const sent = await sentBy(push);
        const { trail } = await arrived(server);
        const verdict = follow(sent, trail);
        expect(verdict).toMatchObject({ ...WHOLE, inPlace: verdict.came, keyframesBefore: 0 });
        expect(verdict.driftMs).toBeLessThanOrEqual(1);
        // A stream without pictures begins once the studio is sure that there are none; all others at once.
        const seconds = row.video === undefined ? PUSH_SECONDS - 3 : PUSH_SECONDS - 1;
        const perSecond = row.video === undefined ? 30 : PUSH_FPS;
        expect(verdict.came).toBeGreaterThanOrEqual(seconds * perSecond);
        expect(health).toEqual({ video: row.video !== undefined, audio: row.audio !== undefined });
      },
      ROW_TIMEOUT_MS,
    );
  }
});

/** What the studio has measured, held against what the row says; false where it names something else. */
async function healthOf(id: string, row: Row): Promise<{ video: boolean; audio: boolean }> {
  for (let tries = 0; ; tries++) {
    const { health, encoder } = await studio.api.ingest(id);
    const video = row.video?.test(health?.video?.codec ?? '') ?? isThere(health?.video);
    const audio = row.audio?.test(health?.audio?.codec ?? '') ?? isThere(health?.audio);
    const done = video === (row.video !== undefined) && audio === (row.audio !== undefined);
    if (done || encoder === null || tries > 30) return { video, audio };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
