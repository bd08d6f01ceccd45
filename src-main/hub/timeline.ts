/**
 * One rising timeline out of the timestamps of several encoder connections, their wraps and their jumps.
 * @module
 */
import { EPOCH_KEPT_MS } from './limits.ts';
import { TimelineEpoch } from './timeline-epoch.ts';

/** Least step across a joint, ms: about a frame of sound, so that no two frames fall on one time. */
const JOINT_MS = 20;
/** A step between pictures longer than this is a gap and says nothing of the rate, ms. */
const LONGEST_STEP_MS = 250;
const VIDEO = 9;

/**
 * Maps 32-bit RTMP timestamps onto ms that never go back within one message type. Audio and video are always
 * moved together, so their offset stays as the encoder made it.
 *
 * A jump begins a new epoch, with an offset of its own. The epoch before it is kept for a while: sound from before a
 * jump may come after the picture behind it, and belongs where it was sent.
 */
export class Timeline {
  #epoch: TimelineEpoch | undefined;
  #before: TimelineEpoch | undefined;
  #lastOut = 0;
  /** When the message at `#lastOut` came, ms, monotonic. */
  #lastOutArrival = 0;
  #started = false;
  /** From one picture to the next, the last two, ms: at 30 frames per second 33 and 34. */
  #videoStepMs = 0;
  #stepBeforeMs = 0;
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
    this.#epoch = undefined;
    this.#before = undefined;
  }

  /** Forgets everything: the next message is at 0. */
  reset(): void {
    this.begin();
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
    const epoch = this.#epochOf(typeId, timestamp, now) ?? this.#joint(timestamp, now);
    const at = epoch.take(typeId, timestamp, now);
    this.#started = true;
    const last = this.#lastOfType.get(typeId) ?? 0;
    const placed = Math.max(at, last);
    if (typeId === VIDEO) this.#noteStep(placed - last);
    this.#lastOfType.set(typeId, placed);
    if (placed >= this.#lastOut) {
      this.#lastOut = placed;
      this.#lastOutArrival = now;
    }
    return placed;
  }

  /** Takes note of a message that has its place already: of another timeline, for one that runs behind it. */
  note(typeId: number, timeMs: number, now: number): void {
    this.#started = true;
    this.#lastOfType.set(typeId, Math.max(timeMs, this.#lastOfType.get(typeId) ?? 0));
    if (timeMs < this.#lastOut) return;
    this.#lastOut = timeMs;
    this.#lastOutArrival = now;
  }

  /**
   * The place of data or of a header. Many encoders send these with time 0 in mid-stream: that is no jump, and
   * must not move what follows.
   */
  placeHeader(typeId: number, timestamp: number): number {
    const last = this.#lastOfType.get(typeId);
    const now = typeId === 8 || typeId === 9 ? (last ?? this.#lastOut) : this.#lastOut;
    const placed = Math.max(this.#epoch?.near(timestamp) ?? now, last ?? 0);
    this.#lastOfType.set(typeId, placed);
    return placed;
  }

  #noteStep(ms: number): void {
    if (ms <= 0 || ms > LONGEST_STEP_MS) return;
    this.#stepBeforeMs = this.#videoStepMs;
    this.#videoStepMs = ms;
  }

  /** The epoch that a message continues; undefined: none, it is a jump. */
  #epochOf(typeId: number, timestamp: number, now: number): TimelineEpoch | undefined {
    const epoch = this.#epoch;
    const before = this.#before;
    if (epoch === undefined) return undefined;
    const isKept = before !== undefined && now - before.lastArrival <= EPOCH_KEPT_MS;
    const continues = isKept && before.continues(typeId, timestamp, now);
    if (epoch.has(typeId)) {
      if (epoch.continues(typeId, timestamp, now)) return epoch;
      // Back to where it was before, all of it: unless time there has been overtaken.
      const last = this.#lastOfType.get(typeId) ?? 0;
      if (!continues || before.placeOf(typeId, timestamp) < last) return undefined;
      this.#epoch = before;
      this.#before = epoch;
      return before;
    }
    // First of its type since the jump: it may still be from before.
    if (continues) return before;
    return epoch.near(timestamp) === undefined ? undefined : epoch;
  }

  /** Begins a new epoch: its first message follows the newest by as much time as has passed. */
  #joint(timestamp: number, now: number): TimelineEpoch {
    const waited = Math.round(Math.max(0, now - this.#lastOutArrival));
    // Players that count in frames must not take two pictures for one.
    const least = Math.max(JOINT_MS, this.#videoStepMs, this.#stepBeforeMs);
    const at = this.#started ? this.#lastOut + Math.max(least, waited) : 0;
    this.#before = this.#epoch;
    this.#epoch = new TimelineEpoch(timestamp, at);
    return this.#epoch;
  }
}
