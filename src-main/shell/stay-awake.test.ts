import { beforeEach, expect, test, vi } from 'vitest';
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { Target } from '../../src-shared/model/target.ts';
import { FakeStudio, FAKE_INGEST, FAKE_STATE, FAKE_TARGET } from '../bridge/testing/fake-studio.ts';
import { mustStayAwake, stayAwake } from './stay-awake.ts';

const electron = await vi.hoisted(async () => (await import('./testing/fake-electron.ts')).fakeElectron());
vi.mock('electron', () => electron);

beforeEach(() => {
  electron.reset();
});

test.each([
  ['waiting', 'off', false],
  ['waiting', 'waiting', false],
  ['waiting', 'failed', false],
  ['live', 'off', true],
  ['holding', 'off', true],
  ['waiting', 'connecting', true],
  ['waiting', 'live', true],
  ['waiting', 'retrying', true],
] as const)('ingest %s and target %s keep the computer awake: %s', (ingest, target, awake) => {
  const states = { ingests: new Map([['main', ingest]]), targets: new Map([['t1', target]]) };
  expect(mustStayAwake(states)).toBe(awake);
});

test('nothing kept the computer awake on air: one blocker from the first that is until the last that was', () => {
  const studio = new FakeStudio();
  const ingest = (state: Ingest['state'], id = 'main'): void => {
    studio.tell({ type: 'ingest', ingest: { ...FAKE_INGEST, id, state } });
  };
  const target = (state: Target['state']): void => {
    studio.tell({ type: 'target', target: { ...FAKE_TARGET, state } });
  };
  const stop = stayAwake(studio);
  expect(electron.blockers).toEqual([]);
  ingest('live');
  expect(electron.blockers).toEqual(['prevent-app-suspension']);
  target('live');
  ingest('holding');
  ingest('waiting');
  target('retrying');
  studio.tell({ type: 'uplink', uplink: { ...FAKE_STATE.uplink, totalKbps: 1 } });
  expect([electron.blockers.length, electron.state.blocked]).toEqual([1, 1]);
  studio.tell({ type: 'target-removed', id: 't1' });
  expect(electron.state.blocked).toBe(0);
  ingest('live', 'second');
  studio.tell({ type: 'ingest-removed', id: 'second' });
  expect([electron.blockers.length, electron.state.blocked]).toEqual([2, 0]);
  target('live');
  studio.tell({ type: 'snapshot', state: FAKE_STATE });
  expect(electron.state.blocked).toBe(0);
  target('live');
  stop();
  expect([electron.state.blocked, studio.subscribers]).toEqual([0, 0]);
});
