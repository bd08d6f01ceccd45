/**
 * A stream's message as bytes on the wire, made once for all who send it.
 * @module
 */
import { addSetDataFrame, stripSetDataFrame } from '../flv/metadata.ts';
import type { MediaMessage } from '../hub/media-message.ts';
import { writeChunks } from '../rtmp/chunk/chunk-writer.ts';
import { OUT_CHUNK_SIZE } from '../rtmp/limits.ts';
import { messageType } from '../rtmp/message/message-type.ts';

/** Chunk streams for media: audio and video apart, so that neither waits for the other's large message. */
const AUDIO_CHUNK_STREAM_ID = 4;
const DATA_CHUNK_STREAM_ID = 5;
const VIDEO_CHUNK_STREAM_ID = 6;
/** The message stream that nearly every peer uses; only its form is kept. */
const SHARED_STREAM_ID = 1;

/** To whom: metadata goes to a server as `@setDataFrame`, to a player without it. */
export type FeedRole = 'publish' | 'play';

/** The pieces to send. Audio and video are put into chunks once per stream; metadata per receiver, as it is rare. */
export function wireOf(message: MediaMessage, streamId: number, role: FeedRole): readonly Uint8Array[] {
  if (message.typeId !== messageType.audio && message.typeId !== messageType.video) {
    return chunksOf(message, dataPayload(message, role), streamId);
  }
  if (streamId !== SHARED_STREAM_ID) return chunksOf(message, message.payload, streamId);
  message.wire ??= chunksOf(message, message.payload, SHARED_STREAM_ID);
  return message.wire;
}

function chunksOf(message: MediaMessage, payload: Uint8Array, streamId: number): readonly Uint8Array[] {
  const { typeId } = message;
  const chunkStreamId =
    typeId === messageType.audio
      ? AUDIO_CHUNK_STREAM_ID
      : typeId === messageType.video
        ? VIDEO_CHUNK_STREAM_ID
        : DATA_CHUNK_STREAM_ID;
  // FFmpeg skips metadata at 0, and takes any later one for a subtitle stream of its own.
  const timestamp = message.media.role === 'metadata' ? 0 : message.timeMs >>> 0;
  return writeChunks({ typeId, timestamp, streamId, payload }, chunkStreamId, OUT_CHUNK_SIZE);
}

function dataPayload(message: MediaMessage, role: FeedRole): Uint8Array {
  if (role === 'play') return stripSetDataFrame(message.payload);
  return message.media.role === 'metadata' ? addSetDataFrame(message.payload) : message.payload;
}
