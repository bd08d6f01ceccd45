/**
 * The row of a platform's table of bitrates that a picture falls under.
 * @module
 */
import type { VideoHealth } from '../../../src-shared/model/health.ts';
import type { BitrateRow } from '../../../src-shared/model/platform-preset.ts';
import { listsCodec } from './codec-names.ts';

/** Measured frame rates stray by this share around what was set. */
export const FPS_ROOM = 1.05;
/** Below this share of a row's frame rate its advice is for another picture: 30 is not 60, 50 is; 24 counts as 30. */
const LEAST_FPS_SHARE = 0.7;

/** The smallest row that the picture fits in; undefined where none does, or its size or rate is not known. */
export function bitrateRow(table: readonly BitrateRow[], video: VideoHealth): BitrateRow | undefined {
  const { width, height, fps } = video;
  if (width === null || height === null || fps === null) return undefined;
  const lines = Math.min(width, height);
  const [row] = table
    .filter((one) => listsCodec(one.codecs, video.codec))
    .filter((one) => one.lines >= lines && one.fps * FPS_ROOM >= fps)
    .toSorted((a, b) => a.lines - b.lines || a.fps - b.fps);
  if (row === undefined) return undefined;
  // A ceiling holds for every smaller picture, too; advice is for this size and rate alone.
  return row.isAdvice && (row.lines !== lines || fps < row.fps * LEAST_FPS_SHARE) ? undefined : row;
}
