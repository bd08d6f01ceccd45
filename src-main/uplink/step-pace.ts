/**
 * When the arbiter may take its next step: fast enough to save the important targets, slow enough not to flap.
 * @module
 */

/** Between two steps down, ms: the effect of the first is to be seen before the second. */
const DOWN_EVERY_MS = 3_000;
/** A step up must have fitted for this long on end, ms. */
const FITTED_MS = 15_000;
/** Without any lag for this long, more than is known to fit is tried, ms. */
const FIRST_WAIT_MS = 30_000;
/** A lag within this after a step up comes from that step, ms. */
const STEP_PROVED_MS = 20_000;
/** The wait doubles up to this, ms: a line that has recovered is not to go unnoticed for longer. */
const LONGEST_WAIT_MS = 300_000;
/** Whole and without lag for this long: what the line once carried no longer holds, ms. */
const HEALTHY_MS = 60_000;

/** Remembers steps and lags. All times ms, monotonic. */
export class StepPace {
  #lags = false;
  #lagAt = -Infinity;
  #downAt = -Infinity;
  #upAt = -Infinity;
  #waitMs = FIRST_WAIT_MS;
  /** Since the last lag: the line has taken it so far. */
  #hasSteppedUp = false;
  #fitting: { readonly step: string; readonly since: number } | undefined;

  /** How long the line must be quiet after its last lag before more is tried. */
  get waitMs(): number {
    return this.#waitMs;
  }

  /** Takes the next second. True: the line has just begun to lag. A step up before it makes the next wait longer. */
  sample(now: number, lags: boolean): boolean {
    const isNew = lags && !this.#lags;
    this.#lags = lags;
    if (lags) this.#lagAt = now;
    if (lags) this.#fitting = undefined;
    if (isNew && this.#hasSteppedUp) {
      this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
      this.#hasSteppedUp = false;
    }
    return isNew;
  }

  steppedDown(now: number): void {
    this.#downAt = now;
    this.#fitting = undefined;
  }

  steppedUp(now: number): void {
    this.#upAt = now;
    this.#hasSteppedUp = true;
    this.#fitting = undefined;
  }

  /** Which step up would fit in this second; undefined: none would. */
  fits(now: number, step: string | undefined): void {
    if (step === undefined) this.#fitting = undefined;
    else if (this.#fitting?.step !== step) this.#fitting = { step, since: now };
  }

  hasFitted(now: number): boolean {
    return this.#fitting !== undefined && now - this.#fitting.since >= FITTED_MS;
  }

  mayStepDown(now: number): boolean {
    return now - this.#downAt >= DOWN_EVERY_MS;
  }

  hasJustSteppedUp(now: number): boolean {
    return now - this.#upAt <= STEP_PROVED_MS;
  }

  /** On a line that has failed before: what fits by its measure, soon; more than that, after the wait. */
  mayTry(now: number): boolean {
    const wait = this.#hasSteppedUp ? FIRST_WAIT_MS : this.#waitMs;
    // After a failed try the measure is no proof: it was taken while the line was better.
    return this.quietMs(now) >= wait || (this.#waitMs === FIRST_WAIT_MS && this.hasFitted(now));
  }

  /** Since the last lag or step. */
  quietMs(now: number): number {
    return now - Math.max(this.#lagAt, this.#downAt, this.#upAt);
  }

  isHealthy(now: number): boolean {
    return this.quietMs(now) >= HEALTHY_MS;
  }

  /** Nobody is shed. Failed tries are forgotten last: a line a little too slow takes minutes to show it. */
  forget(now: number): void {
    if (this.quietMs(now) < LONGEST_WAIT_MS) return;
    this.#waitMs = FIRST_WAIT_MS;
    this.#hasSteppedUp = false;
  }
}
