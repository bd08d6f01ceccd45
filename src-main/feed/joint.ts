/**
 * The picture of one stream behind that of another, when its time is a little late: a keyframe that was long on its
 * way to us is so in every stream that repeats it later, and would always come behind a frame of the same time.
 * @module
 */
import { atTime, type MediaMessage } from '../hub/media-message.ts';
import { messageType } from '../rtmp/message/message-type.ts';

/** Moves picture so that time rises; until it has caught up, frames stand half as far apart. */
export class Joint {
  readonly #beginning: MediaMessage;
  /** Where the beginning is put, and where the stream has caught up with its own time, ms. */
  readonly #placeMs: number;
  readonly #caughtUpMs: number;
  #newestMs: number;
  #state: 'before' | 'behind' | 'done' = 'before';

  /**
   * @param beginning Of the new stream; all picture that is sent before it is still of the old one.
   * @param options.lastMs Newest picture of the old stream that will be sent.
   * @param options.sentMs Newest picture that has been sent.
   */
  constructor(beginning: MediaMessage, options: { readonly lastMs: number; readonly sentMs: number }) {
    this.#beginning = beginning;
    this.#placeMs = options.lastMs + 1;
    this.#caughtUpMs = 2 * this.#placeMs - beginning.timeMs;
    this.#newestMs = options.sentMs;
  }

  /** All that comes now stands where it should by itself. */
  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** The message at the time that it is sent with. */
  place(message: MediaMessage): MediaMessage {
    if (message.typeId !== messageType.video) return message;
    if (message === this.#beginning) this.#state = 'behind';
    const placed = this.#placed(message.timeMs);
    if (message.timeMs >= this.#caughtUpMs) this.#state = 'done';
    this.#newestMs = placed;
    return atTime(message, placed);
  }

  #placed(timeMs: number): number {
    // Headers of the new stream come before its keyframe, with its time.
    if (this.#state !== 'behind' || timeMs >= this.#caughtUpMs) return Math.max(timeMs, this.#newestMs);
    return this.#placeMs + Math.floor((timeMs - this.#beginning.timeMs) / 2);
  }
}
