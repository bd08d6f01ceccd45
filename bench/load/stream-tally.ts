/**
 * What came on one stream: bytes, messages, gaps in their numbers, and how long each was under way.
 * @module
 */
import { messageType } from '../../src-main/rtmp/message/message-type.ts';
import type { Histogram } from '../measure/histogram.ts';
import { readStamp } from './stamp.ts';
import type { GaugedMessage } from './stream-gauge.ts';

/** Sums over all streams of a process. */
export type Tally = { bytes: number; messages: number; missing: number; disordered: number };

/** One per stream. */
export class StreamTally {
  readonly #sums: Tally;
  readonly #delays: Histogram;
  /** Newest number of each type; numbers go on over the beginning of a count. */
  readonly #last = new Map<number, number>();

  constructor(sums: Tally, delays: Histogram) {
    this.#sums = sums;
    this.#delays = delays;
  }

  /** @param nowUs When its last byte was here. */
  message({ typeId, length, head }: GaugedMessage, nowUs: number): void {
    if (typeId !== messageType.audio && typeId !== messageType.video) return;
    this.#sums.bytes += length;
    const stamp = readStamp(typeId, head);
    if (stamp === undefined) return;
    this.#sums.messages++;
    this.#delays.add(nowUs - stamp.sentUs);
    const last = this.#last.get(typeId);
    if (last === undefined || stamp.sequence > last) {
      this.#sums.missing += last === undefined ? 0 : stamp.sequence - last - 1;
      this.#last.set(typeId, stamp.sequence);
    } else this.#sums.disordered++;
  }
}
