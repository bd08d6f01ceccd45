/**
 * Keeps time from going back for a peer that has had a part of this show over an earlier connection. One stream sees
 * to that by itself; after a change to another one that lags a little it must be seen to here.
 * @module
 */
import { atTime, type MediaMessage } from '../hub/media-message.ts';
import { messageType } from '../rtmp/message/message-type.ts';

/** Newest times that a peer has had, ms; undefined: nothing of that kind. */
export type SentUpTo = { readonly audioMs: number | undefined; readonly videoMs: number | undefined };

/** Judges one message after the other, in the order of sending. */
export class SentBefore {
  readonly #sent: SentUpTo;
  /** A keyframe was too old: what builds on it is of no use either. */
  #lacksKeyframe = false;

  constructor(sent: SentUpTo) {
    this.#sent = sent;
  }

  /** The message as it may be sent, headers at a later time if need be; undefined: it may not. */
  pass(message: MediaMessage): MediaMessage | undefined {
    const { typeId, timeMs, media } = message;
    const sentMs = this.#sentMs(typeId);
    if (sentMs === undefined) return message;
    if (media.slots.length > 0) return timeMs < sentMs ? atTime(message, sentMs) : message;
    const isOld = timeMs <= sentMs;
    if (typeId === messageType.audio) return isOld ? undefined : message;
    if (isOld || media.role === 'keyframe') this.#lacksKeyframe = isOld;
    return this.#lacksKeyframe ? undefined : message;
  }

  #sentMs(typeId: number): number | undefined {
    if (typeId === messageType.audio) return this.#sent.audioMs;
    return typeId === messageType.video ? this.#sent.videoMs : undefined;
  }
}
