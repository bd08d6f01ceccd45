/**
 * Shares a line that cannot carry all: the least important target gets less, so that the others stay whole.
 * @module
 */
import type { LineVerdict } from '../../src-shared/model/studio-state.ts';
import type { ShedLevel } from '../../src-shared/model/target.ts';
import { stepWords, tooSmallWords, type StepCause } from './arbiter-words.ts';
import { LineMeasure } from './line-measure.ts';
import { ShedLadder, type Rung, type Step, type Wanted } from './shed-ladder.ts';
import { StepPace } from './step-pace.ts';
import { WantedMean } from './wanted-mean.ts';

/** Share of what the line carried that is used: the rest lets the queues that have grown run empty. */
const USED_SHARE = 0.9;
/** What was quiet for long before a try is kept when the try fails, up to this share: the queues still run empty. */
const PROVED_SHARE = 0.97;
/** A step up must leave this share of the limit: otherwise the next busy second would take it back. */
const ROOM_SHARE = 0.95;

/** A target as the arbiter sees it. */
export type ArbiterTarget = {
  readonly id: string;
  readonly name: string;
  readonly isLive: boolean;
  /** On this computer: takes nothing of the line, and is never shed. */
  readonly isLocal: boolean;
  /** Sent in the last second, 1000 bit/s. */
  readonly kbps: number;
  /** Stream time that waits, ms. */
  readonly queueMs: number;
  /** By the ingest's meters, 1000 bit/s at each level, in the last second. */
  readonly wanted: Wanted;
};

/** What the arbiter is given. */
export type ArbiterSample = {
  /** Most important first. */
  readonly targets: readonly ArbiterTarget[];
  /** What all may take together, 1000 bit/s; null: not given. */
  readonly budgetKbps: number | null;
  readonly verdict: LineVerdict;
};

/** What it says. */
export type ArbiterResult = {
  /** Of every target it was given; `none` for those that are not live. */
  readonly levels: ReadonlyMap<string, ShedLevel>;
  /** What the line was found to carry, 1000 bit/s; null: it never failed to, or that is long ago. */
  readonly measuredKbps: number | null;
  /** Levels that have changed in this second, and a budget that is too small, for the streamer. */
  readonly events: readonly {
    readonly targetId: string;
    readonly level: ShedLevel;
    readonly message: string;
  }[];
};

/** Asked once a second. The room's README has the rules with their figures, `step-pace.ts` those of time. */
export class UplinkArbiter {
  readonly #ladder = new ShedLadder();
  readonly #wanted = new WantedMean();
  readonly #measure = new LineMeasure();
  readonly #pace = new StepPace();
  /** Sum that the line was found to carry, 1000 bit/s. */
  #measuredKbps: number | null = null;
  /** Sum before the last try, which the line had taken without a lag, 1000 bit/s. */
  #provedKbps = 0;
  /** Whose budget was said to be too small, and how large it was. */
  #toldTooSmall: string | undefined;

  /** @param now ms, monotonic. */
  sample(now: number, { targets, budgetKbps, verdict }: ArbiterSample): ArbiterResult {
    const live = targets.filter(({ isLive, isLocal }) => isLive && !isLocal);
    const before = new Map(live.map(({ id }) => [id, this.#ladder.levelOf(id)]));
    const causes = new Map<string, StepCause>();
    const hasJoined = this.#ladder.follow(this.#wanted.sample(live.map(asRung)));
    const lags = verdict.kind === 'your-line' && live.length > 1;
    this.#measure.sample(live, (id) => this.#ladder.levelOf(id) === 'none', this.#ladder.sumKbps());
    if (lags) this.#measuredKbps = this.#measure.kbps ?? this.#measuredKbps;
    const isNewLag = this.#pace.sample(now, lags);
    const isOver = this.#keepLimits(budgetKbps, hasJoined, causes);
    if (isOver) this.#pace.steppedDown(now);
    else if (lags) this.#stepDown(now, isNewLag, causes);
    else this.#stepUp(now, budgetKbps, causes);
    this.#forget(now, budgetKbps);
    return {
      levels: new Map(targets.map(({ id }) => [id, this.#ladder.levelOf(id)])),
      measuredKbps: this.#measuredKbps === null ? null : Math.round(this.#measuredKbps),
      events: [...this.#changes(before, causes), ...this.#tooSmall(budgetKbps)],
    };
  }

  /** At once: a budget that was given; what the line was found to carry, when somebody joins. True: it took a step. */
  #keepLimits(budgetKbps: number | null, hasJoined: boolean, causes: Map<string, StepCause>): boolean {
    const lineKbps = hasJoined ? this.#lineKbps() : Infinity;
    const neededKbps = this.#neededKbps();
    let isOver = false;
    for (;;) {
      const sum = this.#ladder.sumKbps();
      const isOverBudget = budgetKbps !== null && sum > budgetKbps;
      const step = isOverBudget || sum > lineKbps ? this.#ladder.nextDown() : undefined;
      if (step === undefined) return isOver;
      isOver = true;
      const cause: StepCause = isOverBudget
        ? { type: 'budget', limitKbps: budgetKbps, neededKbps }
        : { type: 'line', limitKbps: this.#measuredKbps ?? 0, neededKbps };
      this.#take(step, cause, causes);
    }
  }

  /** The line lags. */
  #stepDown(now: number, isNewLag: boolean, causes: Map<string, StepCause>): void {
    const step = this.#ladder.nextDown();
    if (step === undefined) return;
    if (isNewLag && this.#pace.hasJustSteppedUp(now)) {
      this.#take(step, { type: 'again', waitMs: this.#pace.waitMs }, causes);
    } else {
      if (this.#ladder.sumKbps() <= this.#lineKbps() || !this.#pace.mayStepDown(now)) return;
      const neededKbps = this.#neededKbps();
      this.#take(step, { type: 'line', limitKbps: this.#measuredKbps ?? 0, neededKbps }, causes);
    }
    this.#pace.steppedDown(now);
  }

  #stepUp(now: number, budgetKbps: number | null, causes: Map<string, StepCause>): void {
    const step = this.#ladder.nextUp();
    const sum = step === undefined ? Infinity : this.#ladder.sumKbps(step);
    const isInBudget = budgetKbps === null || sum <= budgetKbps * ROOM_SHARE;
    const isInLine = this.#measuredKbps === null || sum <= this.#measuredKbps * USED_SHARE * ROOM_SHARE;
    const fits = isInBudget && isInLine;
    this.#pace.fits(now, fits && step !== undefined ? `${step.rung.id} ${step.level}` : undefined);
    if (step === undefined) return;
    if (this.#measuredKbps === null) {
      if (!this.#pace.hasFitted(now)) return;
      this.#take(step, { type: 'room' }, causes);
    } else {
      if (!isInBudget || !this.#pace.mayTry(now)) return;
      this.#provedKbps = this.#ladder.sumKbps();
      this.#take(step, fits ? { type: 'room' } : { type: 'try', quietMs: this.#pace.quietMs(now) }, causes);
    }
    this.#pace.steppedUp(now);
  }

  /** What the line carried once is no word for ever: nobody is shed for it any more, and nobody lags. */
  #forget(now: number, budgetKbps: number | null): void {
    const step = this.#ladder.nextUp();
    const isShedForBudget =
      step !== undefined && budgetKbps !== null && this.#ladder.sumKbps(step) > budgetKbps * ROOM_SHARE;
    if (step !== undefined && !isShedForBudget) return;
    if (this.#pace.isHealthy(now)) {
      this.#measuredKbps = null;
      this.#provedKbps = 0;
    }
    this.#pace.forget(now);
  }

  #take(step: Step, cause: StepCause, causes: Map<string, StepCause>): void {
    this.#ladder.take(step);
    causes.set(step.rung.id, cause);
  }

  /** What all may take by the measure, 1000 bit/s; no limit for a line that was cut for a while and carries all again. */
  #lineKbps(): number {
    const measuredKbps = this.#measuredKbps ?? Infinity;
    if (measuredKbps >= this.#neededKbps()) return Infinity;
    return Math.max(measuredKbps * USED_SHARE, Math.min(this.#provedKbps, measuredKbps * PROVED_SHARE));
  }

  /** With nobody shed, 1000 bit/s. */
  #neededKbps(): number {
    return this.#ladder.rungs.reduce((sum, { wanted }) => sum + wanted.none, 0);
  }

  #changes(
    before: ReadonlyMap<string, ShedLevel>,
    causes: ReadonlyMap<string, StepCause>,
  ): ArbiterResult['events'] {
    return this.#ladder.rungs.flatMap((rung) => {
      const level = this.#ladder.levelOf(rung.id);
      if (level === before.get(rung.id)) return [];
      const cause = causes.get(rung.id) ?? { type: 'order' };
      return [{ targetId: rung.id, level, message: stepWords(rung, cause, this.#ladder) }];
    });
  }

  /** Told once for a budget and a target. */
  #tooSmall(budgetKbps: number | null): ArbiterResult['events'] {
    const [first] = this.#ladder.rungs;
    const needed = first?.wanted.none ?? 0;
    if (first === undefined || budgetKbps === null || needed <= budgetKbps * ROOM_SHARE) {
      this.#toldTooSmall = undefined;
      return [];
    }
    const told = `${first.id} ${budgetKbps}`;
    if (needed <= budgetKbps || told === this.#toldTooSmall) return [];
    this.#toldTooSmall = told;
    return [{ targetId: first.id, level: 'none', message: tooSmallWords(first, budgetKbps) }];
  }
}

function asRung({ id, name, wanted }: ArbiterTarget): Rung {
  return { id, name, wanted };
}
