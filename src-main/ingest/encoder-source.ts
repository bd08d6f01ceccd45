/**
 * One encoder while it publishes: what it has said of its stream so far, and how steadily it comes.
 * @module
 */
import { classifyMedia, type MediaClass } from '../flv/classify.ts';
import { AUDIO_ONLY_AFTER_MS, MAX_SLOTS } from '../hub/limits.ts';
import type { SourceHeader } from '../hub/stream.ts';
import { messageType, type RtmpMessage } from '../rtmp/message/message-type.ts';

/** A picture this much later than the one before is a stumble, ms: far more than any frame rate's step. */
const STUMBLE_MS = 1_000;

/** Begins with its first message; the owner hands it every one. */
export class EncoderSource {
  readonly #headers = new Map<string, SourceHeader>();
  #hasPicture = false;
  #firstSoundAt: number | undefined;
  /** When its last picture came, or its last sound where it has no picture; at the start: when it began. */
  #lastAt: number;
  #lastHeardAt: number;
  #steadySince: number;

  /** @param now ms, monotonic: when it began to publish. */
  constructor(now: number) {
    this.#lastAt = now;
    this.#lastHeardAt = now;
    this.#steadySince = now;
  }

  /** Newest metadata, sequence headers and configs, oldest first. */
  get headers(): readonly SourceHeader[] {
    return [...new Set(this.#headers.values())];
  }

  /** Whether it has sent any picture. */
  get hasPicture(): boolean {
    return this.#hasPicture;
  }

  /** When its last picture came (sound where it has none), ms, monotonic. */
  get lastAt(): number {
    return this.#lastAt;
  }

  /** When its last picture or sound came, ms, monotonic. */
  get lastHeardAt(): number {
    return this.#lastHeardAt;
  }

  /** Since when its pictures have come without a stumble, ms, monotonic. */
  get steadySince(): number {
    return this.#steadySince;
  }

  /**
   * Takes note of a message.
   * @returns Whether a viewer can begin with it: a keyframe, or sound once it is clear that there is no picture.
   */
  take(
    { typeId, payload }: RtmpMessage,
    now: number,
  ): { readonly media: MediaClass; readonly isStart: boolean } {
    const media = classifyMedia(typeId, payload);
    this.#remember(media, { typeId, payload });
    const isPicture = media.role === 'keyframe' || media.role === 'inter';
    if (isPicture) this.#hasPicture = true;
    if (isPicture || media.role === 'audio') this.#lastHeardAt = now;
    if (isPicture || (media.role === 'audio' && !this.#hasPicture)) {
      if (now - this.#lastAt > STUMBLE_MS) this.#steadySince = now;
      this.#lastAt = now;
    }
    if (typeId === messageType.audio) this.#firstSoundAt ??= now;
    const soundAlone = !this.#hasPicture && now - (this.#firstSoundAt ?? now) > AUDIO_ONLY_AFTER_MS;
    return { media, isStart: media.role === 'keyframe' || (soundAlone && media.role === 'audio') };
  }

  #remember({ slots }: MediaClass, header: SourceHeader): void {
    for (const slot of slots) {
      this.#headers.delete(slot);
      if (this.#headers.size < MAX_SLOTS) this.#headers.set(slot, header);
    }
  }
}
