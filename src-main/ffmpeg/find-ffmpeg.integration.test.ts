/** The search on this very computer. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findFfmpeg } from './find-ffmpeg.ts';

const folder = mkdtempSync(join(tmpdir(), 'relaydeck-ffmpeg-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

test.skipIf(!hasFfmpeg)(
  `an FFmpeg is found by its whole path${hasFfmpeg ? '' : ' (needs FFmpeg)'}`,
  async () => {
    const { found, problem } = await findFfmpeg('');
    expect(problem).toBeUndefined();
    expect(isAbsolute(found?.path ?? '')).toBe(true);
    expect(spawnSync(found?.path ?? '', ['-version']).stdout.toString()).toContain(
      `version ${found?.version} `,
    );
    expect((await findFfmpeg(found?.path ?? '')).found).toEqual(found);
  },
);

test('settings that do not work: a file that is missing, a folder, another program', async () => {
  const missing = join(folder, 'missing');
  expect((await findFfmpeg(missing)).problem).toContain(`${missing}, does not work: there is no such file.`);
  expect((await findFfmpeg(folder)).problem).toContain(
    `${folder}, does not work: it is a folder, or may not be run.`,
  );
  // Node itself does not know -version and ends with an error.
  expect((await findFfmpeg(process.execPath)).problem).toContain('does not work: it ended with an error');
});

test.skipIf(process.platform === 'win32')('a program that hangs is given up after 5 seconds', async () => {
  const hanging = join(folder, 'hanging');
  writeFileSync(hanging, '#!/bin/sh\nexec sleep 60\n');
  chmodSync(hanging, 0o755);
  expect((await findFfmpeg(hanging)).problem).toContain('does not work: it gave no answer within 5 seconds.');
});
