/**
 * Targets × codec: the studio publishes to real servers; what they have recorded holds every message that the encoder
 * sent, byte for byte, from the first keyframe to the last frame.
 * @module
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsAll, type Needs } from '../harness/abilities.ts';
import { ffmpeg5, ffmpeg8, gstreamer, PUSH_FPS, PUSH_SECONDS, type Encoder } from '../harness/encoders.ts';
import {
  recordWithFfmpeg8Listen,
  recordWithFfmpegListen,
  recordWithNginx,
  recordWithNodeMediaServer,
} from '../harness/peers.ts';
import { startRecordingServer } from '../harness/recording-server.ts';
import type { Stage } from '../harness/stage.ts';
import { startStudio } from '../harness/studio.ts';
import { followApart, trailOf, WHOLE, WHOLE_BUT_HEADERS, type Trail } from '../harness/trail.ts';
import { until } from '../harness/until.ts';
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
} from './relay.ts';

/** A real server, and how to read what it has recorded. */
type Server = {
  readonly name: string;
  readonly needs: Needs;
  /** FFmpeg 8 writes configurations and colours in its own words; frames stay as they are. */
  readonly ownHeaders?: boolean;
  readonly open: (stage: Stage) => Promise<OpenServer>;
};
type OpenServer = {
  readonly url: string;
  readonly streamKey: string;
  readonly recorded: () => Promise<Trail>;
};

/** Files grow until their writer is done; one that has not grown for this long is whole. */
const QUIET_MS = 1_000;

async function grown(files: () => readonly string[]): Promise<Trail> {
  let last = { messages: -1, at: performance.now() };
  return until(
    'the recording is whole',
    () => {
      const [file] = files();
      const trail = file === undefined ? [] : trailOf(file);
      if (trail.length !== last.messages) last = { messages: trail.length, at: performance.now() };
      return trail.length > 0 && performance.now() - last.at > QUIET_MS && trail;
    },
    { timeoutMs: 10_000, everyMs: 200, seen: () => files() },
  );
}

const nginx: Server = {
  name: 'nginx-rtmp',
  needs: { tools: ['nginx', 'nginx-rtmp'] },
  open: async (stage) => {
    const { url, streamKey, files } = await recordWithNginx(stage);
    return { url, streamKey, recorded: () => grown(files) };
  },
};
const nodeMediaServer: Server = {
  name: 'node-media-server 4',
  needs: { packages: ['node-media-server'] },
  open: async (stage) => {
    const { url, streamKey, files } = await recordWithNodeMediaServer(stage);
    return { url, streamKey, recorded: () => grown(files) };
  },
};
const ffmpeg5Listens: Server = {
  name: 'FFmpeg 5 -listen',
  needs: { tools: ['ffmpeg'] },
  open: async (stage) => {
    const { url, streamKey, child, files } = await recordWithFfmpegListen(stage);
    const recorded = async (): Promise<Trail> => {
      await child.ends(10_000);
      return trailOf(files()[0] ?? '');
    };
    return { url, streamKey, recorded };
  },
};
const ffmpeg8Listens: Server = {
  name: 'FFmpeg 8 -listen',
  needs: { packages: ['node-av'] },
  ownHeaders: true,
  open: async (stage) => {
    const { url, streamKey, child, files } = await recordWithFfmpeg8Listen(stage);
    const recorded = async (): Promise<Trail> => {
      await child.ends(10_000);
      return trailOf(files()[0] ?? '');
    };
    return { url, streamKey, recorded };
  },
};
/** A second studio; a recording server stands behind it. */
const relaydeck: Server = {
  name: 'Relaydeck',
  needs: {},
  open: async (stage) => {
    const server = await startRecordingServer(stage);
    const { api, ready } = await startStudio(stage, { name: 'second-studio' });
    await api.call('PATCH', '/ingests/main', { holdSeconds: 0 });
    await api.addTarget({ name: 'on', url: server.url, streamKey: 'on', enabled: true });
    const { streamKey } = await api.ingest();
    return { url: ready.rtmpUrl, streamKey, recorded: async () => (await arrived(server)).trail };
  },
};

const h264Aac = ffmpeg5({ audio: 'aac' });
const rows: readonly (readonly [Server, Encoder])[] = [
  [nginx, h264Aac],
  [nginx, ffmpeg5({ audio: 'mp3' })],
  [nodeMediaServer, h264Aac],
  [nodeMediaServer, ffmpeg8(['hevc'], ['aac'])],
  [nodeMediaServer, ffmpeg8(['av1'], ['opus'])],
  [ffmpeg5Listens, h264Aac],
  [ffmpeg5Listens, gstreamer],
  [ffmpeg8Listens, h264Aac],
  [ffmpeg8Listens, ffmpeg8(['hevc'], ['aac'])],
  [ffmpeg8Listens, ffmpeg8(['av1'], ['opus'])],
  [ffmpeg8Listens, ffmpeg8(['vp9'], ['opus'])],
  [ffmpeg8Listens, ffmpeg8(['h264'], ['flac'])],
  [ffmpeg8Listens, ffmpeg8(['h264'], ['ac3'])],
  [ffmpeg8Listens, ffmpeg8(['h264'], ['eac3'])],
  [ffmpeg8Listens, ffmpeg8(['h264'], ['aac', 'aac'])],
  [ffmpeg8Listens, ffmpeg8(['h264', 'hevc'], ['aac'])],
  [relaydeck, h264Aac],
  [relaydeck, ffmpeg8(['hevc'], ['aac'])],
  [relaydeck, ffmpeg8(['av1'], ['opus', 'opus'])],
];

let studio: SharedStudio;
beforeAll(async () => {
  studio = await openSharedStudio('servers-out');
}, 30_000);
afterAll(() => closeSharedStudio(studio), 30_000);

describe.concurrent('a server is published to, and records every message', () => {
  for (const [server, encoder] of rows) {
    const gates = [needsAll(server.needs), needsAll(encoder.needs)];
    const words = gates.map((gate) => gate.words).join('');
    test.skipIf(gates.some(({ missing }) => missing))(
      `${server.name} gets ${encoder.name}${words}`,
      async (context) => {
        const stage = openStage(context);
        const { url, streamKey, recorded } = await server.open(stage);
        const ingest = await newIngest(studio);
        const target = await targetTo(studio, ingest, { url, streamKey });
        const push = await goLive({ studio, stage }, { encoder, ingest });
        await studio.api.targetIs(target.id, 'live');
        const sent = await sentBy(push);
        const { video, audio } = followApart(sent, await recorded());
        const whole = server.ownHeaders === true ? WHOLE_BUT_HEADERS : WHOLE;
        expect({ video, audio }).toMatchObject({
          video: { ...whole, inPlace: video.came, keyframesBefore: 0 },
          audio: { ...whole, inPlace: audio.came },
        });
        expect(video.came).toBeGreaterThanOrEqual((PUSH_SECONDS - 1) * PUSH_FPS);
        expect(audio.came).toBeGreaterThanOrEqual((PUSH_SECONDS - 1) * 10);
      },
      ROW_TIMEOUT_MS,
    );
  }
});
