/**
 * An ingest, a target and what a health report says of a picture and its sound, for tests to change what they need.
 * @module
 */
import type { HealthReport } from '../health.ts';
import type { Ingest } from '../ingest.ts';
import type { Target } from '../target.ts';

/** 1080p60 H.264 and AAC. */
export const SAMPLE_FORMAT: Pick<HealthReport, 'video' | 'audio'> = {
  video: {
    codec: 'H.264',
    profile: 'High',
    level: '4.2',
    width: 1920,
    height: 1080,
    fps: 60,
    kbps: 6000,
    keyframeIntervalSec: 2,
    bFrames: true,
    reorderFrames: 2,
    cabac: true,
    interlaced: false,
    chroma: '4:2:0',
    bitDepth: 8,
  },
  audio: { codec: 'AAC', sampleRate: 48_000, channels: 2, profile: 'LC', kbps: 160 },
};

/** An ingest that waits. */
export const SAMPLE_INGEST: Ingest = {
  id: 'main',
  name: 'Main',
  app: 'live',
  streamKey: 'abcde-fghjk',
  serverUrl: 'rtmp://127.0.0.1:1935/live',
  publishUrl: 'rtmp://127.0.0.1:1935/live/abcde-fghjk',
  playKey: 'play-key',
  holdSeconds: 60,
  holdThen: 'end',
  holdPicture: 'freeze',
  holdPictureFile: '',
  slate: { state: 'off', message: '' },
  stallSeconds: 3,
  switchBack: 'auto',
  switchBackSeconds: 10,
  backup: null,
  onAir: null,
  delay: { state: 'off', seconds: 0, heldSeconds: 0, memoryBytes: 0, diskBytes: 0 },
  state: 'waiting',
  since: '2026-01-01T00:00:00.000Z',
  holdEndsAt: null,
  encoder: null,
  health: null,
  players: 0,
  testSignal: false,
  warnings: [],
};

/** A target that is off. */
export const SAMPLE_TARGET: Target = {
  id: 't1',
  name: 'Twitch',
  platform: 'twitch',
  url: 'rtmps://example.org/app',
  streamKey: '••••abcd',
  ingestId: 'main',
  user: '',
  hasPassword: false,
  certificateSha256: '',
  proxy: '',
  bindAddress: '',
  enabled: false,
  priority: 1,
  startAt: null,
  startAfterSeconds: null,
  startsAt: null,
  delaySeconds: 0,
  delayedBySeconds: 0,
  backupMode: 'off',
  backupUrl: '',
  backupStreamKey: '',
  backupLeg: null,
  shed: 'none',
  state: 'off',
  since: '2026-01-01T00:00:00.000Z',
  attempt: 0,
  nextRetryAt: null,
  lastError: null,
  bytesSent: 0,
  bytesAcknowledged: 0,
  bitrateKbps: 0,
  droppedFrames: 0,
  queueMs: 0,
  backlogBytes: 0,
  roundTripMs: null,
  reconnects: 0,
  received: null,
  findings: [],
  health: { word: 'waiting', reasons: [] },
};
