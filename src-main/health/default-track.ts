/**
 * Whether a message is of the track that is shown and judged.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { u8 } from '../bytes/read.ts';
import { EX_SOUND_FORMAT, readAudioExHeader } from '../flv/audio-body.ts';
import { readExTracks } from '../flv/ex-header.ts';
import { readVideoExHeader } from '../flv/video-body.ts';

/**
 * Whether a message carries track 0: of several tracks in messages of their own each frame would count many times.
 * What cannot be read does not.
 * @param typeId 8 audio, 9 video.
 */
export function carriesDefaultTrack(typeId: number, payload: Uint8Array): boolean {
  const first = u8(payload, 0);
  const isEnhanced = typeId === 9 ? (first & 0x80) !== 0 : first >> 4 === EX_SOUND_FORMAT;
  if (!isEnhanced) return true;
  try {
    const header = typeId === 9 ? readVideoExHeader(payload) : readAudioExHeader(payload);
    return header.multitrack === 'none' || readExTracks(payload, header).some(({ trackId }) => trackId === 0);
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
