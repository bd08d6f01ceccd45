/**
 * A stream that runs some time behind another.
 * @module
 */
import { Stream } from '../hub/stream.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { DelayLine } from './delay-line.ts';
import type { LineCursor } from './line-cursor.ts';
import { HeaderSlots, type HeldHeader, type HeldMessage, type LineEntry, type Marker } from './line-entry.ts';

const AUDIO = 8;

/** What a delayed stream works with. */
export type DelayedStreamOptions = {
  readonly clock: Clock;
  /** ms, more than 0. */
  readonly delayMs: number;
  /** It has begun to play a show, or has come to its end. */
  readonly onLive: (live: boolean) => void;
};

/**
 * Plays what the line holds, each message `delayMs` after it came and `delayMs` later on the timeline, so that it can
 * take over a reader from its source, and back. After anything that it has not got whole it begins at a keyframe.
 */
export class DelayedStream {
  /** For readers, like any other; nobody else publishes on it. */
  readonly stream = new Stream();
  readonly #line: DelayLine;
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #onLive: (live: boolean) => void;
  readonly #cursor: LineCursor;
  #timer: Timer | undefined;
  #isLive = false;
  #isPlaying = false;
  #isClosed = false;
  /** Nothing of this show has been played: its time starts with what comes next. */
  #isFresh = true;
  /** Nothing is played until something comes that one may begin with. */
  #isWaiting = true;
  /** Headers in force, and time of the newest sound: followed while waiting. */
  readonly #slots = new HeaderSlots();
  #audioMs: number | undefined;

  constructor(line: DelayLine, { clock, delayMs, onLive }: DelayedStreamOptions) {
    this.#line = line;
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#onLive = onLive;
    this.#cursor = line.open(delayMs, () => {
      this.#play();
    });
    // Not at once: `onLive` must not be called before whoever opens this has it.
    this.#timer = clock.after(0, () => {
      this.#play();
    });
  }

  /** From its first keyframe (or sound, in a stream without picture) until the end of the show. */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** Ends the stream without a word to `onLive`, and lets go of the line. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isLive = false;
    this.#timer?.cancel();
    this.#line.close(this.#cursor);
    this.stream.end();
  }

  /** Plays all that is due, and sets the timer for the rest. */
  #play(): void {
    // A reader that has got a message may make the line wake this in turn.
    if (this.#isPlaying || this.#isClosed) return;
    this.#isPlaying = true;
    try {
      this.#timer?.cancel();
      this.#timer = undefined;
      this.#playDue(this.#clock.now());
    } finally {
      this.#isPlaying = false;
    }
  }

  #playDue(now: number): void {
    for (;;) {
      const atMs = this.#cursor.nextAtMs();
      if (atMs === undefined) return;
      const dueMs = atMs + this.#delayMs;
      if (dueMs > now) {
        this.#wakeFor(dueMs);
        return;
      }
      const entry = this.#cursor.take();
      if (entry === undefined) return;
      this.#enter();
      this.#playEntry(entry, now);
      // A reader that has just got it may have been the last.
      if (this.#hasClosed()) return;
    }
  }

  #hasClosed(): boolean {
    return this.#isClosed;
  }

  #wakeFor(dueMs: number): void {
    const now = this.#clock.now();
    const loadMs = dueMs - this.#line.loadAheadMs;
    const isEarly = !this.#cursor.isHeld && loadMs > now;
    if (!this.#cursor.isHeld && !isEarly) this.#line.loadAhead();
    this.#timer = this.#clock.after(Math.max(0, (isEarly ? loadMs : dueMs) - now), () => {
      this.#play();
    });
  }

  /** Takes note of where the cursor has come to. */
  #enter(): void {
    if (this.#cursor.takeMissed()) this.#isWaiting = true;
    const start = this.#cursor.takeStart();
    if (start === undefined || !this.#isWaiting) return;
    this.#slots.reset(start.headers);
    this.#audioMs = start.audioMs;
  }

  #playEntry(entry: LineEntry, now: number): void {
    if (entry.type === 'message') this.#playMessage(entry, now);
    else if (entry.type === 'began') this.#playBegan(entry, now);
    else this.#playEnded(entry);
  }

  #playMessage(message: HeldMessage, now: number): void {
    if (this.#isWaiting) {
      if (message.isStart && message.atMs >= this.#cursor.fromMs) {
        this.#startWith(message, now);
      } else {
        this.#slots.take(message);
        if (message.typeId === AUDIO && message.media.slots.length === 0) this.#audioMs = message.timeMs;
        return;
      }
    }
    this.#isFresh = false;
    this.#relay(message, message.timeMs, now);
    if (!message.isStart || this.#isLive || this.#isClosed) return;
    this.#isLive = true;
    this.#onLive(true);
  }

  #playBegan({ atMs, headers }: Extract<Marker, { type: 'began' }>, now: number): void {
    if (atMs < this.#cursor.fromMs) {
      this.#slots.reset(headers);
      return;
    }
    this.#isWaiting = false;
    this.#begin(headers, now);
  }

  #playEnded({ atMs }: Marker): void {
    this.#slots.reset();
    this.#audioMs = undefined;
    if (atMs < this.#cursor.fromMs) return;
    this.#isWaiting = false;
    this.#isFresh = true;
    this.stream.end();
    if (!this.#isLive) return;
    this.#isLive = false;
    this.#onLive(false);
  }

  /** Begins in mid-show: the headers stand where what follows them stands. */
  #startWith({ timeMs }: HeldMessage, now: number): void {
    this.#isWaiting = false;
    const soundMs = Math.min(timeMs, this.#audioMs ?? timeMs);
    const at = ({ typeId }: HeldHeader): number => (typeId === AUDIO ? soundMs : timeMs);
    this.#begin(
      this.#slots.list.map((header) => ({ ...header, timeMs: at(header) })),
      now,
    );
  }

  /**
   * In mid-show the stream places the headers itself, and readers get those that are new to them. At a show's
   * beginning it would place them at 0, a whole delay before what follows: there they come as messages.
   */
  #begin(headers: readonly HeldHeader[], now: number): void {
    if (!this.#isFresh) {
      this.stream.begin(headers);
      return;
    }
    this.stream.begin();
    for (const header of headers) this.#relay(header, header.timeMs, now);
    this.#isFresh = headers.length === 0;
  }

  #relay({ typeId, payload, media }: HeldHeader, timeMs: number, now: number): void {
    this.stream.relay({ typeId, timeMs: timeMs + this.#delayMs, payload, media, wire: undefined }, now);
  }
}
