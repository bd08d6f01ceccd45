/**
 * About a second of a delay line: the piece in which it goes to the disk and comes back.
 * @module
 */
import type { SpillPiece } from '../platform/spill.ts';
import { SEGMENT_BYTES, SEGMENT_MS } from './limits.ts';
import { costOf, type HeldHeader, type LineEntry, type Marker } from './line-entry.ts';

/** What is in memory of a segment, or nothing of it. */
export type SegmentContents = {
  /** Headers in force where the segment starts. */
  readonly headers: readonly HeldHeader[];
  readonly entries: readonly LineEntry[];
};

/** Where a segment starts. */
export type SegmentStart = {
  /** Counts up by one from segment to segment. */
  readonly seq: number;
  /** When its first entry came, ms, monotonic. */
  readonly atMs: number;
  /** Time of the sound before it, ms on the source's timeline; undefined: there was none. */
  readonly audioMs: number | undefined;
  readonly headers: readonly HeldHeader[];
};

/** Grows until it is sealed; then it is in memory, on the disk, in both, or lost. Changed by the line and its store only. */
export class Segment {
  readonly seq: number;
  readonly firstMs: number;
  readonly audioMs: number | undefined;
  /** When its newest entry came, ms, monotonic. */
  lastMs: number;
  /** What it takes in memory, bytes, overhead and headers counted. */
  bytes = 0;
  messages = 0;
  readonly markers: Marker[] = [];
  isSealed = false;
  /** Nothing needs it any more: whoever is busy with it lets it go. */
  isDropped = false;
  isWriting = false;
  /** Its messages are gone; its markers are what is left. */
  isLost = false;
  contents: SegmentContents | undefined;
  piece: SpillPiece | undefined;
  /** What the piece takes on the disk, bytes. */
  pieceBytes = 0;
  /** The array in `contents`, while it grows. */
  #entries: LineEntry[] = [];
  #count = 0;

  constructor({ seq, atMs, audioMs, headers }: SegmentStart) {
    this.seq = seq;
    this.firstMs = atMs;
    this.lastMs = atMs;
    this.audioMs = audioMs;
    this.contents = { headers, entries: this.#entries };
    for (const header of headers) this.bytes += costOf(header);
  }

  /** Entries of it that can be played. */
  get count(): number {
    return this.#count;
  }

  /** Whether an entry of that cost still belongs here. */
  hasRoom(atMs: number, bytes: number): boolean {
    if (this.isSealed || atMs - this.firstMs >= SEGMENT_MS) return false;
    return this.#count === 0 || this.bytes + bytes <= SEGMENT_BYTES;
  }

  /** Adds an entry. Returns the bytes it takes. */
  add(entry: LineEntry): number {
    const cost = entryCost(entry);
    this.#entries.push(entry);
    this.#count++;
    this.bytes += cost;
    this.lastMs = entry.atMs;
    if (entry.type === 'message') this.messages++;
    else this.markers.push(entry);
    return cost;
  }

  /** Lets go of what is in memory; the piece has it. */
  evict(): void {
    this.#entries = [];
    this.contents = undefined;
  }

  /** Gives up its messages. Not for one that a cursor stands inside. */
  lose(): void {
    this.isLost = true;
    this.#entries = [];
    this.#count = this.markers.length;
    this.contents = { headers: [], entries: this.markers };
  }
}

/** What an entry takes in memory, bytes. */
export function entryCost(entry: LineEntry): number {
  if (entry.type === 'message') return costOf(entry);
  return entry.type === 'began' ? entry.headers.reduce((sum, header) => sum + costOf(header), 0) : 0;
}
