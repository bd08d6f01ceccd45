/**
 * One rising timeline out of the timestamps of several encoder connections, their wraps and their jumps.
 * @module
 */
import { TIMESTAMP_JUMP_MS } from './limits.ts';

/** Least step across a joint, ms: about one frame, so that no two frames fall on one time. */
const JOINT_MS = 20;

/**
 * Maps 32-bit RTMP timestamps onto ms that never go back within one message type. Audio and video are always
 * moved together, so their offset stays as the encoder made it.
 */
export class Timeline {
  #lastRaw: number | undefined;
  #offset = 0;
  /** Unwrapped raw time of the newest message. */
  #rawTime = 0;
  #lastOut = 0;
  #lastArrival = 0;
  #started = false;
  readonly #lastOfType = new Map<number, number>();

  /** Time of the newest audio or video, ms. */
  get lastMs(): number {
    return this.#lastOut;
  }

  /** Time of the newest message of a type, ms; undefined: there was none. */
  lastOf(typeId: number): number | undefined {
    return this.#lastOfType.get(typeId);
  }

  /** A new encoder connection: its first timestamp follows the last one, by as much time as has passed. */
  begin(): void {
    this.#lastRaw = undefined;
  }

  /** Forgets everything: the next message is at 0. */
  reset(): void {
    this.#lastRaw = undefined;
    this.#started = false;
    this.#lastOut = 0;
    this.#lastOfType.clear();
  }

  /**
   * The place of audio or video.
   * @param timestamp ms, unsigned 32 bits, as it came.
   * @param now ms, monotonic, when it came.
   */
  place(typeId: number, timestamp: number, now: number): number {
    const waited = Math.max(0, now - this.#lastArrival);
    if (this.#lastRaw === undefined) {
      this.#rawTime = timestamp;
      const joint = this.#started ? this.#lastOut + Math.max(JOINT_MS, Math.round(waited)) : 0;
      this.#offset = joint - this.#rawTime;
    } else {
      const step = (timestamp - this.#lastRaw) | 0;
      this.#rawTime += step;
      const jumped = step < -TIMESTAMP_JUMP_MS || step > waited + TIMESTAMP_JUMP_MS;
      if (jumped) this.#offset = this.#lastOut + Math.max(JOINT_MS, Math.round(waited)) - this.#rawTime;
    }
    this.#lastRaw = timestamp;
    this.#lastArrival = now;
    this.#started = true;
    const placed = Math.max(this.#rawTime + this.#offset, this.#lastOfType.get(typeId) ?? 0);
    this.#lastOfType.set(typeId, placed);
    this.#lastOut = Math.max(this.#lastOut, placed);
    return placed;
  }

  /**
   * The place of data or of a header. Many encoders send these with time 0 in mid-stream: that is no jump, and
   * must not move what follows.
   */
  placeHeader(typeId: number, timestamp: number): number {
    const step = this.#lastRaw === undefined ? undefined : (timestamp - this.#lastRaw) | 0;
    const inTime = step !== undefined && Math.abs(step) <= TIMESTAMP_JUMP_MS;
    const last = this.#lastOfType.get(typeId);
    const now = typeId === 8 || typeId === 9 ? (last ?? this.#lastOut) : this.#lastOut;
    const at = inTime ? this.#rawTime + step + this.#offset : now;
    const placed = Math.max(at, last ?? 0);
    this.#lastOfType.set(typeId, placed);
    return placed;
  }
}
