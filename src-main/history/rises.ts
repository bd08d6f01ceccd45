/**
 * How much counters rose between two samples.
 * @module
 */
import type { Target } from '../../src-shared/model/target.ts';

/** How much the counters of one target rose. */
export type TargetRises = {
  readonly reconnects: number;
  readonly bytes: number;
  readonly droppedFrames: number;
};

/** Remembers the last value of each counter by name; the ones that are not asked for in a sample are forgotten. */
export class Rises {
  #before = new Map<string, number>();
  #now = new Map<string, number>();

  /** How much the counter rose since the last sample. One that fell began anew, as does one that is new. */
  of(name: string, value: number): number {
    const before = this.#before.get(name) ?? 0;
    this.#now.set(name, value);
    return value >= before ? value - before : value;
  }

  /** Asked for every target in every sample, whether its show is on or not: what was counted before is not of the show. */
  ofTarget({ id, reconnects, bytesSent, droppedFrames }: Target): TargetRises {
    return {
      reconnects: this.of(`${id} reconnects`, reconnects),
      bytes: this.of(`${id} bytes`, bytesSent),
      droppedFrames: this.of(`${id} dropped`, droppedFrames),
    };
  }

  /** Ends a sample. */
  next(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }
}
