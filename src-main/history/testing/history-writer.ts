/**
 * A program that writes a show until it is killed. Arguments: the data folder, and the write to the disk in the midst of
 * which it kills itself, counted from the first. Prints the second of the show after each batch that is written.
 * @module
 */
import fs, { writeSync } from 'node:fs';
import { nodeClock } from '../../platform/node-clock.ts';
import { nodeFiles } from '../../platform/node-files.ts';
import { openHistoryStore } from '../open-history-store.ts';
import { ShowStage } from './show-stage.ts';

const dir = process.argv[2] ?? '.';
const killAt = Number(process.argv[3] ?? 'Infinity');

let writes = 0;
// The package calls it on the module; the import above stays the true one.
Object.assign(fs, {
  writeSync: (fd: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
    if (++writes < killAt) return writeSync(fd, bytes, offset, length, position);
    writeSync(fd, bytes, offset, length >> 1, position);
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  },
});

const { store } = await openHistoryStore({ dir, files: nodeFiles, clock: nodeClock });
const stage = new ShowStage(
  Array.from({ length: 10 }, (_, index) => `target-${index}`),
  (batch) => {
    store.write(batch);
  },
);
stage.recorder.event({
  seq: 0,
  at: stage.nowIso,
  level: 'info',
  code: 'started',
  message: 'Started.',
  ingestId: 'main',
  targetId: null,
});
stage.encoderComes();
stage.goLive(...stage.targets.map(({ id }) => id));
for (let second = 1; ; second++) {
  stage.pass(1);
  // At once and unbuffered: what was said to be written must be on the disk.
  writeSync(1, `${second}\n`);
  await new Promise((resolve) => setTimeout(resolve, 2));
}
