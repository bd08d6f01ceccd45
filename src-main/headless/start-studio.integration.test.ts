import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LINES_FLUSH } from '../net/joined-flush.ts';
import { MemoryLog } from '../platform/testing/memory-log.ts';
import { plainSeal } from '../secrets/seal.ts';
import { appFiles } from './app-files.ts';
import { parseFlags } from './flags.ts';
import { startStudio, type RunningStudio } from './start-studio.ts';
import { tuneEngine } from './tune-engine.ts';

vi.mock('./tune-engine.ts');

async function start(args: readonly string[]): Promise<RunningStudio> {
  const asked = parseFlags(['--rtmp-port=0', '--http-port=0', ...args]);
  if (asked.type !== 'run') throw new Error(`not flags to run with: ${args.join(' ')}`);
  const running = await startStudio({
    flags: asked.flags,
    dataDir: await mkdtemp(join(tmpdir(), 'relaydeck-start-')),
    seal: plainSeal,
    log: new MemoryLog(),
    version: '0.0.0-test',
    ...appFiles(resolve(import.meta.dirname, '../..')),
  });
  onTestFinished(running.stop);
  return running;
}

test('--join-ms reaches the lines, and without it they wait as ever', async () => {
  await (await start(['--join-ms', '0'])).stop();
  expect(LINES_FLUSH.joinMs).toBe(0);
  await start([]);
  expect(LINES_FLUSH.joinMs).toBe(5);
});

test('V8 is told how many shows are on', async () => {
  const { studio } = await start([]);
  expect(tuneEngine).toHaveBeenLastCalledWith(0);
  await studio.carryOut('ingest.start-test-signal', { id: 'main' });
  await vi.waitFor(() => {
    expect(tuneEngine).toHaveBeenLastCalledWith(1);
  }, 10_000);
});
