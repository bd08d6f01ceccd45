import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeStudio, FAKE_STATE, FAKE_TARGET } from '../bridge/testing/fake-studio.ts';
import { StartError } from '../headless/start-error.ts';
import { Secret } from '../secrets/secret.ts';
import { runShell } from './run-shell.ts';

const electron = await vi.hoisted(async () => (await import('./testing/fake-electron.ts')).fakeElectron());
const started = vi.hoisted(() => ({ start: (_options: object): unknown => undefined }));
vi.mock('electron', () => electron);
vi.mock('../headless/start-studio.ts', () => ({ startStudio: (options: object) => started.start(options) }));

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
};

function studioThat(state = FAKE_STATE) {
  const studio = new FakeStudio();
  const carryOut = (command: string, args: never) =>
    command === 'state.get' ? Promise.resolve(state) : studio.carryOut(command as 'state.get', args);
  const stop = vi.fn(() => Promise.resolve());
  const ready = {
    rtmpUrl: 'rtmp://127.0.0.1:1935/live',
    httpUrl: 'http://127.0.0.1:8935',
    uiUrl: 'http://127.0.0.1:8935/?token=t',
    token: 't',
    pid: 1,
  };
  const asked: object[] = [];
  started.start = (options) => {
    asked.push(options);
    return Promise.resolve({
      studio: {
        carryOut,
        subscribe: studio.subscribe,
        openPreview: studio.openPreview,
        stillOf: studio.stillOf,
      },
      token: new Secret('t'),
      ready,
      stop,
    });
  };
  return { stop, asked, studio };
}

const run = async (argv: readonly string[] = []): Promise<void> => {
  runShell({ argv, appRoot: '/app', version: '1.2.3' });
  await settle();
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException'] as const;
const before = signals.map((signal) => [signal, process.listeners(signal as 'SIGINT')] as const);

beforeEach(() => {
  electron.reset();
});
afterEach(() => {
  vi.useRealTimers();
  for (const [signal, kept] of before) {
    for (const listener of process.listeners(signal as 'SIGINT')) {
      if (!kept.includes(listener)) process.off(signal, listener);
    }
  }
});

/** What the program does about a mistake that nothing has caught. */
const fail = async (error: Error): Promise<void> => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const kept = before.find(([signal]) => signal === 'uncaughtException')?.[1] ?? [];
  const ours = process.listeners('uncaughtException').filter((one) => !kept.includes(one as never));
  for (const listener of ours) listener(error, 'uncaughtException');
  await settle();
  stderr.mockRestore();
};

test('one window on the page of our own scheme', async () => {
  const { asked } = studioThat();
  await run(['--no-sandbox', '--rtmp-port', '0']);
  expect(electron.windows.map((window) => window.loaded)).toEqual([['app://relaydeck/index.html']]);
  expect(electron.state.schemes).toEqual(['app', 'handled app']);
  expect(asked).toMatchObject([
    { flags: { rtmpPort: 0 }, extraOrigins: ['app://relaydeck'], seal: { name: 'electron-safe-storage' } },
  ]);
});

test('a second start brings the first one’s window to the front and opens none', async () => {
  studioThat();
  await run();
  const [window] = electron.windows;
  if (window !== undefined) window.minimized = true;
  electron.app.emit('second-instance');
  expect([electron.windows.length, window?.focused, window?.minimized]).toEqual([1, 1, false]);
});

test('the second instance itself goes without starting anything', async () => {
  const { asked } = studioThat();
  electron.state.firstInstance = false;
  await run();
  expect([asked, electron.windows, electron.state.quits]).toEqual([[], [], 1]);
});

test('quitting stops the studio in order, then ends with 0', async () => {
  const { stop } = studioThat();
  await run();
  electron.app.quit();
  await settle();
  expect([stop.mock.calls.length, electron.exits]).toEqual([1, [0]]);
});

test('on air, quitting asks first', async () => {
  const { stop } = studioThat({ ...FAKE_STATE, targets: [{ ...FAKE_TARGET, state: 'live' }] });
  await run();
  electron.app.quit();
  await settle();
  expect([stop.mock.calls.length, electron.exits]).toEqual([0, []]);
  electron.state.answer = 1;
  electron.app.quit();
  await settle();
  expect([stop.mock.calls.length, electron.exits]).toEqual([1, [0]]);
});

test('what stands in the way of the start is shown, with exit code 2', async () => {
  started.start = () => Promise.reject(new StartError('Port 1935 is taken.'));
  await run();
  expect([electron.state.errors, electron.exits]).toEqual([['Port 1935 is taken.'], [2]]);
});

test('a modal box froze the event loop with connections open: the studio stops before it is shown', async () => {
  const { stop } = studioThat();
  let stopped: () => void = () => undefined;
  stop.mockImplementation(() => new Promise((resolve) => (stopped = resolve)));
  await run();
  await fail(new Error('a mistake'));
  await fail(new Error('another one, by the stop'));
  expect([stop.mock.calls.length, electron.state.errors, electron.exits]).toEqual([1, [], []]);
  stopped();
  await settle();
  expect([electron.state.errors.length, electron.exits]).toEqual([1, [1]]);
  expect(electron.state.errors[0]).toContain('a mistake');
});

test('a stop that hangs does not keep the box away for more than 2 s', async () => {
  vi.useFakeTimers();
  const { stop } = studioThat();
  stop.mockImplementation(() => new Promise(() => undefined));
  await run();
  await fail(new Error('a mistake'));
  await vi.advanceTimersByTimeAsync(1_999);
  expect(electron.exits).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect([electron.state.errors.length, electron.exits]).toEqual([1, [1]]);
});

test('a broken stderr pipe (EPIPE) does not end the program', async () => {
  studioThat();
  await run();
  const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  expect(() => process.stderr.emit('error', broken)).not.toThrow();
  expect(() => process.stdout.emit('error', broken)).not.toThrow();
  expect(electron.exits).toEqual([]);
});

test('on air, the computer is kept awake from the start', async () => {
  const { studio } = studioThat();
  await run();
  expect(electron.state.blocked).toBe(0);
  studio.tell({ type: 'target', target: { ...FAKE_TARGET, state: 'live' } });
  expect(electron.blockers).toEqual(['prevent-app-suspension']);
  studio.tell({ type: 'target', target: { ...FAKE_TARGET, state: 'off' } });
  expect(electron.state.blocked).toBe(0);
});
