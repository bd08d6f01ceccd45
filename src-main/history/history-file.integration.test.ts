import { spawn } from 'node:child_process';
import fs, {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { nodeClock } from '../platform/node-clock.ts';
import { nodeFiles } from '../platform/node-files.ts';
import { openHistory } from './history-client.ts';
import { EMPTY_BATCH } from './history-batch.ts';
import { HistoryError } from './history-error.ts';
import { directHistory } from './history.ts';
import { HISTORY_FILE, openHistoryStore } from './open-history-store.ts';
import { UPGRADES } from './schema.ts';
import { ShowStage } from './testing/show-stage.ts';

// Beside the sources, so that the built programs find the package.
const BUILT = resolve(import.meta.dirname, '../../test-results', `history-${process.pid}`);
const WORKER = join(BUILT, 'history-worker.mjs');

beforeAll(async () => {
  const input = {
    'history-worker': resolve(import.meta.dirname, 'history-worker.ts'),
    'history-writer': resolve(import.meta.dirname, 'testing/history-writer.ts'),
  };
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: BUILT,
      target: 'node20',
      rolldownOptions: { input, output: { format: 'es', entryFileNames: '[name].mjs' } },
    },
  });
});

afterAll(() => {
  rmSync(BUILT, { recursive: true, force: true });
});

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

const file = () => join(dir, HISTORY_FILE);
const openStore = (upgrades?: readonly string[]) =>
  openHistoryStore({
    dir,
    files: nodeFiles,
    clock: nodeClock,
    ...(upgrades === undefined ? {} : { upgrades }),
  });

/** A show of `seconds`, with one target. */
function playShow(stage: ShowStage, seconds: number): void {
  stage.encoderComes();
  stage.goLive('a');
  stage.pass(seconds);
  stage.showEnds();
  stage.pass(1);
}

/** Writes one show of a minute into the folder. */
async function writeOneShow(): Promise<void> {
  const { store } = await openStore();
  playShow(
    new ShowStage(['a'], (batch) => {
      store.write(batch);
    }),
    60,
  );
  store.close();
}

/** Starts the writer; settles with the second it wrote last once it is killed. `onLine` may kill it. */
async function writeUntilKilled(
  killAt: number,
  onLine: (second: number, kill: () => void) => void,
): Promise<number> {
  const child = spawn(process.execPath, [join(BUILT, 'history-writer.mjs'), dir, `${killAt}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((settle) => child.once('exit', settle));
  let written = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    written = Number(line);
    onLine(written, () => child.kill('SIGKILL'));
  }
  await gone;
  expect(child.signalCode).toBe('SIGKILL');
  return written;
}

/** Opens the file that was left, holds it against what was written, and removes it. */
async function expectNothingLost(written: number): Promise<void> {
  const { store, notices } = await openStore();
  const report = store.report('show-1');
  expect(notices).toEqual([]);
  expect(report?.show.endedAt ?? null).toBeNull();
  expect(report?.seconds ?? 0).toBeGreaterThanOrEqual(written);
  expect(report?.seconds ?? 0).toBeLessThan(written + 2);
  for (const target of report?.targets ?? []) {
    expect(target.liveSeconds).toBe(report?.seconds);
    const minutes = target.minutes.reduce((sum, { liveSeconds }) => sum + liveSeconds, 0);
    expect(minutes).toBe(report?.seconds);
  }
  if (written > 0) expect(report?.targets).toHaveLength(10);
  store.close();
  rmSync(file());
}

describe('killed', () => {
  test('at any time, again and again: nothing that was written is lost', { timeout: 60_000 }, async () => {
    for (const [round, lines] of [1, 40, 400].entries()) {
      const written = await writeUntilKilled(Infinity, (second, kill) => {
        if (second === lines) setTimeout(kill, round * 1.3);
      });
      expect(written).toBeGreaterThanOrEqual(lines);
      expect(existsSync(`${file()}.lock`)).toBe(true);
      await expectNothingLost(written);
    }
  });

  test('in the midst of a write to the disk', { timeout: 60_000 }, async () => {
    // While the file is made, while rows are written, and around where the log goes over into the file.
    for (const killAt of [2, 9, 25, 60, 101, 102, 103, 104, 2040, 2055, 2070]) {
      await expectNothingLost(await writeUntilKilled(killAt, () => undefined));
    }
  });
});

describe('the file', () => {
  test('is for its owner alone, and no lock is left behind', async () => {
    await writeOneShow();
    expect(readdirSync(dir)).toEqual([HISTORY_FILE]);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o077).toBe(0);
  });

  test.each([
    ['text', 'this is no database, however long it may be '.repeat(200)],
    ['cut', undefined],
    ['damaged in its middle', undefined],
  ])('%s is set aside, kept and told', async (how, text) => {
    await writeOneShow();
    if (text !== undefined) writeFileSync(file(), text);
    else if (how === 'cut') fs.truncateSync(file(), 8192);
    else {
      const handle = openSync(file(), 'r+');
      writeSync(handle, Buffer.alloc(8192, 0xaa), 0, 8192, 4096);
      closeSync(handle);
    }
    writeFileSync(`${file()}-wal`, '');
    const before = readFileSync(file());
    const { store, notices } = await openStore();
    const aside = readdirSync(dir).find((name) => /^history\.damaged-.*\.db$/.test(name));
    expect(aside).toBeDefined();
    expect(readFileSync(join(dir, aside ?? '')).equals(before)).toBe(true);
    expect(notices).toEqual([expect.stringContaining(aside ?? 'none')]);
    expect(store.shows()).toEqual([]);
    store.close();
  });

  test('of another program is set aside', async () => {
    const { store } = await openStore(['CREATE TABLE theirs (a)']);
    store.close();
    const handle = openSync(file(), 'r+');
    writeSync(handle, Buffer.alloc(4), 0, 4, 68);
    closeSync(handle);
    const opened = await openStore();
    expect(opened.notices).toEqual([expect.stringContaining('not a database of Relaydeck')]);
    opened.store.close();
  });

  test('of an older form is brought to the new one, with all that is in it', async () => {
    await writeOneShow();
    const newer = [...UPGRADES, "ALTER TABLE show ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'"];
    for (let time = 0; time < 2; time++) {
      const { store, notices } = await openStore(newer);
      expect(notices).toEqual([]);
      expect(store.report('show-1')).toMatchObject({ seconds: 60, targets: [{ liveSeconds: 60 }] });
      store.close();
    }
    // And back: this form is newer now than the one that is known.
    const before = readFileSync(file());
    await expect(openStore()).rejects.toThrow(HistoryError);
    await expect(openStore()).rejects.toMatchObject({ code: 'newer-version' });
    expect(readFileSync(file()).equals(before)).toBe(true);
    expect(readdirSync(dir)).toEqual([HISTORY_FILE]);
  });

  test('an upgrade that fails leaves the old form', async () => {
    await writeOneShow();
    await expect(openStore([...UPGRADES, 'CREATE TABLE half (a); NONSENSE'])).rejects.toThrow(HistoryError);
    const { store } = await openStore();
    expect(store.shows()).toHaveLength(1);
    store.close();
  });

  test('holds no key, wherever keys are', async () => {
    const marker = (name: string) => `MARKER-${name}-0123456789`;
    const { store } = await openStore();
    const stage = new ShowStage(['a'], (batch) => {
      store.write(batch);
    });
    const { ingest } = stage;
    const encoder = {
      address: '127.0.0.1:1',
      software: `soft ${marker('STREAM')}`,
      connectedAt: stage.nowIso,
    };
    const counts = { bytesReceived: 1, videoMessages: 1, audioMessages: 1 };
    Object.assign(ingest, {
      streamKey: marker('STREAM'),
      playKey: marker('PLAY'),
      publishUrl: `rtmp://127.0.0.1/live/${marker('STREAM')}`,
      holdPictureFile: marker('FILE'),
      encoder: { ...encoder, ...counts },
      backup: {
        streamKey: marker('BACKUP'),
        publishUrl: `rtmp://127.0.0.1/live/${marker('BACKUP')}`,
        encoder: null,
        compatible: null,
        message: marker('BACKUP'),
      },
    });
    Object.assign(stage.target('a'), {
      streamKey: marker('TARGET'),
      url: `rtmp://user:${marker('PASSWORD')}@a.example/app/${marker('URL')}`,
      user: marker('USER'),
      proxy: `socks5://u:${marker('PROXY')}@b.example`,
      backupUrl: `rtmp://a.example/app/${marker('URL2')}`,
      backupStreamKey: marker('TARGET2'),
      certificateSha256: marker('CERT'),
    });
    stage.sample();
    stage.event('encoder-live', { ingestId: 'main', message: `${marker('STREAM')} and ${marker('PLAY')}` });
    stage.encoderComes();
    stage.goLive('a');
    stage.pass(3);
    stage.event('odd', {
      message: `Tried rtmp://a.example/app/${marker('SENT')}?q=${marker('QUERY')} today.`,
    });
    stage.lose(
      'a',
      'lost',
      `rtmps://x:${marker('PW')}@a.example/app/${marker('LOST')} said no to ${marker('BACKUP')}.`,
    );
    stage.pass(3);
    stage.showEnds();
    stage.pass(1);
    expect(store.report('show-1')?.events).toMatchObject([
      { message: '<redacted> and <redacted>' },
      {},
      { message: 'Tried rtmp://a.example/app/… today.' },
      { message: 'a: rtmps://a.example/app/… said no to <redacted>.' },
    ]);
    store.close();
    const bytes = readFileSync(file());
    expect(bytes.includes('a.example')).toBe(true);
    expect(bytes.includes('MARKER')).toBe(false);
  });
});

describe('a full disk', () => {
  test('is told once, and what is missing is written when there is room again', async () => {
    const { store } = await openStore();
    const trouble: string[] = [];
    const clock = new ManualClock();
    const history = directHistory(store, { clock, onTrouble: (words) => trouble.push(words) });
    const stage = new ShowStage(['a'], history.write);
    stage.encoderComes();
    stage.goLive('a');
    stage.pass(10);
    await history.flush();
    const full = vi.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    });
    for (let time = 0; time < 5; time++) {
      stage.pass(10);
      await history.flush();
    }
    expect(full).toHaveBeenCalled();
    expect(trouble).toEqual([
      expect.stringMatching(/^The show is not being recorded in .*history\.db: .*The stream goes on/),
    ]);
    expect((await history.report('show-1'))?.seconds).toBe(10);
    full.mockRestore();
    stage.pass(1);
    await history.flush();
    expect(await history.report('show-1')).toMatchObject({ seconds: 61, targets: [{ liveSeconds: 61 }] });
    await history.close();
    const again = await openStore();
    expect([again.notices, again.store.shows().length]).toEqual([[], 1]);
    again.store.close();
  });
});

describe('in a thread', () => {
  const open = (workerFile: string, clock = new ManualClock()) => {
    const trouble: string[] = [];
    const history = openHistory({ dir, workerFile, clock, onTrouble: (words) => trouble.push(words) });
    return { history, clock, trouble };
  };

  test('writes, lists, reports and forgets; closing leaves all on the disk', async () => {
    const { history: opening, trouble } = open(WORKER);
    const history = await opening;
    const stage = new ShowStage(['a'], history.write);
    playShow(stage, 60);
    await history.flush();
    expect(await history.shows()).toMatchObject([{ id: 'show-1', targets: 1 }]);
    expect(await history.report('show-1')).toMatchObject({ seconds: 60, targets: [{ liveSeconds: 60 }] });
    expect(await history.report('none')).toBeUndefined();
    expect(await history.forget(100_000, 1_000_000_000)).toBe(0);
    await history.close();
    expect(trouble).toEqual([]);
    expect(readdirSync(dir)).toEqual([HISTORY_FILE]);
  });

  test('a thread that dies is told once and started again; nothing is lost', async () => {
    // The real one, which ends in the middle of its third write of this folder.
    const dying = join(BUILT, 'dying.mjs');
    const source = `import { parentPort } from 'node:worker_threads';
      import { existsSync, writeFileSync } from 'node:fs';
      let writes = 0;
      const mark = ${JSON.stringify(join(dir, 'died'))};
      if (!existsSync(mark)) parentPort.on('message', ({ ask }) => {
        if (ask.call === 'write' && ++writes === 3) { writeFileSync(mark, ''); process.exit(1); }
      });
      await import('./history-worker.mjs');`;
    writeFileSync(dying, source);
    const { history: opening, clock, trouble } = open(dying);
    const history = await opening;
    const stage = new ShowStage(['a'], history.write);
    stage.encoderComes();
    stage.goLive('a');
    for (let second = 0; second < 6; second++) {
      stage.pass(1);
      await history.flush();
    }
    expect(trouble).toEqual([expect.stringMatching(/has stopped.*The stream goes on/)]);
    await expect(history.shows()).rejects.toMatchObject({ code: 'away' });
    clock.advance(10_000);
    await history.flush();
    expect(await history.report('show-1')).toMatchObject({ seconds: 6, targets: [{ liveSeconds: 6 }] });
    expect(trouble).toHaveLength(1);
    await history.close();
  });

  test('a file that is damaged while it is open is set aside, and the show goes on in a new one', async () => {
    // More than SQLite keeps in memory.
    const { store } = await openStore();
    const show = {
      id: 'old',
      ingestId: 'main',
      ingestName: 'Main',
      startedAt: 0,
      endedAt: null,
      lastSeenAt: 0,
    };
    const figures = { at: 0, liveMs: 0, wantedMs: 0, bits: 0, ratedMs: 0, fps: null, droppedFrames: 0 };
    const rows = Array.from({ length: 40_000 }, (_, minute) => ({
      minute,
      targetId: `target-${'x'.repeat(60)}`,
    }));
    store.write({
      ...EMPTY_BATCH,
      shows: [{ ...show, encoder: '' }],
      minutes: rows.map((row) => ({ ...row, ...figures, showId: 'old', queueMs: null, jitterMs: null })),
    });
    store.close();
    const { history: opening, clock, trouble } = open(WORKER);
    const history = await opening;
    const handle = openSync(file(), 'r+');
    writeSync(handle, Buffer.alloc(statSync(file()).size, 0xaa), 0, undefined, 0);
    closeSync(handle);
    await expect(history.report('old')).rejects.toMatchObject({ code: 'not-readable' });
    const stage = new ShowStage(['a'], history.write);
    stage.encoderComes();
    stage.goLive('a');
    stage.pass(20);
    await history.flush();
    clock.advance(10_000);
    await history.flush();
    expect((await history.report('show-1'))?.seconds).toBe(20);
    expect(trouble).toEqual([expect.stringContaining('history.damaged-')]);
    await history.close();
    expect(readdirSync(dir)).toHaveLength(2);
  });

  test('a file of a newer version switches the history off, and that is told once', async () => {
    const { store } = await openStore([...UPGRADES, 'CREATE TABLE newer (a)']);
    store.close();
    const { history: opening, clock, trouble } = open(WORKER);
    const history = await opening;
    const stage = new ShowStage(['a'], history.write);
    playShow(stage, 3);
    clock.advance(60_000);
    await history.flush();
    await expect(history.shows()).rejects.toMatchObject({ code: 'newer-version' });
    await history.close();
    expect(trouble).toEqual([expect.stringContaining('newer Relaydeck')]);
  });

  test('a folder that cannot be written is told, and tried again with later batches', async () => {
    mkdirSync(file());
    mkdirSync(join(file(), 'not-empty'));
    const { history: opening, clock, trouble } = open(WORKER);
    const history = await opening;
    expect(trouble).toEqual([expect.stringContaining('cannot be opened')]);
    rmSync(file(), { recursive: true });
    const stage = new ShowStage(['a'], history.write);
    stage.encoderComes();
    stage.pass(2);
    await history.flush();
    clock.advance(10_000);
    await history.flush();
    expect(await history.shows()).toHaveLength(1);
    await history.close();
    expect(trouble).toHaveLength(1);
  });

  test('a worker file that is not there is trouble, not an exception', async () => {
    const { history: opening, trouble } = open(join(BUILT, 'none.mjs'));
    const history = await opening;
    history.write(
      new ShowStage([]).batches[0] ?? { shows: [], targets: [], minutes: [], outages: [], events: [] },
    );
    await history.close();
    expect(trouble).toEqual([expect.stringContaining('has stopped')]);
  });
});
