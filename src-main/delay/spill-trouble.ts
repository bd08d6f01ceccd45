/**
 * What goes wrong with the disk of a delay, said once and in words.
 * @module
 */
import type { Clock } from '../platform/clock.ts';
import { TROUBLE_OVER_MS } from './limits.ts';

/** What the disk does not do. */
export type TroubleKind = 'write' | 'slow' | 'read' | 'close';

/** Tells each kind of trouble when it begins, and not again until it has been away for a minute. */
export class SpillTrouble {
  readonly #clock: Clock;
  readonly #onTrouble: (words: string) => void;
  readonly #lastMs = new Map<TroubleKind, number>();

  constructor(clock: Clock, onTrouble: (words: string) => void) {
    this.#clock = clock;
    this.#onTrouble = onTrouble;
  }

  /** @param place Where the spill lies; undefined: it could not be opened. */
  tell(kind: TroubleKind, place: string | undefined, error?: unknown): void {
    const now = this.#clock.now();
    const isNew = !this.#isOn(kind, now);
    this.#lastMs.set(kind, now);
    // A disk that takes nothing at all is not called slow on top.
    if (isNew && !(kind === 'slow' && this.#isOn('write', now))) this.#onTrouble(wordsOf(kind, place, error));
  }

  #isOn(kind: TroubleKind, now: number): boolean {
    const lastMs = this.#lastMs.get(kind);
    return lastMs !== undefined && now - lastMs <= TROUBLE_OVER_MS;
  }
}

function wordsOf(kind: TroubleKind, place: string | undefined, error: unknown): string {
  const where = place ?? 'its folder for temporary files';
  switch (kind) {
    case 'write':
      return isFull(error)
        ? `The disk of ${where} is full: the delay keeps what fits into memory, and delayed targets will lose parts of the show. Free some space on that disk, or choose a shorter delay.`
        : `The delay cannot keep the show in ${where} (${reasonOf(error)}): it keeps what fits into memory, and delayed targets will lose parts of the show. Make that folder writable, or choose a shorter delay.`;
    case 'slow':
      return `The disk of ${where} is too slow for the delay: delayed targets lose parts of the show. Close what else uses that disk, choose a shorter delay, or lower the encoder's bitrate.`;
    case 'read':
      return `A part of the delayed show cannot be read from ${where} (${reasonOf(error)}): delayed targets skip it. Check that disk.`;
    case 'close':
      return `What the delay had put into ${where} could not be removed (${reasonOf(error)}). Delete that folder yourself when Relaydeck is closed.`;
  }
}

function isFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
