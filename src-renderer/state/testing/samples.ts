/**
 * Values for unit tests.
 * @module
 */
import type { Encoder, IncomingConnection, Ingest } from '../../../src-shared/model/ingest.ts';
import type { HealthReport } from '../../../src-shared/model/health.ts';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import type { StudioState } from '../../../src-shared/model/studio-state.ts';
import type { Target } from '../../../src-shared/model/target.ts';

const SAMPLE_TIME = '2026-01-02T20:00:00.000Z';

export const emptyState: StudioState = {
  version: '0.1.0',
  rtmpUrl: 'rtmp://127.0.0.1:1935/live',
  ingests: [],
  targets: [],
  connections: [],
  events: [],
  uplink: { totalKbps: 0, budgetKbps: null },
};

export const sampleHealth: HealthReport = {
  word: 'good',
  reasons: [],
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
  },
  audio: { codec: 'AAC', sampleRate: 48_000, channels: 2, kbps: 160 },
  avOffsetMs: 12,
  jitterMs: 3,
};

export const sampleEncoder: Encoder = {
  address: '127.0.0.1:50000',
  software: 'OBS 31',
  connectedAt: SAMPLE_TIME,
  bytesReceived: 0,
  videoMessages: 0,
  audioMessages: 0,
};

export function sampleIngest(change: Partial<Ingest> = {}): Ingest {
  return {
    id: 'main',
    name: 'Main',
    app: 'live',
    streamKey: 'key',
    serverUrl: 'rtmp://127.0.0.1:1935/live',
    publishUrl: 'rtmp://127.0.0.1:1935/live/key',
    playKey: 'play',
    holdSeconds: 60,
    state: 'waiting',
    since: SAMPLE_TIME,
    holdEndsAt: null,
    encoder: null,
    health: null,
    players: 0,
    testSignal: false,
    warnings: [],
    ...change,
  };
}

export function sampleTarget(change: Partial<Target> = {}): Target {
  return {
    id: 't1',
    name: 'My channel',
    platform: 'twitch',
    url: 'rtmp://example.test/app',
    streamKey: '••••abcd',
    ingestId: 'main',
    user: '',
    hasPassword: false,
    certificateSha256: '',
    proxy: '',
    bindAddress: '',
    enabled: true,
    state: 'off',
    since: SAMPLE_TIME,
    attempt: 0,
    nextRetryAt: null,
    lastError: null,
    bytesSent: 0,
    bytesAcknowledged: 0,
    bitrateKbps: 0,
    droppedFrames: 0,
    queueMs: 0,
    reconnects: 0,
    received: null,
    findings: [],
    ...change,
  };
}

export function sampleConnection(change: Partial<IncomingConnection> = {}): IncomingConnection {
  return {
    id: 'c1',
    address: '127.0.0.1:50000',
    software: null,
    role: 'unknown',
    stage: 'handshake',
    outcome: 'in-progress',
    reason: null,
    ingestId: null,
    startedAt: SAMPLE_TIME,
    ...change,
  };
}

export function sampleEvent(change: Partial<LogEvent> = {}): LogEvent {
  return {
    seq: 1,
    at: SAMPLE_TIME,
    level: 'info',
    code: 'studio-started',
    message: 'The studio started.',
    ingestId: null,
    targetId: null,
    ...change,
  };
}
