/**
 * What became of targets over time, as the API tells it: asked several times a second, so that a state of a quarter
 * of a second is not missed.
 * @module
 */
import type { Target } from '../../src-shared/model/target.ts';
import type { Stage } from './stage.ts';
import type { Api } from './studio.ts';
import { sleep, until } from './until.ts';

const EVERY_MS = 100;

/** Targets as they were, each time something other than a count had changed. */
export class TargetWatch {
  readonly #seen = new Map<string, Target[]>();
  #isOver = false;

  constructor(stage: Stage, api: Api) {
    const done = this.#run(api);
    stage.onClose(async () => {
      this.#isOver = true;
      await done;
    });
  }

  /** Of one target, oldest first. */
  of(id: string): readonly Target[] {
    return this.#seen.get(id) ?? [];
  }

  /** Failed tries of a target: one for each error it was shown with. */
  failures(id: string): readonly Target[] {
    const seen = new Set<string>();
    return this.of(id).filter(({ state, lastError }) => {
      if (lastError === null || !['retrying', 'failed'].includes(state) || seen.has(lastError.at))
        return false;
      seen.add(lastError.at);
      return true;
    });
  }

  /** Waits until so many tries have failed. */
  failed(id: string, { times = 1, timeoutMs = 15_000 } = {}): Promise<readonly Target[]> {
    return until(
      `${times} failed tries`,
      () => {
        const failures = this.failures(id);
        return failures.length >= times && failures.slice(0, times);
      },
      { timeoutMs, seen: () => this.of(id).slice(-3) },
    );
  }

  async #run(api: Api): Promise<void> {
    while (!this.#isOver) {
      try {
        for (const target of (await api.state()).targets) this.#take(target);
      } catch {
        // The studio ends before the stage does.
      }
      await sleep(EVERY_MS);
    }
  }

  #take(target: Target): void {
    const seen = this.#seen.get(target.id) ?? [];
    const last = seen.at(-1);
    const same = last?.state === target.state && last.attempt === target.attempt;
    if (same && last.lastError?.at === target.lastError?.at) return;
    seen.push(target);
    this.#seen.set(target.id, seen);
  }
}
