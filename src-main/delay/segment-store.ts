/**
 * Which segments of a line are in memory, and which on the disk.
 * @module
 */
import type { Clock } from '../platform/clock.ts';
import type { OpenSpill, Spill, SpillPiece } from '../platform/spill.ts';
import {
  DISK_FLOOR_BYTES,
  DISK_RETRY_MS,
  HARD_LIMIT_FACTOR,
  LOAD_AHEAD_FULL_MS,
  LOAD_AHEAD_MS,
} from './limits.ts';
import type { Segment } from './segment.ts';
import { decodeSegment, encodeSegment } from './segment-bytes.ts';
import type { SpillTrouble } from './spill-trouble.ts';

/** What a store works with. */
export type SegmentStoreOptions = {
  readonly clock: Clock;
  readonly openSpill: OpenSpill;
  readonly limitBytes: number;
  readonly trouble: SpillTrouble;
  /** How long until a segment is played next, ms; 0 or less: a cursor stands in it, or should. */
  readonly untilNeeded: (segment: Segment) => number;
  /** Something has been written or read: look at everything again. */
  readonly onSettled: () => void;
};

/**
 * Counts what the segments of a line take, and moves them. At most one write and one read are under way. What is
 * needed last goes to the disk first; while the disk does not take it, what is needed last is lost.
 */
export class SegmentStore {
  readonly #options: SegmentStoreOptions;
  #memoryBytes = 0;
  #diskBytes = 0;
  #lostMessages = 0;
  #opening: Promise<Spill> | undefined;
  #place: string | undefined;
  #writing: Promise<void> | undefined;
  #reading: Promise<void> | undefined;
  #retryAtMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(options: SegmentStoreOptions) {
    this.#options = options;
  }

  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  get diskBytes(): number {
    return this.#diskBytes;
  }

  /** Messages that delayed readers have lost. */
  get lostMessages(): number {
    return this.#lostMessages;
  }

  /** How long before it is due a segment should be in memory, ms. */
  get loadAheadMs(): number {
    return this.#memoryBytes > this.#options.limitBytes ? LOAD_AHEAD_FULL_MS : LOAD_AHEAD_MS;
  }

  /** Something was added to a segment, or a segment to the line. */
  grew(bytes: number): void {
    this.#memoryBytes += bytes;
  }

  /** Brings memory back within its limit, as far as the disk goes along. */
  settle(segments: readonly Segment[]): void {
    const { limitBytes, clock } = this.#options;
    if (this.#memoryBytes <= limitBytes) return;
    this.#evictUntil(limitBytes, segments, LOAD_AHEAD_MS);
    const mayWrite = this.#writing === undefined && clock.now() >= this.#retryAtMs;
    if (this.#memoryBytes > limitBytes && mayWrite) {
      const next = this.#neededLast(segments, { afterMs: LOAD_AHEAD_MS, isWritten: false });
      if (next !== undefined) this.#writing = this.#write(next);
    }
    const hardBytes = limitBytes * HARD_LIMIT_FACTOR;
    // What is needed sooner would only be read again at once.
    this.#evictUntil(hardBytes, segments, LOAD_AHEAD_FULL_MS);
    while (this.#memoryBytes > hardBytes && this.#giveUpLast(segments));
  }

  /** Reads a segment from the disk, unless another one is being read. */
  load(segment: Segment): void {
    if (this.#reading !== undefined || segment.piece === undefined || this.#isClosed) return;
    this.#reading = this.#read(segment, segment.piece);
  }

  /** Nothing needs the segment any more. */
  drop(segment: Segment): void {
    segment.isDropped = true;
    if (segment.contents !== undefined) this.#memoryBytes -= segment.bytes;
    segment.evict();
    this.#dropPiece(segment);
  }

  /** Removes everything, in memory the segments given. Never rejects. */
  async close(segments: readonly Segment[]): Promise<void> {
    this.#isClosed = true;
    for (const segment of segments) this.drop(segment);
    await Promise.all([this.#writing, this.#reading]);
    if (this.#opening === undefined) return;
    try {
      const spill = await this.#opening;
      await spill.close();
    } catch (error) {
      this.#options.trouble.tell('close', this.#place, error);
    }
  }

  /** The segment in memory that may leave it and is needed last, later than `afterMs` from now. */
  #neededLast(
    segments: readonly Segment[],
    { afterMs, isWritten }: { readonly afterMs: number; readonly isWritten: boolean },
  ): Segment | undefined {
    let last: Segment | undefined;
    let lastMs = afterMs;
    for (const segment of segments) {
      if (!segment.isSealed || segment.isWriting || segment.isLost || segment.contents === undefined)
        continue;
      if ((segment.piece !== undefined) !== isWritten) continue;
      const ms = this.#options.untilNeeded(segment);
      if (ms <= lastMs) continue;
      last = segment;
      lastMs = ms;
    }
    return last;
  }

  /** False: nothing can be given up. */
  #giveUpLast(segments: readonly Segment[]): boolean {
    const last = this.#neededLast(segments, { afterMs: 0, isWritten: false });
    if (last === undefined) return false;
    this.#memoryBytes -= last.bytes;
    this.#lose(last);
    this.#options.trouble.tell('slow', this.#place);
    return true;
  }

  /** Lets go of what the disk has, and is needed later than `afterMs` from now. */
  #evictUntil(bytes: number, segments: readonly Segment[], afterMs: number): void {
    while (this.#memoryBytes > bytes) {
      const segment = this.#neededLast(segments, { afterMs, isWritten: true });
      if (segment === undefined) return;
      this.#memoryBytes -= segment.bytes;
      segment.evict();
    }
  }

  #lose(segment: Segment): void {
    this.#lostMessages += segment.messages;
    segment.lose();
    segment.bytes = 0;
    this.#dropPiece(segment);
  }

  #dropPiece(segment: Segment): void {
    if (segment.piece === undefined) return;
    this.#diskBytes -= segment.pieceBytes;
    // What cannot be removed now goes when the spill is closed.
    segment.piece.drop().catch(() => undefined);
    segment.piece = undefined;
  }

  async #write(segment: Segment): Promise<void> {
    segment.isWriting = true;
    try {
      const spill = await this.#open();
      await demandRoom(spill);
      // While the spill was opened the last reader may have gone.
      if (segment.contents !== undefined) {
        const bytes = encodeSegment(segment.contents);
        segment.piece = await spill.write(bytes);
        segment.pieceBytes = bytes.length;
        this.#diskBytes += bytes.length;
        if (segment.isDropped) this.#dropPiece(segment);
      }
    } catch (error) {
      this.#retryAtMs = this.#options.clock.now() + DISK_RETRY_MS;
      if (!this.#isClosed) this.#options.trouble.tell('write', this.#place, error);
    }
    segment.isWriting = false;
    this.#writing = undefined;
    if (!this.#isClosed) this.#options.onSettled();
  }

  async #read(segment: Segment, piece: SpillPiece): Promise<void> {
    try {
      const contents = decodeSegment(await piece.read(), segment.markers);
      if (!segment.isDropped) {
        segment.contents = contents;
        this.#memoryBytes += segment.bytes;
      }
    } catch (error) {
      if (!segment.isDropped) {
        this.#lose(segment);
        this.#options.trouble.tell('read', this.#place, error);
      }
    }
    this.#reading = undefined;
    if (!this.#isClosed) this.#options.onSettled();
  }

  async #open(): Promise<Spill> {
    try {
      this.#opening ??= this.#options.openSpill();
      const spill = await this.#opening;
      this.#place = spill.place;
      return spill;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }
}

/** @throws {Error} With the code of a full disk, when it is nearly full. */
async function demandRoom(spill: Spill): Promise<void> {
  // Not every file system can tell.
  const freeBytes = await spill.freeBytes().catch(() => Number.POSITIVE_INFINITY);
  if (freeBytes < DISK_FLOOR_BYTES) throw Object.assign(new Error('nearly full'), { code: 'ENOSPC' });
}
