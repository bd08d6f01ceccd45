/**
 * Streams for the meters whose timestamps or arrival are changed after FFmpeg has made them.
 * @module
 */
import type { FlvTag } from '../../src-main/flv/flv-tags.ts';
import { EVEN, plain, SMALL, type MeterStream, type SentTag } from './meter-stream.ts';

const isMedia = ({ typeId, payload }: FlvTag): boolean => (typeId === 8 || typeId === 9) && payload[1] !== 0;
const isInter = ({ typeId, payload }: FlvTag): boolean => typeId === 9 && (payload[0] ?? 0) >> 4 === 2;

/** Audio and video from a time on, moved by so many ms. */
const moved =
  (fromMs: number, byMs: number) =>
  (tags: readonly SentTag[]): readonly SentTag[] =>
    tags.map((tag) =>
      isMedia(tag) && tag.timestampMs >= fromMs ? { ...tag, timestampMs: tag.timestampMs + byMs } : tag,
    );
/** Audio with other timestamps; it comes when it came. */
const audioAt =
  (timestampMs: (before: number) => number) =>
  (tags: readonly SentTag[]): readonly SentTag[] =>
    tags.map((tag) =>
      tag.typeId === 8 && isMedia(tag)
        ? { ...tag, timestampMs: Math.round(timestampMs(tag.timestampMs)) }
        : tag,
    );
/** Without some inter frames, told by their number among these. */
const without =
  (isLost: (inter: number) => boolean) =>
  (tags: readonly SentTag[]): readonly SentTag[] => {
    let inter = 0;
    return tags.filter((tag) => !isInter(tag) || !isLost(inter++));
  };
/** Some inter frames with the timestamp of the frame before. */
const doubled =
  (isDouble: (inter: number) => boolean) =>
  (tags: readonly SentTag[]): readonly SentTag[] => {
    let inter = 0;
    let lastMs = 0;
    return tags.map((tag) => {
      if (tag.typeId !== 9) return tag;
      const isSame = isInter(tag) && isDouble(inter++);
      lastMs = isSame ? lastMs : tag.timestampMs;
      return { ...tag, timestampMs: lastMs };
    });
  };
const isBetween = (inter: number, first: number, count: number): boolean =>
  inter >= first && inter < first + count;

/** Each with one fault. */
export const EDITED_STREAMS: readonly MeterStream[] = [
  {
    name: 'sound drifts by 120 ms a minute',
    args: plain(46),
    edit: audioAt((ms) => ms * 1.002),
    known: { ...SMALL, ...EVEN, avDriftMsPerMin: 120 },
    reason: /^Sound and picture drift apart by 1[12]\d ms a minute/,
  },
  {
    name: 'sound 700 ms ahead of the picture',
    args: plain(8),
    edit: audioAt((ms) => ms + 700),
    known: { ...SMALL, ...EVEN, avOffsetMs: 700 },
    reason: /^Sound and picture are [67]\d\d ms apart/,
  },
  {
    name: 'timestamps jump 20 s forward',
    args: plain(12),
    edit: moved(5_000, 20_000),
    known: { ...SMALL, droppedFrames: 0, duplicateFrames: 0, gaps: 2, backwardJumps: 0 },
    reason: /^The stream left a gap/,
  },
  {
    name: 'timestamps jump 3 s back',
    args: plain(12),
    edit: moved(5_000, -3_000),
    known: { ...SMALL, droppedFrames: 0, duplicateFrames: 0, gaps: 0, backwardJumps: 2 },
    reason: /^The timestamps of the encoder jumped back/,
  },
  {
    name: 'timestamps of sound 20 ms back, once',
    args: plain(8),
    edit: (tags) => {
      const at = tags.findIndex((tag) => tag.typeId === 8 && tag.timestampMs > 4_000);
      return tags.map((tag, index) => (index === at ? { ...tag, timestampMs: tag.timestampMs - 41 } : tag));
    },
    known: { ...SMALL, droppedFrames: 0, duplicateFrames: 0, gaps: 0, backwardJumps: 1 },
    reason: /^The timestamps of the encoder jumped back/,
  },
  {
    name: '24 single frames left out over 4 s',
    args: plain(15),
    edit: without((inter) => inter >= 120 && inter < 240 && inter % 5 === 2),
    known: { ...SMALL, fps: 30, droppedFrames: 24, duplicateFrames: 0, gaps: 0, backwardJumps: 0 },
    reason: /frames are missing in the last 3 s/,
  },
  {
    name: '20 frames in a row left out, as after congestion',
    args: plain(12),
    edit: without((inter) => isBetween(inter, 150, 20)),
    known: { ...SMALL, fps: 30, droppedFrames: 20, duplicateFrames: 0, gaps: 1, backwardJumps: 0 },
    reason: /^The stream left a gap/,
  },
  {
    name: '15 frames with the timestamp of another',
    args: plain(12),
    edit: doubled((inter) => inter >= 120 && inter < 180 && inter % 4 === 1),
    known: { ...SMALL, ...EVEN, duplicateFrames: 15 },
    reason: /have the timestamp of another/,
  },
  {
    name: 'a line that falls behind by 200 ms a second',
    args: plain(16),
    edit: (tags) =>
      tags.map((tag) => ({ ...tag, arrivalMs: tag.arrivalMs + Math.max(0, tag.arrivalMs - 4_000) / 5 })),
    known: { codec: 'H.264', size: '160x90', ...EVEN, behindMs: 2_400 },
    reason: /s behind live/,
  },
];
