/**
 * The last minutes of one stream, for those that play it later.
 * @module
 */
import { AUDIO_ONLY_AFTER_MS } from '../hub/limits.ts';
import type { MediaMessage } from '../hub/media-message.ts';
import type { Stream } from '../hub/stream.ts';
import type { Clock } from '../platform/clock.ts';
import type { OpenSpill } from '../platform/spill.ts';
import { DELAY_MEMORY_BYTES } from './limits.ts';
import { HeaderSlots, type HeldHeader, type LineEntry } from './line-entry.ts';
import { LineCursor } from './line-cursor.ts';
import { entryCost, Segment } from './segment.ts';
import { SegmentStore } from './segment-store.ts';
import { SpillTrouble } from './spill-trouble.ts';

const AUDIO = 8;
const VIDEO = 9;

/** What a line works with. */
export type DelayLineOptions = {
  readonly stream: Stream;
  readonly clock: Clock;
  readonly openSpill: OpenSpill;
  /** Bytes in memory before the disk is used. */
  readonly memoryBytes?: number | undefined;
  /** Told in words for streamers, once per trouble; may be called while a message is published, and must not throw. */
  readonly onTrouble: (words: string) => void;
};

/** What a line holds now. */
export type DelayLineReport = {
  /** Between the oldest and the newest message held, ms by their arrival. */
  readonly heldMs: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** Messages that delayed readers have lost, or will find lost, since the line began. */
  readonly lostMessages: number;
};

/**
 * Taps a stream and keeps what comes until the last of its cursors has played it: so it holds as much as the longest
 * delay wants, and no more when that one is gone.
 */
export class DelayLine {
  readonly #clock: Clock;
  readonly #store: SegmentStore;
  readonly #untap: () => void;
  #segments: Segment[] = [];
  #nextSeq = 0;
  readonly #cursors = new Set<LineCursor>();
  /** Cursors that have played everything: woken by the next entry. */
  readonly #starving = new Set<LineCursor>();
  readonly #slots = new HeaderSlots();
  #hasVideo: boolean;
  /** Time of the first sound or picture of this source, ms on its timeline. */
  #firstMs: number | undefined;
  #audioMs: number | undefined;

  constructor({ stream, clock, openSpill, memoryBytes, onTrouble }: DelayLineOptions) {
    this.#clock = clock;
    this.#store = new SegmentStore({
      clock,
      openSpill,
      limitBytes: memoryBytes ?? DELAY_MEMORY_BYTES,
      trouble: new SpillTrouble(clock, onTrouble),
      untilNeeded: (segment) => this.#untilNeeded(segment),
      onSettled: () => {
        this.#onSettled();
      },
    });
    this.#slots.reset(stream.headers);
    this.#hasVideo = stream.lastKeyframe !== undefined || stream.headers.some(isVideo);
    this.#untap = stream.tap({
      message: (message) => {
        this.#take(message);
      },
      began: (headers) => {
        this.#began(headers.map(held));
      },
      ended: () => {
        this.#ended();
      },
    });
  }

  get report(): DelayLineReport {
    const oldest = this.#segments[0];
    const newest = this.#segments.at(-1);
    const heldMs =
      oldest === undefined || newest === undefined ? 0 : Math.round(newest.lastMs - oldest.firstMs);
    const { memoryBytes, diskBytes, lostMessages } = this.#store;
    return { heldMs, memoryBytes, diskBytes, lostMessages };
  }

  /** How long before it is due a segment should be in memory, ms. */
  get loadAheadMs(): number {
    return this.#store.loadAheadMs;
  }

  /**
   * A cursor that plays `delayMs` behind, over as much as is held of that time.
   * @param wake Called when there may be more to play: an entry has come, or was read from the disk.
   */
  open(delayMs: number, wake: () => void): LineCursor {
    const fromMs = this.#clock.now() - delayMs;
    // The segment that still grows may get what comes next.
    const first = this.#segments.find(({ lastMs, isSealed }) => lastMs >= fromMs || !isSealed);
    const cursor = new LineCursor(this, { delayMs, fromMs, seq: first?.seq ?? this.#nextSeq, wake });
    this.#cursors.add(cursor);
    this.moved();
    return cursor;
  }

  /** Takes a cursor off; what only it needed is let go. */
  close(cursor: LineCursor): void {
    this.#cursors.delete(cursor);
    this.#starving.delete(cursor);
    this.moved();
  }

  /** Undefined: let go already, or not there yet. */
  segment(seq: number): Segment | undefined {
    const oldest = this.#segments[0];
    return oldest === undefined ? undefined : this.#segments[seq - oldest.seq];
  }

  /** The cursor has played everything. */
  starve(cursor: LineCursor): void {
    this.#starving.add(cursor);
  }

  /** A cursor stands elsewhere now: lets go of what all have played, and reads what will be needed. */
  moved(): void {
    let oldestNeeded = Number.POSITIVE_INFINITY;
    for (const { seq } of this.#cursors) oldestNeeded = Math.min(oldestNeeded, seq);
    while (this.#segments[0] !== undefined && this.#segments[0].seq < oldestNeeded) {
      const segment = this.#segments.shift();
      if (segment !== undefined) this.#store.drop(segment);
    }
    this.#store.settle(this.#segments);
    this.loadAhead();
  }

  /** Reads the segment from the disk that is needed first, if it is needed soon. */
  loadAhead(): void {
    const untilMs = this.#clock.now() + this.#store.loadAheadMs;
    let first: Segment | undefined;
    let firstMs = Number.POSITIVE_INFINITY;
    for (const { seq, delayMs } of this.#cursors) {
      for (let at = seq; at < this.#nextSeq; at++) {
        const segment = this.segment(at);
        if (segment === undefined || segment.firstMs + delayMs > untilMs) break;
        if (segment.contents !== undefined) continue;
        if (segment.firstMs + delayMs < firstMs) {
          first = segment;
          firstMs = segment.firstMs + delayMs;
        }
        break;
      }
    }
    if (first !== undefined) this.#store.load(first);
  }

  /** Takes the tap off and removes everything, from the disk too. Never rejects. */
  async end(): Promise<void> {
    this.#untap();
    this.#cursors.clear();
    this.#starving.clear();
    const segments = this.#segments;
    this.#segments = [];
    await this.#store.close(segments);
  }

  #take(message: MediaMessage): void {
    const { typeId, timeMs, payload, media } = message;
    if (typeId === VIDEO) this.#hasVideo = true;
    const isTimed = media.slots.length === 0 && (typeId === AUDIO || typeId === VIDEO);
    if (isTimed) this.#firstMs ??= timeMs;
    // The hub's own rule for streams without picture: delayed readers begin where live ones do.
    const isSoundAlone = !this.#hasVideo && timeMs - (this.#firstMs ?? timeMs) > AUDIO_ONLY_AFTER_MS;
    const isStart = media.role === 'keyframe' || (isSoundAlone && media.role === 'audio');
    const atMs = this.#clock.now();
    this.#append({ type: 'message', atMs, isStart, typeId, timeMs, payload, media });
    if (media.slots.length > 0) this.#slots.take(message);
    if (isTimed && typeId === AUDIO) this.#audioMs = timeMs;
  }

  #began(headers: readonly HeldHeader[]): void {
    this.#append({ type: 'began', atMs: this.#clock.now(), headers });
    this.#slots.reset(headers);
    this.#hasVideo = headers.some(isVideo);
    this.#firstMs = undefined;
  }

  #ended(): void {
    this.#append({ type: 'ended', atMs: this.#clock.now() });
    this.#slots.reset();
    this.#hasVideo = false;
    this.#firstMs = undefined;
    this.#audioMs = undefined;
  }

  #append(entry: LineEntry): void {
    let open = this.#segments.at(-1);
    if (open?.hasRoom(entry.atMs, entryCost(entry)) !== true) {
      if (open !== undefined) open.isSealed = true;
      open = new Segment({
        seq: this.#nextSeq++,
        atMs: entry.atMs,
        audioMs: this.#audioMs,
        headers: this.#slots.list,
      });
      this.#segments.push(open);
      this.#store.grew(open.bytes);
      this.#store.settle(this.#segments);
    }
    this.#store.grew(open.add(entry));
    if (this.#starving.size === 0) return;
    const starving = [...this.#starving];
    this.#starving.clear();
    for (const cursor of starving) cursor.wake();
  }

  #untilNeeded(segment: Segment): number {
    let soonest = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    for (const { seq, delayMs } of this.#cursors) {
      if (seq === segment.seq) return 0;
      if (seq < segment.seq) soonest = Math.min(soonest, segment.firstMs + delayMs - now);
    }
    return soonest;
  }

  #onSettled(): void {
    this.#store.settle(this.#segments);
    this.loadAhead();
    for (const cursor of [...this.#cursors]) cursor.wake();
  }
}

function isVideo({ typeId }: { readonly typeId: number }): boolean {
  return typeId === VIDEO;
}

function held({ typeId, timeMs, payload, media }: MediaMessage): HeldHeader {
  return { typeId, timeMs, payload, media };
}
