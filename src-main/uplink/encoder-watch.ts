/**
 * Whether one encoder's stream comes in unevenly.
 * @module
 */

/** Nothing for this long is a gap, ms: sound alone comes every 20 to 45 ms. */
const GAP_MS = 500;
/** Arrival may stray from the media clock by this on a good line, ms, mean over a second. */
const HIGH_JITTER_MS = 100;
/** How far back it is looked, samples. */
const LOOKED_AT = 10;
/** So many uneven samples among them make the word; with no more than `EVEN_AGAIN` it is taken back. */
const UNEVEN_FROM = 3;
const EVEN_AGAIN = 1;

/** One encoder at one moment. */
export type EncoderLine = {
  readonly ingestId: string;
  readonly name: string;
  readonly isLive: boolean;
  /** Null: not measured. */
  readonly jitterMs: number | null;
  /** Longest time without a message, as seen in the last second, ms. */
  readonly longestGapMs: number;
  readonly kbps: number;
  readonly videoFps: number | null;
};

/** What is told of an encoder. */
export type EncoderFigures = {
  readonly name: string;
  /** Worst of the last 10 s, ms. */
  readonly gapMs: number;
  readonly jitterMs: number;
  readonly kbps: number;
  readonly videoFps: number | null;
};

type Sample = { readonly gapMs: number; readonly jitterMs: number; readonly isUneven: boolean };

/** One per live encoder; fed once a second. */
export class EncoderWatch {
  #line: EncoderLine;
  #samples: readonly Sample[] = [];
  #isUneven = false;

  constructor(line: EncoderLine) {
    this.#line = line;
  }

  get isUneven(): boolean {
    return this.#isUneven;
  }

  get figures(): EncoderFigures {
    const worst = (of: (sample: Sample) => number): number => Math.max(0, ...this.#samples.map(of));
    const { name, kbps, videoFps } = this.#line;
    return {
      name,
      kbps,
      videoFps,
      gapMs: worst((sample) => sample.gapMs),
      jitterMs: worst((sample) => sample.jitterMs),
    };
  }

  /** @param queuesAreEmpty Otherwise this computer may be what is slow, and the second says nothing of the encoder. */
  sample(line: EncoderLine, queuesAreEmpty: boolean): void {
    this.#line = line;
    const gapMs = line.longestGapMs;
    const jitterMs = line.jitterMs ?? 0;
    const isUneven = queuesAreEmpty && (gapMs > GAP_MS || jitterMs > HIGH_JITTER_MS);
    this.#samples = [...this.#samples, { gapMs, jitterMs, isUneven }].slice(-LOOKED_AT);
    const count = this.#samples.filter((sample) => sample.isUneven).length;
    if (count >= UNEVEN_FROM) this.#isUneven = true;
    else if (count <= EVEN_AGAIN) this.#isUneven = false;
  }
}
