/**
 * Reads the clock that `time-code-camera.mjs` films from the pixels of a picture in a page: how old is what is shown?
 * @module
 */
import type { Page } from '@playwright/test';
import type { Child } from './child.ts';
import type { Stage } from './stage.ts';
import { tool } from './tools.ts';

/** One shown frame. */
export type ShownFrame = {
  /** Wall time at which it was shown, ms. */
  readonly atMs: number;
  /** Its age then, from its making in front of the encoder, ms. */
  readonly ageMs: number;
  /** What the window said at that moment, s; null: nothing. */
  readonly saidSec: number | null;
};

/** Starts the camera; `encoderPid` is its FFmpeg's. */
export async function startTimeCodeCamera(
  stage: Stage,
  url: string,
): Promise<{ readonly child: Child; readonly encoderPid: number }> {
  const script = `${import.meta.dirname}/time-code-camera.mjs`;
  const child = stage.start('camera', process.execPath, [script, tool('ffmpeg'), url]);
  const [, pid] = await child.says(/^encoder (\d+)$/m);
  return { child, encoderPid: Number(pid) };
}

/** Begins to read every frame that the picture of this test id shows. */
export async function readShownFrames(page: Page, testId = 'preview-video'): Promise<void> {
  await page.evaluate(`(() => {
    const frames = (globalThis.shownFrames = []);
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 180;
    const drawing = canvas.getContext('2d', { willReadFrequently: true });
    const read = (video) => {
      const atMs = Date.now();
      drawing.drawImage(video, 0, 0, 320, 180);
      const { data } = drawing.getImageData(0, 0, 320, 180);
      const rows = Array.from({ length: 5 }, (_, row) => {
        let bits = 0;
        for (let column = 0; column < 8; column++) {
          bits = bits * 2 + (data[4 * ((row * 36 + 18) * 320 + column * 40 + 20)] > 128 ? 1 : 0);
        }
        return bits;
      });
      // A frame that cannot be read says nothing, and must not pass for one of another time.
      if ((rows[0] ^ rows[1] ^ rows[2] ^ rows[3]) !== rows[4]) return;
      const code = ((rows[0] * 256 + rows[1]) * 256 + rows[2]) * 256 + rows[3];
      const said = document.querySelector('[data-testid=preview-behind]')?.textContent;
      const figure = said && /[\\d.]+/.exec(said);
      frames.push({ atMs, ageMs: (atMs - code) % 2 ** 32, saidSec: figure ? Number(figure[0]) : null });
    };
    const watch = (video) => {
      const next = () => {
        if (!video.isConnected) return;
        read(video);
        video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
    };
    watch(document.querySelector('[data-testid=${testId}]'));
  })()`);
}

/** The frames read so far. */
export async function shownFrames(page: Page): Promise<readonly ShownFrame[]> {
  return page.evaluate<ShownFrame[]>('globalThis.shownFrames');
}
