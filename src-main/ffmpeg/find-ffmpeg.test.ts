import { expect, test } from 'vitest';
import { findFfmpeg } from './find-ffmpeg.ts';
import type { FfmpegPlaces } from './find-ffmpeg.ts';

const VERSION = 'ffmpeg version 6.1.1-static https://example.org  Copyright (c) 2000-2023\nbuilt with gcc 8';

/** A computer with these programs: what each prints, or the error that it fails with. */
function computer(
  programs: Readonly<Record<string, string | Error>>,
  { bundled, installed }: { bundled?: string; installed?: string } = {},
): FfmpegPlaces & { readonly run: string[] } {
  const run: string[] = [];
  return {
    run,
    versionText: async (path) => {
      run.push(path);
      const answer = programs[path] ?? failed({ code: 'ENOENT' });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    bundled: async () => bundled,
    installed: async () => installed,
  };
}

const failed = (what: { code?: string | number; killed?: boolean }): Error =>
  Object.assign(new Error('failed'), what);
const everywhere = { bundled: '/app/ffmpeg', installed: '/usr/bin/ffmpeg' };
const found = (path: string): object => ({ path, version: '6.1.1-static' });

test('the setting comes first', async () => {
  const places = computer({ '/my/ffmpeg': VERSION, '/app/ffmpeg': VERSION }, everywhere);
  expect(await findFfmpeg(' /my/ffmpeg ', places)).toEqual({
    found: found('/my/ffmpeg'),
    problem: undefined,
  });
  expect(places.run).toEqual(['/my/ffmpeg']);
});

test('without a setting the bundled one comes before the installed one', async () => {
  const both = computer({ '/app/ffmpeg': VERSION, '/usr/bin/ffmpeg': VERSION }, everywhere);
  expect(await findFfmpeg('', both)).toEqual({ found: found('/app/ffmpeg'), problem: undefined });
  expect(both.run).toEqual(['/app/ffmpeg']);
});

test('a bundled one whose program is missing is passed over without a word', async () => {
  const places = computer({ '/usr/bin/ffmpeg': VERSION }, everywhere);
  expect(await findFfmpeg('', places)).toEqual({ found: found('/usr/bin/ffmpeg'), problem: undefined });
  const none = computer({ '/usr/bin/ffmpeg': VERSION }, { installed: '/usr/bin/ffmpeg' });
  expect((await findFfmpeg('', none)).found).toEqual(found('/usr/bin/ffmpeg'));
});

test.each<readonly [string, string | Error, string]>([
  ['missing', failed({ code: 'ENOENT' }), 'there is no such file'],
  ['a folder', failed({ code: 'EACCES' }), 'it is a folder, or may not be run'],
  ['for another processor', failed({ code: 'ENOEXEC' }), 'it is no program for this computer'],
  ['hanging', failed({ killed: true }), 'it gave no answer within 5 seconds'],
  ['broken', failed({ code: 127 }), 'it ended with an error when asked for its version'],
  ['ffprobe', 'ffprobe version 6.1.1', 'this is another program, not FFmpeg'],
])('a setting that is %s is told of, and another one used', async (_, answer, why) => {
  const places = computer(
    { '/my/tool': answer, '/usr/bin/ffmpeg': VERSION },
    { installed: '/usr/bin/ffmpeg' },
  );
  expect(await findFfmpeg('/my/tool', places)).toEqual({
    found: found('/usr/bin/ffmpeg'),
    problem: `The FFmpeg chosen in the settings, /my/tool, does not work: ${why}. Choose the ffmpeg program itself, or clear the setting to use the one on this computer.`,
  });
});

test('none at all', async () => {
  expect(await findFfmpeg('', computer({}, everywhere))).toEqual({
    found: undefined,
    problem: 'There is no FFmpeg on this computer. Install it, or choose the program in the settings.',
  });
  const { problem } = await findFfmpeg('/my/ffmpeg', computer({}));
  expect(problem).toContain('/my/ffmpeg, does not work: there is no such file');
});
