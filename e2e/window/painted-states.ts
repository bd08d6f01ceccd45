/**
 * States of a studio to look at: a first start, a show that goes well, and one that does not.
 * @module
 */
import type { HealthReport, StreamMeters } from '../../src-shared/model/health.ts';
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import { DEFAULT_NOTICE_SETTINGS } from '../../src-shared/model/notice.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import type { Target } from '../../src-shared/model/target.ts';
import { SAMPLE_FORMAT, SAMPLE_INGEST, SAMPLE_TARGET } from '../../src-shared/model/testing/samples.ts';
import { PAINTED_AT } from './painted-studio.ts';

/** ISO 8601, this many seconds before the picture is taken. */
const ago = (seconds: number): string => new Date(PAINTED_AT - seconds * 1000).toISOString();
const SHOW_SECONDS = 5025;

const METERS: StreamMeters = {
  video: { kbps1s: 6000, kbps10s: 5980, kbpsPeak: 6900 },
  audio: { kbps1s: 160, kbps10s: 160, kbpsPeak: 165 },
  droppedFrames: 0,
  duplicateFrames: 0,
  keyframeIntervalSec: 2,
  keyframeSpreadSec: 0.02,
  gopFrames: 120,
  timestampJitterMs: 0.4,
  gaps: 0,
  backwardJumps: 0,
  avOffsetMs: 12,
  avDriftMsPerMin: 0.1,
  arrivalJitterMs: 2.4,
  roundTripMs: 1,
  behindMs: 4,
};

const GOOD: HealthReport = {
  word: 'good',
  reasons: [],
  ...SAMPLE_FORMAT,
  avOffsetMs: 12,
  jitterMs: 2.4,
  meters: METERS,
};

function liveIngest(id: string, name: string, software: string, change: Partial<Ingest> = {}): Ingest {
  return {
    ...SAMPLE_INGEST,
    id,
    name,
    streamKey: `${id}-8k2f-x7qd`,
    publishUrl: `rtmp://127.0.0.1:1935/live/${id}-8k2f-x7qd`,
    state: 'live',
    onAir: 'main',
    since: ago(SHOW_SECONDS + 600),
    encoder: {
      address: '127.0.0.1:52144',
      software,
      connectedAt: ago(SHOW_SECONDS + 600),
      bytesReceived: 3_900_000_000,
      videoMessages: 337_500,
      audioMessages: 263_600,
    },
    health: GOOD,
    ...change,
  };
}

function target(id: string, name: string, platform: string, change: Partial<Target> = {}): Target {
  return { ...SAMPLE_TARGET, id, name, platform, enabled: true, state: 'waiting', ...change };
}

function liveTarget(id: string, name: string, platform: string, change: Partial<Target> = {}): Target {
  return target(id, name, platform, {
    state: 'live',
    since: ago(SHOW_SECONDS),
    bytesSent: 3_860_000_000,
    bytesAcknowledged: 3_859_000_000,
    bitrateKbps: 6150,
    roundTripMs: 24,
    health: { word: 'good', reasons: [] },
    ...change,
  });
}

function event(
  seq: number,
  secondsAgo: number,
  words: Omit<LogEvent, 'seq' | 'at' | 'ingestId' | 'targetId'>,
) {
  return { seq, at: ago(secondsAgo), ingestId: null, targetId: null, ...words };
}

const OK: StudioState['uplink']['verdict'] = { kind: 'ok', message: '', targetIds: [], ingestId: null };

/** Nothing set up, nothing connected. */
export const FIRST_START: StudioState = {
  version: '0.1.0',
  rtmpUrl: 'rtmp://127.0.0.1:1935/live',
  ingests: [SAMPLE_INGEST],
  targets: [],
  connections: [],
  events: [event(1, 4, { level: 'info', code: 'studio-started', message: 'The studio started.' })],
  uplink: { totalKbps: 0, budgetKbps: null, measuredKbps: null, verdict: OK },
  rehearsal: null,
  notices: DEFAULT_NOTICE_SETTINGS,
};

const CAMERAS = [
  liveIngest('main', 'Main', 'OBS 32.0.2'),
  liveIngest('phone', 'Phone backstage', 'Larix Broadcaster 1.3'),
  liveIngest('wide', 'Wide shot', 'vMix 28'),
  { ...SAMPLE_INGEST, id: 'guest', name: 'Guest', streamKey: 'guest-8k2f-x7qd' },
];

/** Three encoders, five targets, nothing to complain of. */
export const ON_AIR: StudioState = {
  ...FIRST_START,
  ingests: CAMERAS,
  targets: [
    liveTarget('t1', 'Twitch', 'twitch'),
    liveTarget('t2', 'YouTube main channel', 'youtube', { priority: 2, reconnects: 1, roundTripMs: 31 }),
    liveTarget('t3', 'Kick', 'kick', { priority: 3, droppedFrames: 12 }),
    liveTarget('t4', 'Club server', 'custom', { priority: 4, delaySeconds: 20, delayedBySeconds: 20 }),
    target('t5', 'Facebook', 'facebook', { priority: 5, state: 'off', enabled: false }),
  ],
  events: [
    ...FIRST_START.events.map((one) => ({ ...one, at: ago(SHOW_SECONDS + 700) })),
    event(2, SHOW_SECONDS + 600, {
      level: 'info',
      code: 'encoder-live',
      message: 'The encoder (OBS 32.0.2) is live on Main.',
    }),
    event(3, SHOW_SECONDS, { level: 'info', code: 'target-live', message: 'Twitch is live.' }),
    event(4, SHOW_SECONDS - 1, { level: 'info', code: 'target-live', message: 'Kick is live.' }),
    event(5, 1800, { level: 'info', code: 'target-live', message: 'YouTube main channel is live again.' }),
  ],
  uplink: { totalKbps: 24_600, budgetKbps: 40_000, measuredKbps: null, verdict: OK },
};

const REFUSED = {
  code: 'bad-key',
  message:
    'Twitch refused the stream key. Copy it again from Creator Dashboard → Settings → Stream, paste it here, then start the target again.',
  at: ago(40),
};
const TIMED_OUT = {
  code: 'connect-timeout',
  message:
    'Kick did not answer within 10 s. Its server or the way there is down; the next try comes by itself.',
  at: ago(6),
};

/** The encoder is gone, a key was refused, a platform does not answer, and the line is too slow for the rest. */
export const IN_TROUBLE: StudioState = {
  ...ON_AIR,
  ingests: CAMERAS.map((ingest) => {
    if (ingest.id === 'main')
      return {
        ...ingest,
        state: 'holding' as const,
        onAir: 'freeze' as const,
        since: ago(18),
        holdEndsAt: ago(-42),
        encoder: null,
        health: null,
      };
    if (ingest.id !== 'phone') return ingest;
    const reason =
      'Pictures come in with gaps of 0.8 s. Move the phone nearer to the Wi-Fi, or lower its bitrate.';
    return { ...ingest, health: { ...GOOD, word: 'failing' as const, reasons: [reason], jitterMs: 310 } };
  }),
  targets: [
    target('t1', 'Twitch', 'twitch', { state: 'failed', attempt: 3, lastError: REFUSED, since: ago(40) }),
    liveTarget('t2', 'YouTube main channel', 'youtube', {
      priority: 2,
      droppedFrames: 341,
      queueMs: 3800,
      bitrateKbps: 3100,
      health: { word: 'failing', reasons: ['3.8 s of the stream wait for this target.'] },
    }),
    target('t3', 'Kick', 'kick', {
      priority: 3,
      state: 'retrying',
      attempt: 4,
      lastError: TIMED_OUT,
      nextRetryAt: ago(-9),
      since: ago(60),
    }),
    liveTarget('t4', 'Club server', 'custom', { priority: 4, shed: 'sound', bitrateKbps: 160 }),
  ],
  events: [
    ...ON_AIR.events,
    event(6, 40, { level: 'error', code: 'bad-key', message: `Twitch: ${REFUSED.message}` }),
    event(7, 18, {
      level: 'warning',
      code: 'encoder-left',
      message: 'The encoder of Main is gone. Viewers see its last picture for up to 60 s.',
    }),
    event(8, 6, { level: 'warning', code: 'connect-timeout', message: `Kick: ${TIMED_OUT.message}` }),
  ],
  uplink: {
    totalKbps: 3260,
    budgetKbps: 40_000,
    measuredKbps: 3400,
    verdict: {
      kind: 'your-line',
      message:
        'Your line is too slow: YouTube main channel lags, although Club server gets less already. 3.3 of 6.3 Mbit/s get through. Stop other uploads on this line, lower the video bitrate in the encoder, or switch off a target.',
      targetIds: ['t2'],
      ingestId: null,
    },
  },
};

/** The figures of a state as they were a while ago: they sway a little, as real ones do. */
export function swaying(state: StudioState, second: number): Pick<StudioState, 'ingests' | 'targets'> {
  const sway = Math.sin(second / 7) + Math.sin(second / 2.3) / 2;
  const ingests = state.ingests.map((ingest): Ingest => {
    const health = ingest.id === 'guest' ? null : (ingest.health ?? (second < -18 ? GOOD : null));
    if (health === null || health.video === null) return ingest;
    const video = { ...health.video, kbps: 6000 + 180 * sway, fps: 60 + Math.round(sway) / 10 };
    const moved = { ...health, video, avOffsetMs: 12 + 3 * sway, jitterMs: 2.4 + Math.abs(sway) };
    return { ...ingest, state: 'live', health: moved };
  });
  const targets = state.targets.map((one): Target => ({ ...one, bitrateKbps: one.bitrateKbps + 150 * sway }));
  return { ingests, targets };
}
