import { expect, test } from 'vitest';
import type { ShowReport } from '../../src-shared/model/show-report.ts';
import { reportCsv } from './report-csv.ts';
import { reportHtml } from './report-html.ts';
import { bytesWords, lengthWords, shareWords } from './report-words.ts';

const EVIL = `"><script>alert('1')</script>&\u0007`;

function aReport(name: string): ShowReport {
  const minute = { kbps: 6000, fps: 59.9, droppedFrames: 2, queueMs: null, jitterMs: 3, liveSeconds: 60 };
  return {
    show: {
      id: 's',
      ingestId: 'main',
      ingestName: name,
      startedAt: '2026-01-01T20:00:00.000Z',
      endedAt: '2026-01-01T20:02:00.000Z',
      lastSeenAt: '2026-01-01T20:02:00.000Z',
      targets: 1,
      reconnects: 1,
    },
    seconds: 120,
    encoder: name,
    encoderOutages: [],
    encoderWorstMinute: { at: '2026-01-01T20:00:00.000Z', cause: name },
    encoderMinutes: [{ at: '2026-01-01T20:00:00.000Z', ...minute }],
    targets: [
      {
        targetId: 't',
        name,
        platform: name,
        liveSeconds: 90,
        uptime: 0.75,
        reconnects: 1,
        droppedFrames: 2,
        bytesSent: 90_000_000,
        meanKbps: 6000,
        outages: [{ at: '2026-01-01T20:00:30.000Z', seconds: 30, code: 'lost', cause: name }],
        worstMinute: { at: '2026-01-01T20:00:00.000Z', cause: name },
        minutes: [
          { at: '2026-01-01T20:00:00.000Z', ...minute },
          { at: '2026-01-01T20:01:00.000Z', ...minute, droppedFrames: 0 },
        ],
      },
    ],
    events: [
      {
        seq: 1,
        at: '2026-01-01T20:00:30.000Z',
        level: 'warning',
        code: 'lost',
        message: name,
        ingestId: null,
        targetId: 't',
      },
    ],
  };
}

test('the page holds what happened, and asks for nothing from anywhere', () => {
  const page = reportHtml(aReport('My show'), { timeZone: 'Europe/Berlin' });
  expect(page).toContain('From 1 January 2026 at 21:00 until 1 January 2026 at 21:02: 2 min 00 s.');
  for (const words of [
    '75.0 %',
    '90.0 MB',
    '6000 kbit/s',
    '<td>21:00:30</td><td>30 s</td><td>My show</td>',
  ]) {
    expect(page).toContain(words);
  }
  expect(page).toContain('prefers-color-scheme:dark');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/);
  // Half of the first minute was lost; nothing of the second.
  expect(page.match(/class="lost" x="0.00" y="0" width="[\d.]+" height="32.00"/g)).toHaveLength(1);
});

test('names from outside are text, wherever they stand', () => {
  const page = reportHtml(aReport(EVIL));
  expect(page).not.toContain('<script');
  expect(page).not.toContain('\u0007');
  expect(
    page.match(/&quot;&gt;&lt;script&gt;alert\(&#39;1&#39;\)&lt;\/script&gt;&amp;/g)?.length,
  ).toBeGreaterThan(8);
  // No attribute is left by its quote.
  expect(page.replace(/"[^"]*"/g, '')).not.toContain('"');
});

test('a show without minutes, and one that was killed, have a page too', () => {
  const { show, ...rest } = aReport('a');
  const page = reportHtml({
    ...rest,
    show: { ...show, endedAt: null },
    encoderMinutes: [],
    targets: [],
    events: [],
  });
  expect(page).toContain('which is the last that is known');
  expect(page).not.toContain('<svg');
});

test('a show of days has no more bars than fit', () => {
  const { targets, ...rest } = aReport('a');
  const minute = targets[0]?.minutes[0];
  if (minute === undefined) throw new Error('no minute');
  const encoderMinutes = Array.from({ length: 5000 }, () => minute);
  const page = reportHtml({ ...rest, targets: [], encoderMinutes });
  expect(page.match(/<rect/g)?.length).toBeLessThanOrEqual(240);
});

test('the minutes as CSV', () => {
  expect(reportCsv(aReport('Twitch')).split('\r\n')).toEqual([
    'who,platform,minute,kbps,fps,dropped_frames,queue_ms,jitter_ms,live_seconds',
    'Encoder,,2026-01-01T20:00:00.000Z,6000,59.9,2,,3,60',
    'Twitch,Twitch,2026-01-01T20:00:00.000Z,6000,59.9,2,,3,60',
    'Twitch,Twitch,2026-01-01T20:01:00.000Z,6000,59.9,0,,3,60',
    '',
  ]);
});

test.each([
  ['a "b", c', '"a ""b"", c"'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  -2', "'  -2"],
  ['+x,"y"', `"'+x,""y"""`],
  ['\t=x', "'\t=x"],
])('%j in a cell is %j', (name, cell) => {
  expect(reportCsv(aReport(name))).toContain(`\r\n${cell},${cell},2026-`);
});

test('figures in words', () => {
  expect([0, 59.6, 3599, 7500].map(lengthWords)).toEqual(['0 s', '1 min 00 s', '59 min 59 s', '2 h 05 min']);
  expect([1, 0.9999, 0.5].map(shareWords)).toEqual(['100.0 %', '99.9 %', '50.0 %']);
  expect([0, 999, 1500, 999_600, 2.5e12, 1e16].map(bytesWords)).toEqual([
    '0 B',
    '999 B',
    '1.5 kB',
    '1.0 MB',
    '2.5 TB',
    '10000 TB',
  ]);
});
