/**
 * Which side is to blame when targets lag: your line, one platform, or the encoder.
 * @module
 */
import type { LineVerdict } from '../../src-shared/model/studio-state.ts';
import { EncoderWatch, type EncoderLine } from './encoder-watch.ts';
import { eitherWords, encoderWords, platformWords, yourLineWords } from './line-words.ts';
import { TargetWatch, type TargetLine } from './target-watch.ts';

export type { EncoderLine } from './encoder-watch.ts';
export type { TargetLine } from './target-watch.ts';

/** A verdict about the same targets keeps its words this long, ms: figures that jump every second cannot be read. */
const WORDS_KEPT_MS = 10_000;
/** Queues up to this are empty, ms: what an encoder held back goes through them in a burst. */
const EMPTY_QUEUE_MS = 500;

const ALL_WELL: LineVerdict = { kind: 'ok', message: '', targetIds: [], ingestId: null };

/** A verdict whose words are made only when they are needed. */
type Finding = Omit<LineVerdict, 'message'> & { readonly words: () => string };

/**
 * Asked once a second. Only live targets that are not on this computer count.
 *
 * - A target lags when media has waited for it longer than 1000 ms in 3 samples on end, it has dropped frames in the last
 *   10 s, or what it has not acknowledged has grown by more than 3 s of its bitrate. It has recovered after 5 samples
 *   on end without any of these and with less than 500 ms waiting.
 * - Targets that are shed and keep up say nothing for the line: they need little of it.
 * - More than half of the rest lag: `your-line`. Fewer: `platform`. The only one lags: the two cannot be told apart;
 *   `platform` if others were fine while it lagged, otherwise `your-line`, and the words say that it may be either.
 * - No target lags, and an encoder had gaps over 500 ms or jitter over 100 ms in 3 of the last 10 samples while
 *   queues were empty: `encoder`, until it is 1 of 10.
 */
export class LineJudge {
  readonly #targets = new Map<string, TargetWatch>();
  readonly #encoders = new Map<string, EncoderWatch>();
  #verdict: LineVerdict = ALL_WELL;
  #wordsAt = -Infinity;

  /** @param now ms, monotonic. */
  sample(
    now: number,
    lines: { readonly encoders: readonly EncoderLine[]; readonly targets: readonly TargetLine[] },
  ): LineVerdict {
    this.#watch(now, lines);
    const { words, ...found } = this.#judgeTargets() ?? this.#judgeEncoders() ?? WELL;
    if (!isAboutTheSame(found, this.#verdict) || now - this.#wordsAt >= WORDS_KEPT_MS) {
      this.#verdict = { ...found, message: words() };
      this.#wordsAt = now;
    }
    return this.#verdict;
  }

  #watch(
    now: number,
    lines: { readonly encoders: readonly EncoderLine[]; readonly targets: readonly TargetLine[] },
  ): void {
    const targets = lines.targets.filter((line) => line.isLive && !line.isLocal);
    keepOnly(this.#targets, new Set(targets.map(({ id }) => id)));
    for (const line of targets) {
      const watch = this.#targets.get(line.id) ?? new TargetWatch(line);
      this.#targets.set(line.id, watch);
      watch.sample(now, line);
    }
    const queuesAreEmpty = lines.targets.every((line) => !line.isLive || line.queueMs <= EMPTY_QUEUE_MS);
    const encoders = lines.encoders.filter(({ isLive }) => isLive);
    keepOnly(this.#encoders, new Set(encoders.map(({ ingestId }) => ingestId)));
    for (const line of encoders) {
      const watch = this.#encoders.get(line.ingestId) ?? new EncoderWatch(line);
      this.#encoders.set(line.ingestId, watch);
      watch.sample(line, queuesAreEmpty);
    }
  }

  #judgeTargets(): Finding | undefined {
    const all = [...this.#targets.values()];
    const lagging = all.filter(({ lags }) => lags);
    const [first] = lagging;
    if (first === undefined) return undefined;
    const fine = all.filter(({ lags, line }) => !lags && line.shed === 'none').map(({ line }) => line.name);
    const spared = all.filter(({ lags, line }) => !lags && line.shed !== 'none').map(({ line }) => line.name);
    const figures = lagging.map((watch) => watch.figures);
    const finding = (kind: 'your-line' | 'platform', words: () => string): Finding => ({
      kind,
      targetIds: lagging.map(({ line }) => line.id).sort(),
      ingestId: null,
      words,
    });
    if (all.length === 1) {
      const { kind, targetIds } = this.#verdict;
      return kind === 'platform' && targetIds.includes(first.line.id)
        ? finding('platform', () => platformWords(figures, []))
        : finding('your-line', () => eitherWords(first.figures));
    }
    return lagging.length > fine.length
      ? finding('your-line', () => yourLineWords(figures, spared))
      : finding('platform', () => platformWords(figures, fine));
  }

  #judgeEncoders(): Finding | undefined {
    const uneven = [...this.#encoders].filter(([, watch]) => watch.isUneven);
    const found = uneven.find(([ingestId]) => ingestId === this.#verdict.ingestId) ?? uneven[0];
    if (found === undefined) return undefined;
    const [ingestId, watch] = found;
    const words = (): string => encoderWords(watch.figures, this.#targets.size > 0);
    return { kind: 'encoder', targetIds: [], ingestId, words };
  }
}

const WELL: Finding = { kind: 'ok', targetIds: [], ingestId: null, words: () => '' };

function isAboutTheSame(found: Omit<LineVerdict, 'message'>, verdict: LineVerdict): boolean {
  return (
    found.kind === verdict.kind &&
    found.ingestId === verdict.ingestId &&
    found.targetIds.join('\n') === verdict.targetIds.join('\n')
  );
}

function keepOnly(watches: Map<string, unknown>, ids: ReadonlySet<string>): void {
  for (const id of watches.keys()) if (!ids.has(id)) watches.delete(id);
}
