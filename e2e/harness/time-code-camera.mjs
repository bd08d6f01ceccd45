/**
 * A camera that films the clock: each frame carries the wall clock of its making as black and white blocks, and goes
 * through a real FFmpeg to an RTMP server. Says the encoder's pid, and ends when the encoder does or on SIGTERM.
 *
 * Usage: node time-code-camera.mjs FFMPEG URL
 * @module
 */
import { spawn } from 'node:child_process';

const WIDTH = 320;
const HEIGHT = 180;
const FPS = 30;
/** Blocks of the code: four rows of eight bits of the clock, and one row that is the four others XORed. */
const COLUMNS = 8;
const ROWS = 5;

const [, , ffmpeg = 'ffmpeg', url = ''] = process.argv;
const encoder = spawn(
  ffmpeg,
  [
    ...['-hide_banner', '-loglevel', 'warning', '-y'],
    // Frames have the time at which they come, as a capture card's do.
    ...['-use_wallclock_as_timestamps', '1', '-fflags', 'nobuffer', '-probesize', '32'],
    ...['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${WIDTH}x${HEIGHT}`, '-r', `${FPS}`, '-i', 'pipe:0'],
    ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    ...['-map', '0:v', '-map', '1:a', '-fps_mode', 'passthrough'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
    ...['-g', `${FPS}`, '-keyint_min', `${FPS}`, '-sc_threshold', '0', '-b:v', '1500k', '-c:a', 'aac'],
    ...['-flush_packets', '1', '-f', 'flv', '-flvflags', 'no_duration_filesize', url],
  ],
  { stdio: ['pipe', 'ignore', 'inherit'] },
);
console.log(`encoder ${encoder.pid}`);

/** @param {number} now Wall time, ms. */
function frameOf(now) {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(now / 2 ** shift) & 0xff);
  const rows = [...bytes, bytes.reduce((one, other) => one ^ other)];
  const frame = Buffer.alloc(WIDTH * HEIGHT, 16);
  for (let y = 0; y < HEIGHT; y++) {
    const row = rows[Math.floor((y * ROWS) / HEIGHT)] ?? 0;
    for (let column = 0; column < COLUMNS; column++) {
      if ((row & (0x80 >> column)) === 0) continue;
      const from = y * WIDTH + (column * WIDTH) / COLUMNS;
      frame.fill(235, from, from + WIDTH / COLUMNS);
    }
  }
  return frame;
}

const startedAt = performance.now();
let frames = 0;
const shutter = setInterval(() => {
  const due = Math.floor(((performance.now() - startedAt) * FPS) / 1000);
  if (due <= frames) return;
  frames = due;
  // An encoder that takes nothing misses frames: a camera has no memory.
  if (!encoder.stdin.writableNeedDrain) encoder.stdin.write(frameOf(Date.now()));
}, 4);

encoder.stdin.on('error', () => undefined);
encoder.on('exit', (code) => {
  clearInterval(shutter);
  process.exitCode = code ?? 1;
});
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    encoder.kill('SIGCONT');
    encoder.kill('SIGKILL');
  });
}
