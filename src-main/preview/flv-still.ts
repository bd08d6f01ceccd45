/**
 * The newest picture of a stream alone, as a whole FLV: for small pictures that are asked for again and again.
 * @module
 */
import { flvFileHeader, flvTag } from '../flv/flv-tags.ts';
import type { Stream } from '../hub/stream.ts';

const VIDEO = 9;

/** Its pieces: file header, video headers and the newest keyframe; none: there is no picture. */
export function flvStill(stream: Pick<Stream, 'headers' | 'lastKeyframe'>): readonly Uint8Array[] {
  const { headers, lastKeyframe } = stream;
  if (lastKeyframe === undefined) return [];
  const video = [...headers.filter(({ typeId }) => typeId === VIDEO), lastKeyframe];
  return [flvFileHeader({ hasAudio: false }), ...video.map(({ payload }) => flvTag(VIDEO, 0, payload))];
}
