/**
 * A spill in memory, for tests: slow, full or failing on demand.
 * @module
 */
import type { Clock } from '../clock.ts';
import type { OpenSpill, Spill, SpillPiece } from '../spill.ts';

/** One disk. `open` may be called again after `close`; what the spills hold is counted together. */
export class MemorySpill {
  readonly #clock: Clock;
  readonly #pieces = new Map<number, Uint8Array>();
  #next = 0;
  #isOpen = false;
  /** How long each write, each read and closing takes, ms. */
  writeMs = 0;
  readMs = 0;
  closeMs = 0;
  /** Bytes that fit. */
  capacity = Number.POSITIVE_INFINITY;
  /** What it says is free. */
  free = Number.POSITIVE_INFINITY;
  /** System error code that the named call fails with until it is deleted. */
  readonly failWith = new Map<'open' | 'write' | 'read' | 'close', string>();
  opened = 0;
  writes = 0;
  reads = 0;
  /** Most writes, and reads, that were ever under way at once. */
  mostAtOnce = { write: 0, read: 0 };
  readonly #underWay = { write: 0, read: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get pieces(): number {
    return this.#pieces.size;
  }

  get bytes(): number {
    let bytes = 0;
    for (const piece of this.#pieces.values()) bytes += piece.length;
    return bytes;
  }

  readonly open: OpenSpill = async () => {
    this.#fail('open');
    if (this.#isOpen) throw new Error('opened twice');
    this.#isOpen = true;
    this.opened++;
    return {
      place: 'the test disk',
      write: (bytes) => this.#write(bytes),
      close: async () => {
        await this.#wait(this.closeMs);
        this.#fail('close');
        this.#isOpen = false;
        this.#pieces.clear();
      },
      freeBytes: async () => this.free,
    } satisfies Spill;
  };

  /** Cuts pieces short, as a damaged disk does: all, or the oldest that is asked for. Returns how many. */
  damage(isMeant?: (piece: Uint8Array) => boolean): number {
    let count = 0;
    for (const [key, piece] of this.#pieces) {
      if (isMeant?.(piece) === false) continue;
      this.#pieces.set(key, piece.slice(0, piece.length >> 1));
      count++;
      if (isMeant !== undefined) break;
    }
    return count;
  }

  async #write(bytes: Uint8Array): Promise<SpillPiece> {
    const key = this.#next++;
    this.writes++;
    await this.#take('write', this.writeMs);
    this.#fail('write');
    if (!this.#isOpen) throw new Error('written after close');
    if (this.bytes + bytes.length > this.capacity) throw coded('ENOSPC');
    this.#pieces.set(key, bytes.slice());
    return {
      read: async () => {
        this.reads++;
        await this.#take('read', this.readMs);
        this.#fail('read');
        const piece = this.#pieces.get(key);
        if (piece === undefined) throw coded('ENOENT');
        return piece.slice();
      },
      drop: async () => void this.#pieces.delete(key),
    };
  }

  async #take(call: 'write' | 'read', ms: number): Promise<void> {
    this.#underWay[call]++;
    this.mostAtOnce[call] = Math.max(this.mostAtOnce[call], this.#underWay[call]);
    await this.#wait(ms);
    this.#underWay[call]--;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (ms > 0) this.#clock.after(ms, resolve);
      else resolve();
    });
  }

  #fail(call: 'open' | 'write' | 'read' | 'close'): void {
    const code = this.failWith.get(call);
    if (code !== undefined) throw coded(code);
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(`${code}: the test disk`), { code });
}
