import { expect, test } from 'vitest';
import { metricsText } from './metrics.ts';
import { FAKE_INGEST, FAKE_STATE, FAKE_TARGET } from './testing/fake-studio.ts';

const text = metricsText(
  {
    ...FAKE_STATE,
    ingests: [{ ...FAKE_INGEST, state: 'live', name: 'A "quoted" \\ name\nof two lines' }],
    targets: [
      {
        ...FAKE_TARGET,
        state: 'live',
        bytesSent: 7,
        bitrateKbps: 2.5,
        droppedFrames: 3,
        queueMs: 40,
        reconnects: 1,
      },
    ],
    uplink: { ...FAKE_STATE.uplink, totalKbps: 6000 },
  },
  123,
);

test.each([
  'relaydeck_info{version="0.1.0"} 1',
  'relaydeck_ingest_live{ingest="main"} 1',
  'relaydeck_ingest_bytes_received_total{ingest="main"} 0',
  'relaydeck_ingest_info{ingest="main",name="A \\"quoted\\" \\\\ name\\nof two lines"} 1',
  'relaydeck_target_state{target="t1",state="live"} 1',
  'relaydeck_target_state{target="t1",state="off"} 0',
  'relaydeck_target_bytes_sent_total{target="t1"} 7',
  'relaydeck_target_bitrate_kbps{target="t1"} 2.5',
  'relaydeck_target_dropped_frames_total{target="t1"} 3',
  'relaydeck_target_queue_ms{target="t1"} 40',
  'relaydeck_target_reconnects_total{target="t1"} 1',
  'relaydeck_target_health{target="t1"} 3',
  'relaydeck_target_findings{target="t1"} 0',
  'relaydeck_uplink_kbps 6000',
  'relaydeck_process_resident_memory_bytes 123',
])('%s', (line) => {
  expect(text.split('\n')).toContain(line);
});

test('every line is of the format, and every name is ours', () => {
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) relaydeck_\w+ .+|relaydeck_\w+(\{(\w+="([^"\\\n]|\\.)*",?)+\})? [\d.]+)$/,
    );
  }
});
