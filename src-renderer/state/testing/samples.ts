/**
 * Values for unit tests.
 * @module
 */
import type { BackupReport, Encoder, IncomingConnection, Ingest } from '../../../src-shared/model/ingest.ts';
import type { HealthReport, StreamMeters } from '../../../src-shared/model/health.ts';
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { DEFAULT_NOTICE_SETTINGS, type Notice } from '../../../src-shared/model/notice.ts';
import type { Rehearsal, RehearsalRow } from '../../../src-shared/model/rehearsal.ts';
import type { ShowReport, ShowSummary } from '../../../src-shared/model/show-report.ts';
import type { StudioState } from '../../../src-shared/model/studio-state.ts';
import type { BackupLeg, Target } from '../../../src-shared/model/target.ts';
import { SAMPLE_FORMAT, SAMPLE_INGEST, SAMPLE_TARGET } from '../../../src-shared/model/testing/samples.ts';
import { NO_UPLINK } from '../studio-view.ts';

const SAMPLE_TIME = '2026-01-02T20:00:00.000Z';

export const emptyState: StudioState = {
  version: '0.1.0',
  rtmpUrl: 'rtmp://127.0.0.1:1935/live',
  ingests: [],
  targets: [],
  connections: [],
  events: [],
  uplink: NO_UPLINK,
  rehearsal: null,
  notices: DEFAULT_NOTICE_SETTINGS,
};

export const sampleMeters: StreamMeters = {
  video: { kbps1s: 6000, kbps10s: 5900, kbpsPeak: 7100 },
  audio: { kbps1s: 160, kbps10s: 160, kbpsPeak: 165 },
  droppedFrames: 0,
  duplicateFrames: 0,
  keyframeIntervalSec: 2,
  keyframeSpreadSec: 0.1,
  gopFrames: 120,
  timestampJitterMs: 0.5,
  gaps: 0,
  backwardJumps: 0,
  avOffsetMs: 12,
  avDriftMsPerMin: 0.2,
  arrivalJitterMs: 3,
  roundTripMs: 1,
  behindMs: 0,
};

export const sampleHealth: HealthReport = {
  word: 'good',
  reasons: [],
  ...SAMPLE_FORMAT,
  avOffsetMs: 12,
  jitterMs: 3,
  meters: sampleMeters,
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
    ...SAMPLE_INGEST,
    streamKey: 'key',
    publishUrl: 'rtmp://127.0.0.1:1935/live/key',
    playKey: 'play',
    holdPicture: 'slate',
    slate: { state: 'waiting', message: '' },
    since: SAMPLE_TIME,
    ...change,
  };
}

export function sampleTarget(change: Partial<Target> = {}): Target {
  return {
    ...SAMPLE_TARGET,
    name: 'My channel',
    url: 'rtmp://example.test/app',
    enabled: true,
    since: SAMPLE_TIME,
    health: { word: 'good', reasons: [] },
    ...change,
  };
}

export const sampleBackup: BackupReport = {
  streamKey: 'spare',
  publishUrl: 'rtmp://127.0.0.1:1935/live/spare',
  encoder: null,
  compatible: null,
  message: '',
};

export const sampleLeg: BackupLeg = {
  state: 'live',
  since: SAMPLE_TIME,
  attempt: 0,
  nextRetryAt: null,
  lastError: null,
  bytesSent: 0,
  bitrateKbps: 0,
  droppedFrames: 0,
  queueMs: 0,
  reconnects: 0,
};

export function sampleRehearsal(change: Partial<Rehearsal> = {}): Rehearsal {
  return {
    ingestId: 'main',
    state: 'running',
    startedAt: SAMPLE_TIME,
    endsAt: '2026-01-02T20:00:30.000Z',
    rows: [],
    platformKbps: 0,
    totalKbps: 0,
    verdict: null,
    ...change,
  };
}

export function sampleRehearsalRow(change: Partial<RehearsalRow> = {}): RehearsalRow {
  return {
    targetId: 't1',
    name: 'My channel',
    way: 'platform',
    state: 'sending',
    connectMs: 180,
    bytesSent: 0,
    kbps: 6000,
    offeredKbps: 6_100,
    worstKbps: 5800,
    worstQueueMs: 0,
    droppedFrames: 0,
    message: '',
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

export function sampleNotice(change: Partial<Notice> = {}): Notice {
  return {
    seq: 1,
    at: SAMPLE_TIME,
    level: 'warning',
    code: 'encoder-left',
    ingestId: 'main',
    targetId: null,
    title: 'The encoder is gone',
    text: 'The last picture is held for 60 s.',
    desktop: true,
    window: true,
    sound: false,
    ...change,
  };
}

export function sampleShow(change: Partial<ShowSummary> = {}): ShowSummary {
  return {
    id: 's1',
    ingestId: 'main',
    ingestName: 'Main',
    startedAt: SAMPLE_TIME,
    endedAt: '2026-01-02T21:30:00.000Z',
    lastSeenAt: '2026-01-02T21:30:00.000Z',
    targets: 2,
    reconnects: 1,
    ...change,
  };
}

export function sampleReport(change: Partial<ShowReport> = {}): ShowReport {
  return {
    show: sampleShow(),
    seconds: 5400,
    encoder: 'H.264 1920×1080 60 fps',
    encoderOutages: [],
    encoderWorstMinute: null,
    encoderMinutes: [],
    targets: [],
    events: [],
    ...change,
  };
}
