/**
 * Makes assets/test-signal.flv, the loop that the built-in test signal plays. Run by `npm run assets`; needs
 * FFmpeg with libx264 and the DejaVu Sans font. The result is kept in the repository, so nobody else needs them.
 *
 * The loop is 8 s: the shortest time that is a whole number of 2 s GOPs and of AAC frames (375 of 1024 samples
 * at 48 kHz), so that neither picture nor tone leaves a gap where it starts again.
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LOOP_SECONDS = 8;
const FPS = 30;
const GOP_FRAMES = 2 * FPS;
const AAC_FRAMES = (LOOP_SECONDS * 48_000) / 1024;
/** What fits into the repository without being noticed. */
const MAX_BYTES = 1_500_000;

const out = join(import.meta.dirname, 'test-signal.flv');
const tmp = mkdtempSync(join(tmpdir(), 'relaydeck-assets-'));

/** @param {string[]} args */
function ffmpeg(...args) {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args], {
    stdio: 'inherit',
  });
}

/** @param {string[]} options */
const drawtext = (...options) =>
  `drawtext=font=${options[0]}:fontcolor=white:box=1:boxcolor=black@0.85:${options.slice(1).join(':')}`;

try {
  const picture = [
    drawtext(
      'DejaVu Sans',
      'fontsize=52',
      'boxborderw=18',
      'x=(w-tw)/2',
      'y=96',
      'text=RELAYDECK TEST SIGNAL',
    ),
    drawtext(
      'DejaVu Sans Mono',
      'fontsize=76',
      'boxborderw=18',
      'x=(w-tw)/2',
      'y=230',
      "text='%{pts\\:hms}'",
    ),
    drawtext(
      'DejaVu Sans Mono',
      'fontsize=30',
      'boxborderw=10',
      'x=(w-tw)/2',
      'y=356',
      "text='frame %{eif\\:n\\:d\\:3} of 240'",
    ),
  ];
  // A marker that sweeps once per loop and so closes it: a frozen or jumping picture shows at a glance.
  const marker = `color=white:s=24x90:r=${FPS}:d=${LOOP_SECONDS}`;
  const filter = `[0]${picture.join(',')}[bars];[bars][1]overlay=x=(W+w)*n/${LOOP_SECONDS * FPS}-w:y=420:eval=frame,format=yuv420p`;
  const bars = `smptehdbars=s=1280x720:r=${FPS}:d=${LOOP_SECONDS}`;
  const gop = [
    '-g',
    `${GOP_FRAMES}`,
    '-keyint_min',
    `${GOP_FRAMES}`,
    '-sc_threshold',
    '0',
    '-bf',
    '0',
    '-flags',
    '+cgop',
  ];
  const rate = ['-crf', '21', '-maxrate', '800k', '-bufsize', '800k'];
  const colour = [
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-colorspace',
    'bt709',
    '-color_range',
    'tv',
  ];
  const h264 = [
    '-c:v',
    'libx264',
    '-preset',
    'veryslow',
    '-profile:v',
    'high',
    '-level',
    '3.1',
    ...gop,
    ...rate,
    ...colour,
  ];
  const video = join(tmp, 'video.mp4');
  ffmpeg('-f', 'lavfi', '-i', bars, '-f', 'lavfi', '-i', marker, '-filter_complex', filter, ...h264, video);

  // Three loops of tone, of which the middle one is kept: an encoder's first and last frames fade in and out.
  const tone = `sine=frequency=440:sample_rate=48000:duration=${3 * LOOP_SECONDS},volume=-4dB,aformat=channel_layouts=stereo`;
  const tones = join(tmp, 'tones.aac');
  ffmpeg('-f', 'lavfi', '-i', tone, '-c:a', 'aac', '-b:a', '96k', tones);
  const audio = join(tmp, 'loop.aac');
  ffmpeg('-i', tones, '-ss', `${LOOP_SECONDS - 0.01}`, '-c', 'copy', '-frames:a', `${AAC_FRAMES}`, audio);

  const mux = ['-map', '0:v', '-map', '1:a', '-c', 'copy', '-bsf:a', 'aac_adtstoasc'];
  ffmpeg('-i', video, '-i', audio, ...mux, '-fflags', '+bitexact', '-flvflags', 'no_duration_filesize', out);
  const { size } = statSync(out);
  if (size > MAX_BYTES) throw new Error(`${out} is ${size} bytes, more than ${MAX_BYTES}`);
  console.log(`${out}: ${size} bytes`);
} finally {
  rmSync(tmp, { recursive: true, force: true });
}
