/**
 * Levels of shedding over targets in the order of their importance. The rule that all of it keeps: nobody is shed
 * before everybody who is less important has gone down all the way, and the most important one is never shed.
 * @module
 */
import type { ShedLevel } from '../../src-shared/model/target.ts';

const LEVELS: readonly ShedLevel[] = ['none', 'keyframes', 'sound'];

/** What a target takes of the line at each level, 1000 bit/s. */
export type Wanted = Readonly<Record<ShedLevel, number>>;

/** A live target on the line. */
export type Rung = { readonly id: string; readonly name: string; readonly wanted: Wanted };

/** One level for one target. */
export type Step = { readonly rung: Rung; readonly level: ShedLevel };

/** Levels of the live targets on the line, most important first. */
export class ShedLadder {
  #rungs: readonly Rung[] = [];
  #levels = new Map<string, ShedLevel>();

  get rungs(): readonly Rung[] {
    return this.#rungs;
  }

  get isWhole(): boolean {
    return this.#rungs.every(({ id }) => this.levelOf(id) === 'none');
  }

  levelOf(id: string): ShedLevel {
    return this.#levels.get(id) ?? 'none';
  }

  /** What all take, 1000 bit/s; with `step` done, if there is one. */
  sumKbps(step?: Step): number {
    return this.#rungs.reduce((sum, { id, wanted }) => {
      return sum + wanted[step?.rung.id === id ? step.level : this.levelOf(id)];
    }, 0);
  }

  /**
   * Takes in who is live now, and in which order. Those who have left are forgotten; when the order has changed, the
   * same levels go to others; one who joins gets no more than those that are more important. True: somebody joined.
   */
  follow(rungs: readonly Rung[]): boolean {
    const stayed = rungs.filter(({ id }) => this.#levels.has(id));
    const levels = stayed.map(({ id }) => this.levelOf(id)).sort((a, b) => depthOf(a) - depthOf(b));
    const next = new Map(stayed.map(({ id }, at): [string, ShedLevel] => [id, levels[at] ?? 'none']));
    let least: ShedLevel = 'none';
    for (const [at, { id }] of rungs.entries()) {
      least = at === 0 ? 'none' : (next.get(id) ?? least);
      next.set(id, least);
    }
    this.#rungs = rungs;
    this.#levels = next;
    return stayed.length < rungs.length;
  }

  /** The least important one that can get less; undefined: there is none left. */
  nextDown(): Step | undefined {
    const rung = this.#rungs.findLast(({ id }, at) => at > 0 && this.levelOf(id) !== 'sound');
    return this.#step(rung, 1);
  }

  /** The most important one that gets less than all; undefined: there is none. */
  nextUp(): Step | undefined {
    return this.#step(
      this.#rungs.find(({ id }) => this.levelOf(id) !== 'none'),
      -1,
    );
  }

  take({ rung, level }: Step): void {
    this.#levels.set(rung.id, level);
  }

  #step(rung: Rung | undefined, by: 1 | -1): Step | undefined {
    const level = rung === undefined ? undefined : LEVELS[depthOf(this.levelOf(rung.id)) + by];
    return rung === undefined || level === undefined ? undefined : { rung, level };
  }
}

function depthOf(level: ShedLevel): number {
  return LEVELS.indexOf(level);
}
