/**
 * Whether viewers get through a switch between two encoders: told before it is needed.
 * @module
 */
import { classifyMedia } from '../flv/classify.ts';
import { audioCodecOf, videoCodecOf, type AudioCodec, type VideoCodec } from '../health/codec-line.ts';
import type { SourceHeader } from '../hub/stream.ts';

/** `compatible`: the same codecs; null: one of both has not said what it sends. */
export type SourceComparison = { readonly compatible: boolean | null; readonly message: string };

type Sound = AudioCodec | undefined;
type Picture = VideoCodec | undefined;

/** Compares what two encoders send by their sequence headers. */
export function compareSources(
  main: readonly SourceHeader[],
  backup: readonly SourceHeader[],
): SourceComparison {
  const [picture, sound] = [pictureOf(main), soundOf(main)];
  const [backupPicture, backupSound] = [pictureOf(backup), soundOf(backup)];
  const isKnown = (picture ?? sound) !== undefined && (backupPicture ?? backupSound) !== undefined;
  if (!isKnown) return { compatible: null, message: '' };
  const both = `The main encoder sends ${words(picture, sound)}, the backup ${words(backupPicture, backupSound)}.`;
  if (picture?.codec !== backupPicture?.codec || sound?.codec !== backupSound?.codec) {
    const why = 'Platforms end a stream whose codec changes, so Relaydeck does not switch by itself.';
    return { compatible: false, message: `${both} ${why} Set the same codecs in both encoders.` };
  }
  const differs =
    picture?.width !== backupPicture?.width ||
    picture?.height !== backupPicture?.height ||
    !isNear(picture?.fps, backupPicture?.fps) ||
    sound?.sampleRate !== backupSound?.sampleRate ||
    sound?.channels !== backupSound?.channels;
  if (differs) {
    const why = 'A switch works, but some players restart the picture.';
    return {
      compatible: true,
      message: `${both} ${why} Set the same size, frame rate and sound in both encoders.`,
    };
  }
  return {
    compatible: true,
    message: `Both encoders send ${words(picture, sound)}: a switch will hardly be seen.`,
  };
}

function pictureOf(headers: readonly SourceHeader[]): Picture {
  const header = withSlot(headers, 'video:0:sequence');
  return header === undefined ? undefined : videoCodecOf(header.payload);
}

function soundOf(headers: readonly SourceHeader[]): Sound {
  const header = withSlot(headers, 'audio:0:sequence');
  return header === undefined ? undefined : audioCodecOf(header.payload);
}

function withSlot(headers: readonly SourceHeader[], slot: string): SourceHeader | undefined {
  return headers.find(({ typeId, payload }) => classifyMedia(typeId, payload).slots.includes(slot));
}

/** Rates that only differ by rounding (59.94 as 59.9) are one; an unknown one is no difference. */
function isNear(one: number | null | undefined, other: number | null | undefined): boolean {
  if (one === null || one === undefined || other === null || other === undefined) return true;
  return Math.abs(one - other) < 0.5;
}

function words(picture: Picture, sound: Sound): string {
  const parts = [pictureWords(picture), soundWords(sound)].filter((part) => part !== '');
  return parts.join(' and ');
}

function pictureWords(picture: Picture): string {
  if (picture === undefined) return 'no picture';
  const { codec, width, height, fps } = picture;
  const size = width === null || height === null ? '' : ` ${width}×${height}`;
  return `${codec}${size}${fps === null ? '' : ` at ${Math.round(fps * 100) / 100} fps`}`;
}

function soundWords(sound: Sound): string {
  if (sound === undefined) return 'no sound';
  const { codec, sampleRate, channels } = sound;
  const rate = sampleRate === null ? '' : ` ${sampleRate / 1000} kHz`;
  return `${codec}${rate}${channels === null ? '' : channels === 1 ? ' mono' : channels === 2 ? ' stereo' : ` with ${channels} channels`}`;
}
