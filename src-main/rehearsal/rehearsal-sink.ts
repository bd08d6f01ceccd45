/**
 * Receives rehearsal targets on this computer, counts them and throws them away.
 * @module
 */
import { classifyMedia } from '../flv/classify.ts';
import type { RtmpMessage } from '../rtmp/message/message-type.ts';

/** What one rehearsal target has received. */
export type Received = {
  readonly videoFrames: number;
  readonly audioFrames: number;
  readonly keyframes: number;
  readonly bytes: number;
};

/** Before anything has come. */
export const NOTHING_RECEIVED: Received = { videoFrames: 0, audioFrames: 0, keyframes: 0, bytes: 0 };

/** Counts of one target, from the moment it went live. */
export class RehearsalSink {
  #received: Received = NOTHING_RECEIVED;

  get received(): Received {
    return this.#received;
  }

  message({ typeId, payload }: RtmpMessage): void {
    const { role } = classifyMedia(typeId, payload);
    const before = this.#received;
    const isFrame = role === 'keyframe' || role === 'inter';
    this.#received = {
      videoFrames: before.videoFrames + (isFrame ? 1 : 0),
      audioFrames: before.audioFrames + (role === 'audio' ? 1 : 0),
      keyframes: before.keyframes + (role === 'keyframe' ? 1 : 0),
      bytes: before.bytes + payload.length,
    };
  }
}
