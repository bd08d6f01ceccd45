/**
 * A line of a given capacity that targets share fairly, with their queues; the judge and the arbiter work on it.
 * @module
 */
import type { ShedLevel } from '../../../src-shared/model/target.ts';
import { LineJudge, type TargetLine } from '../line-judge.ts';
import type { Wanted } from '../shed-ladder.ts';
import { UplinkArbiter, type ArbiterResult } from '../uplink-arbiter.ts';

const STEP_MS = 100;
const QUEUE_LIMIT_MS = 5_000;
const KEPT_AT_OVERFLOW_MS = 500;

/** 6 Mbit/s of picture in GOPs of 2 s, with a sixth of it in keyframes. */
export const SIX_MBIT: Wanted = { none: 6_160, keyframes: 1_160, sound: 160 };

/** One second of the simulation. */
export type Second = ArbiterResult & { readonly now: number; readonly kind: string; readonly whole: number };

class SimulatedTarget {
  readonly id: string;
  readonly #mean: Wanted;
  /** How busy the picture is, about 1. */
  busy = 1;
  isLive = true;
  /** The platform itself takes no more than this, 1000 bit/s. */
  ownLimitKbps = Infinity;
  shed: ShedLevel = 'none';
  #queue: { at: number; kbit: number }[] = [];
  #sentKbit = 0;
  #sentBefore = 0;
  #dropped = 0;

  constructor(id: string, wanted: Wanted) {
    this.id = id;
    this.#mean = wanted;
  }

  get wanted(): Wanted {
    const { none, keyframes, sound } = this.#mean;
    return { none: none * this.busy, keyframes: keyframes * this.busy, sound };
  }

  get waitingKbit(): number {
    let kbit = 0;
    for (const piece of this.#queue) kbit += piece.kbit;
    return kbit;
  }

  get queueMs(): number {
    return (this.#queue.at(-1)?.at ?? 0) - (this.#queue[0]?.at ?? 0);
  }

  encode(now: number): void {
    if (!this.isLive) return;
    this.#queue.push({ at: now, kbit: (this.wanted[this.shed] * STEP_MS) / 1000 });
    // The hub counts frames that are left out on purpose as dropped, too.
    if (this.shed !== 'none') this.#dropped += 3;
    if (this.queueMs <= QUEUE_LIMIT_MS) return;
    const kept = this.#queue.filter(({ at }) => now - at <= KEPT_AT_OVERFLOW_MS);
    this.#dropped += (this.#queue.length - kept.length) * 3;
    this.#queue = kept;
  }

  send(kbit: number): void {
    this.#sentKbit += kbit;
    let left = kbit;
    for (let first = this.#queue[0]; first !== undefined && left > 0; first = this.#queue[0]) {
      const taken = Math.min(first.kbit, left);
      first.kbit -= taken;
      left -= taken;
      if (first.kbit > 1e-6) return;
      this.#queue.shift();
    }
  }

  leave(): void {
    this.isLive = false;
    this.#queue = [];
  }

  line(): TargetLine {
    const kbps = this.#sentKbit - this.#sentBefore;
    this.#sentBefore = this.#sentKbit;
    return {
      id: this.id,
      name: this.id,
      isLive: this.isLive,
      isLocal: false,
      shed: this.shed,
      queueMs: this.queueMs,
      backlogBytes: 0,
      bytesSent: this.#sentKbit * 125,
      bytesAcknowledged: 0,
      roundTripMs: 40,
      droppedFrames: this.#dropped,
      kbps,
      wantedKbps: this.wanted[this.shed],
    };
  }
}

/** Targets in the order of their importance, on one line. */
export class SimulatedLine {
  targets: SimulatedTarget[];
  capacityKbps: number;
  budgetKbps: number | null = null;
  /** Asked each second how busy the picture is, about 1. */
  busy: () => number = () => 1;
  readonly history: Second[] = [];
  now = 0;
  readonly #judge = new LineJudge();
  readonly #arbiter = new UplinkArbiter();

  constructor(ids: readonly string[], options: { capacityKbps: number; wanted?: Wanted }) {
    this.targets = ids.map((id) => new SimulatedTarget(id, options.wanted ?? SIX_MBIT));
    this.capacityKbps = options.capacityKbps;
  }

  get needKbps(): number {
    return this.targets.reduce((sum, { isLive, wanted }) => sum + (isLive ? wanted.none : 0), 0);
  }

  get levels(): readonly ShedLevel[] {
    return this.targets.map(({ shed }) => shed);
  }

  /** How often a level has changed since `from`, ms. */
  changesSince(from: number): number {
    return this.history.filter(({ now }) => now > from).reduce((sum, { events }) => sum + events.length, 0);
  }

  target(id: string): SimulatedTarget {
    const found = this.targets.find((target) => target.id === id);
    if (found === undefined) throw new Error(`no target ${id}`);
    return found;
  }

  run(seconds: number): Second[] {
    const ran = Array.from({ length: seconds }, () => this.#second());
    this.history.push(...ran);
    return ran;
  }

  #second(): Second {
    const busy = this.busy();
    for (const target of this.targets) target.busy = busy;
    for (let step = 0; step < 1000 / STEP_MS; step++) {
      this.now += STEP_MS;
      for (const target of this.targets) target.encode(this.now);
      this.#share((this.capacityKbps * STEP_MS) / 1000);
    }
    const lines = this.targets.map((target) => target.line());
    const verdict = this.#judge.sample(this.now, { encoders: [], targets: lines });
    const result = this.#arbiter.sample(this.now, {
      verdict,
      budgetKbps: this.budgetKbps,
      targets: lines.map((line, at) => ({ ...line, wanted: this.targets[at]?.wanted ?? SIX_MBIT })),
    });
    for (const target of this.targets) target.shed = result.levels.get(target.id) ?? 'none';
    const whole = this.levels.filter((level) => level === 'none').length;
    return { ...result, now: this.now, kind: verdict.kind, whole };
  }

  /** What one does not need goes to the others. */
  #share(kbit: number): void {
    let left = kbit;
    const wants = this.targets
      .map((target) => ({
        target,
        kbit: Math.min(target.waitingKbit, (target.ownLimitKbps * STEP_MS) / 1000),
      }))
      .sort((a, b) => a.kbit - b.kbit);
    for (const [at, want] of wants.entries()) {
      const share = Math.min(want.kbit, left / (wants.length - at));
      want.target.send(share);
      left -= share;
    }
  }
}
