import { expect, test } from 'vitest';
import { showReportSchema } from '../../src-shared/model/show-report.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { rowsOf, type HistoryBatch } from './history-batch.ts';
import type { HistoryStore } from './history-store.ts';
import { memoryHistoryStore } from './open-history-store.ts';
import { ShowStage } from './testing/show-stage.ts';

function stageWithStore(...ids: readonly string[]): { stage: ShowStage; store: HistoryStore } {
  const clock = new ManualClock();
  const store = memoryHistoryStore(clock);
  const stage = new ShowStage(
    ids,
    (batch) => {
      store.write(batch);
    },
    clock,
  );
  return { stage, store };
}

const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

function report(store: HistoryStore, id = 'show-1') {
  const made = store.report(id);
  if (made === undefined) throw new Error(`no ${id}`);
  return showReportSchema.parse(made);
}

/** Ten minutes with two failures of targets and one of the encoder. */
function playTenMinutes(stage: ShowStage): void {
  stage.encoderComes();
  stage.goLive('Twitch', 'YouTube');
  stage.pass(90);
  stage.clock.advance(400);
  stage.lose('Twitch', 'connection-lost', 'The connection to Twitch broke.');
  stage.clock.advance(600);
  stage.sample();
  stage.pass(19);
  stage.clock.advance(500);
  stage.goLive('Twitch');
  stage.clock.advance(500);
  stage.sample();
  stage.pass(189);
  stage.encoderIsLost();
  stage.pass(15);
  stage.encoderReturns();
  stage.pass(105);
  stage.lose('YouTube', 'refused', 'YouTube ended the broadcast.');
  stage.pass(30);
  stage.goLive('YouTube');
  stage.pass(150);
}

test('a show of ten minutes names both failures of targets and the drop of the encoder, with times and causes', () => {
  const { stage, store } = stageWithStore('Twitch', 'YouTube');
  playTenMinutes(stage);
  stage.showEnds();
  stage.pass(3);
  const whole = report(store);
  expect(whole.seconds).toBe(600);
  expect(whole.show).toMatchObject({ startedAt: at(0), endedAt: at(600), targets: 2, reconnects: 2 });
  const [twitch, youtube] = whole.targets;
  expect(twitch?.outages).toEqual([
    { at: at(90.4), seconds: 20.1, code: 'connection-lost', cause: 'The connection to Twitch broke.' },
  ]);
  expect(youtube?.outages).toEqual([
    { at: at(420), seconds: 30, code: 'refused', cause: 'YouTube ended the broadcast.' },
  ]);
  expect(whole.encoderOutages).toEqual([
    { at: at(300), seconds: 15, code: 'encoder-left', cause: 'The connection of the encoder was lost.' },
  ]);
  expect(twitch?.worstMinute).toMatchObject({ at: at(60) });
  expect(twitch?.worstMinute?.cause).toContain('The connection to Twitch broke.');
  expect(youtube?.worstMinute).toMatchObject({ at: at(420) });
  expect(whole.encoderWorstMinute).toMatchObject({ at: at(300) });
  expect(twitch?.uptime).toBeCloseTo(580 / 600, 2);
  expect(youtube?.uptime).toBeCloseTo(570 / 600, 2);
  // Two of its 570 seconds are sampled by hand, without bytes.
  expect(youtube?.bytesSent).toBe(568 * 125_000);
  expect(youtube?.meanKbps).toBe(1000);
  expect(twitch?.minutes.map(({ liveSeconds }) => liveSeconds)).toEqual([
    60, 40, 60, 60, 60, 60, 60, 60, 60, 60,
  ]);
  expect(whole.encoderMinutes.map(({ liveSeconds }) => liveSeconds)).toEqual([
    60, 60, 60, 60, 60, 45, 60, 60, 60, 60,
  ]);
  expect(whole.encoderMinutes[0]).toMatchObject({ at: at(0), kbps: 6160, fps: 60, jitterMs: 5 });
  expect(whole.encoder).toBe('H.264, 1920×1080, 60 fps, 6000 kbit/s; AAC, 48 kHz, 2 channels, 160 kbit/s');
  expect(whole.events.map(({ code }) => code)).toEqual([
    'encoder-live',
    'connection-lost',
    'encoder-left',
    'refused',
  ]);
});

test('killed at any moment, at most the last two seconds are missing', () => {
  for (const killedAt of [0.5, 1.9, 61.2, 95, 303.7, 430.1, 599.9]) {
    // What reaches the disk up to then, and nothing after.
    let isDead = false;
    const clock = new ManualClock();
    const store = memoryHistoryStore(clock);
    const write = (batch: HistoryBatch): void => {
      isDead ||= clock.now() / 1000 > killedAt;
      if (!isDead) store.write(batch);
    };
    const stage = new ShowStage(['Twitch', 'YouTube'], write, clock);
    playTenMinutes(stage);
    const { show, seconds, targets, encoderOutages } = report(store);
    expect(show.endedAt).toBeNull();
    expect(killedAt - seconds).toBeLessThan(2);
    if (killedAt === 95) expect(targets[0]?.outages).toMatchObject([{ at: at(90.4), seconds: null }]);
    if (killedAt > 3) expect(killedAt - (targets[1]?.liveSeconds ?? 0)).toBeLessThan(killedAt > 420 ? 32 : 2);
    expect(encoderOutages).toHaveLength(killedAt > 302 ? 1 : 0);
  }
});

test('what is kept in memory does not grow with the show', () => {
  const stage = new ShowStage(['a', 'b']);
  stage.encoderComes();
  stage.goLive('a', 'b');
  stage.pass(5);
  stage.batches.length = 0;
  stage.pass(7200);
  const sizes = stage.batches.map(rowsOf);
  expect(sizes).toHaveLength(7200);
  // The show, two targets, and the minute of each and of the encoder.
  expect(Math.max(...sizes)).toBe(6);
});

test('a loss between two samples is an outage all the same', () => {
  const { stage, store } = stageWithStore('a');
  stage.encoderComes();
  stage.goLive('a');
  stage.pass(10);
  stage.clock.advance(200);
  stage.lose('a', 'reset', 'It hung up.');
  stage.clock.advance(500);
  stage.goLive('a');
  stage.clock.advance(300);
  stage.sample();
  expect(report(store).targets[0]).toMatchObject({
    reconnects: 1,
    outages: [{ at: at(10.2), seconds: 0.5, code: 'reset', cause: 'It hung up.' }],
  });
});

test('a target that never comes up is an outage from its first failure on; its uptime is unknown', () => {
  const { stage, store } = stageWithStore('a');
  stage.encoderComes();
  stage.state('a', 'connecting');
  stage.pass(2);
  stage.lose('a', 'key-refused', 'The key is wrong.');
  stage.state('a', 'failed');
  stage.pass(8);
  stage.showEnds();
  stage.pass(1);
  expect(report(store).targets[0]).toMatchObject({
    liveSeconds: 0,
    uptime: null,
    outages: [{ at: at(2), seconds: 8, code: 'key-refused', cause: 'The key is wrong.' }],
  });
});

test('a target stopped by hand is no outage, and one that was off all the time takes no part', () => {
  const { stage, store } = stageWithStore('a', 'b');
  stage.state('b', 'off');
  stage.encoderComes();
  stage.goLive('a');
  stage.pass(30);
  stage.state('a', 'off');
  stage.pass(30);
  const { targets } = report(store);
  expect(targets).toHaveLength(1);
  expect(targets[0]).toMatchObject({ liveSeconds: 30, uptime: 0.5, outages: [], worstMinute: null });
});

test('an error of the show before does not explain a loss of this one', () => {
  const { stage, store } = stageWithStore('a');
  stage.target('a').lastError = { code: 'old', message: 'Old.', at: '2025-12-31T20:00:00.000Z' };
  stage.encoderComes();
  stage.goLive('a');
  stage.pass(10);
  stage.state('a', 'connecting');
  stage.pass(2);
  stage.goLive('a');
  stage.pass(2);
  expect(report(store).targets[0]?.outages).toEqual([
    { at: at(10), seconds: 2, code: 'connected-anew', cause: 'It was connected anew.' },
  ]);
});

test('a delayed target that is still live keeps the show open', () => {
  const { stage, store } = stageWithStore('now', 'late');
  stage.target('late').delayedBySeconds = 20;
  stage.encoderComes();
  stage.goLive('now', 'late');
  stage.pass(60);
  stage.showEnds();
  stage.pass(19);
  expect(report(store).show.endedAt).toBeNull();
  stage.state('late', 'waiting');
  stage.pass(1);
  expect(report(store).show.endedAt).toBe(at(80));
  expect(report(store).targets.map(({ liveSeconds }) => liveSeconds)).toEqual([79, 60]);
});

test('the next show begins anew: counters go on, sums do not', () => {
  const { stage, store } = stageWithStore('a');
  stage.encoderComes();
  stage.goLive('a');
  stage.target('a').droppedFrames = 7;
  stage.pass(10);
  stage.showEnds();
  stage.pass(5);
  stage.encoderComes();
  stage.goLive('a');
  stage.pass(4);
  expect(store.shows().map(({ id, endedAt }) => [id, endedAt])).toEqual([
    ['show-2', null],
    ['show-1', at(10)],
  ]);
  expect(report(store, 'show-1').targets[0]).toMatchObject({ bytesSent: 1_250_000, droppedFrames: 7 });
  expect(report(store, 'show-2').targets[0]).toMatchObject({ bytesSent: 500_000, droppedFrames: 0 });
});

test('an event right after the end is of that show; one of another ingest is not', () => {
  const { stage, store } = stageWithStore('a');
  stage.encoderComes();
  stage.pass(5);
  stage.showEnds();
  stage.event('encoder-left', { ingestId: 'main' });
  stage.event('encoder-live', { ingestId: 'other' });
  stage.pass(1);
  expect(report(store).events.map(({ code }) => code)).toEqual(['encoder-live', 'encoder-left']);
});

test('a computer that slept leaves a gap; a clock set back does not turn time around', () => {
  const { stage, store } = stageWithStore('a');
  let ahead = 0;
  const { wallNow } = stage.clock;
  Object.assign(stage.clock, { wallNow: () => wallNow() + ahead });
  stage.encoderComes();
  stage.goLive('a');
  stage.pass(10);
  ahead = 3_600_000;
  stage.pass(10);
  ahead = -3_600_000;
  stage.pass(10);
  const { show, targets } = report(store);
  expect(show.lastSeenAt).toBe(at(3630));
  expect(targets[0]?.liveSeconds).toBe(30);
});

test('an ingest that is deleted ends its show; so does the end of the studio', () => {
  const { stage, store } = stageWithStore('a');
  stage.encoderComes();
  stage.pass(5);
  stage.recorder.sample(stage.clock.now(), { ingests: [], targets: [] });
  expect(report(store).show.endedAt).toBe(at(5));
  stage.encoderComes();
  stage.pass(5);
  stage.recorder.close();
  expect(report(store, 'show-2').show.endedAt).toBe(at(10));
});

test('a stall of the encoder is told as one', () => {
  const { stage, store } = stageWithStore('a');
  stage.encoderComes();
  stage.pass(5);
  stage.event('encoder-stalled', { ingestId: 'main', level: 'warning' });
  Object.assign(stage.ingest, { state: 'holding', onAir: 'slate', since: stage.nowIso });
  stage.pass(5);
  stage.encoderReturns();
  stage.pass(1);
  expect(report(store).encoderOutages).toMatchObject([{ at: at(5), seconds: 5, code: 'encoder-stalled' }]);
});
