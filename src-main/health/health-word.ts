/**
 * One word and its reasons out of what is found each second, without flicker: a reason comes after so many findings
 * in a row and goes after so many seconds without.
 * @module
 */
import type { Health } from '../../src-shared/model/health.ts';

/** Something found wrong in one second. `failing`: viewers notice at once; `strained`: they soon will. */
export type HealthFinding = {
  /** kebab-case, stable; one finding for each code and second. */
  readonly code: string;
  readonly level: 'strained' | 'failing';
  /** A sentence or two: what it is, and what to change. */
  readonly message: string;
};

/** How many seconds in a row a finding must be there to become a reason, and be away to be none any more; at least 1. */
export type Patience = { readonly enter: number; readonly leave: number };

type Entry = HealthFinding & { readonly seen: number; readonly missed: number; readonly isActive: boolean };

/** One per thing that has a word. Asked once a second; what it holds is bounded by the number of codes. */
export class WordKeeper {
  readonly #patienceOf: (code: string) => Patience;
  /** By code and level, oldest first. */
  readonly #entries = new Map<string, Entry>();

  /** @param patienceOf Of each code that findings may have. */
  constructor(patienceOf: (code: string) => Patience) {
    this.#patienceOf = patienceOf;
  }

  /**
   * Takes one second's findings.
   * @param waiting Why there is nothing to judge; what was found before is forgotten then.
   */
  take(findings: readonly HealthFinding[], waiting?: string): Health {
    if (waiting !== undefined) {
      this.#entries.clear();
      return { word: 'waiting', reasons: [waiting] };
    }
    const found = new Map<string, HealthFinding>();
    for (const finding of findings) {
      found.set(keyOf(finding.code, finding.level), finding);
      // What fails is strained too: when it gets better it does not have to be found anew.
      if (finding.level === 'failing')
        found.set(keyOf(finding.code, 'strained'), { ...finding, level: 'strained' });
    }
    for (const [key, entry] of this.#entries) if (!found.has(key)) this.#miss(key, entry);
    for (const [key, finding] of found) this.#see(key, finding);
    return this.#health();
  }

  #miss(key: string, entry: Entry): void {
    const missed = entry.missed + 1;
    if (!entry.isActive || missed >= this.#patienceOf(entry.code).leave) this.#entries.delete(key);
    else this.#entries.set(key, { ...entry, seen: 0, missed });
  }

  #see(key: string, finding: HealthFinding): void {
    const before = this.#entries.get(key);
    const seen = (before?.seen ?? 0) + 1;
    const isActive = before?.isActive === true || seen >= this.#patienceOf(finding.code).enter;
    this.#entries.set(key, { ...finding, seen, missed: 0, isActive });
  }

  #health(): Health {
    const active = [...this.#entries.values()].filter(({ isActive }) => isActive);
    const failing = active.filter(({ level }) => level === 'failing');
    // While something fails, the rest is mostly its consequence and would only hide it.
    if (failing.length > 0) return { word: 'failing', reasons: failing.map(({ message }) => message) };
    return { word: active.length > 0 ? 'strained' : 'good', reasons: active.map(({ message }) => message) };
  }
}

function keyOf(code: string, level: HealthFinding['level']): string {
  return `${code} ${level}`;
}
