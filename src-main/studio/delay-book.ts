/**
 * Who is behind live, and by how much: the delay of each target, and the delay of a whole show on top of it. Targets
 * change from one delay to another at a keyframe, without a new connection.
 * @module
 */
import type { ShowDelay } from '../../src-shared/model/ingest.ts';
import { DelayDesk } from '../delay/delay-desk.ts';
import { delayDoesNotFit, fits } from '../delay/delay-fits.ts';
import { DELAY_MEMORY_BYTES, MAX_DELAY_MS } from '../delay/limits.ts';
import type { Stream } from '../hub/stream.ts';
import type { IngestSlot } from '../ingest/ingest-slot.ts';
import type { StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

/** Assumed of an encoder that has not sent yet, 1000 bit/s: 1080p60 as platforms recommend it. */
const ASSUMED_KBPS = 6_000;

/** A disk gets this long to give its room back at the end, ms. */
const CLOSE_WITHIN_MS = 2_000;

/** A target, as far as its stream is concerned. */
export type DelayedTarget = {
  readonly id: string;
  readonly ingestId: string;
  readonly ownMs: () => number;
  readonly switchStream: (stream: Stream) => void;
  readonly setStreamLive: (live: boolean) => void;
};

type Assigned = {
  readonly target: DelayedTarget;
  /** On now, and on its way to; ms behind live. */
  currentMs: number;
  wantedMs: number;
};

type Line = {
  readonly slot: IngestSlot;
  readonly desk: DelayDesk;
  /** Delay of the whole show, ms; 0: none is armed. */
  showMs: number;
  isActive: boolean;
};

/** What the book asks of its owner. */
export type DelayBookOptions = {
  readonly slot: (ingestId: string) => IngestSlot | undefined;
  /** What the ingest's encoder sends, 1000 bit/s; 0: nothing yet. */
  readonly kbps: (ingestId: string) => number;
  readonly changed: (ingestId: string) => void;
};

/** All ingests and targets by id. */
export class DelayBook {
  readonly #parts: StudioParts;
  readonly #options: DelayBookOptions;
  readonly #lines = new Map<string, Line>();
  readonly #assigned = new Map<string, Assigned>();

  constructor(parts: StudioParts, options: DelayBookOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** A target begins. Returns the stream it starts with. */
  open(target: DelayedTarget): Stream {
    const line = this.#line(target.ingestId);
    const ms = this.#wantedMs(target, line);
    this.#assigned.set(target.id, { target, currentMs: ms, wantedMs: ms });
    return line.desk.use(ms);
  }

  /** A target is gone, or goes to another ingest. */
  close(targetId: string): void {
    const assigned = this.#assigned.get(targetId);
    if (assigned === undefined) return;
    this.#assigned.delete(targetId);
    const { desk } = this.#line(assigned.target.ingestId);
    if (assigned.wantedMs !== assigned.currentMs) desk.release(assigned.wantedMs);
    desk.release(assigned.currentMs);
  }

  /** Whether what this target is to be sent has begun, and is not over. */
  isLive(targetId: string): boolean {
    const assigned = this.#assigned.get(targetId);
    if (assigned === undefined) return false;
    const { slot, desk } = this.#line(assigned.target.ingestId);
    return assigned.currentMs === 0 ? slot.state !== 'waiting' : desk.isReady(assigned.currentMs);
  }

  /** How far behind live a target is by intention, ms. */
  delayedByMs(targetId: string): number {
    return this.#assigned.get(targetId)?.currentMs ?? 0;
  }

  /** A target's own delay has changed. The delays of target and show together are never more than ten minutes. */
  refresh(targetId: string): void {
    const assigned = this.#assigned.get(targetId);
    if (assigned !== undefined) this.#assign(assigned);
  }

  /** The change of stream that was asked for has happened. */
  switched(targetId: string): void {
    const assigned = this.#assigned.get(targetId);
    if (assigned === undefined || assigned.currentMs === assigned.wantedMs) return;
    this.#line(assigned.target.ingestId).desk.release(assigned.currentMs);
    assigned.currentMs = assigned.wantedMs;
    assigned.target.setStreamLive(this.isLive(targetId));
    this.#options.changed(assigned.target.ingestId);
  }

  /** A show begins (again), or is over. */
  showLive(ingestId: string, live: boolean): void {
    const all = this.#of(ingestId);
    // What was still on its way to another delay must not show the end of this show a second time.
    for (const assigned of all) if (live) this.#assign(assigned);
    for (const assigned of all) if (!live) this.#stay(assigned);
    for (const { target, currentMs } of all) if (currentMs === 0) target.setStreamLive(live);
    const { isActive = false, showMs = 0 } = this.#lines.get(ingestId) ?? {};
    if (live || !isActive) return;
    const words = `The delay of ${showMs / 1000} s stays for the next show. Cut it if it is not wanted there.`;
    this.#parts.events.write('info', 'delay-stays', words, { ingestId });
  }

  /**
   * @param field What the wish came in.
   * @throws {CommandRefused} `delay-does-not-fit`, with figures.
   */
  async checkFits(ingestId: string, seconds: number, field: string): Promise<void> {
    if (seconds === 0) return;
    const kbps = this.#options.kbps(ingestId) || ASSUMED_KBPS;
    const wish = { delayMs: seconds * 1000, kbps, memoryBytes: DELAY_MEMORY_BYTES };
    if (fits({ ...wish, freeBytes: 0 }).ok) return;
    // A disk that does not tell how much it holds is not counted on.
    const answer = fits({ ...wish, freeBytes: await this.#parts.freeDiskBytes().catch(() => 0) });
    if (answer.ok) return;
    throw new CommandRefused('delay-does-not-fit', delayDoesNotFit(wish, answer), field);
  }

  /** Begins to fill the buffer of a show-wide delay, or changes how long it is to be. */
  arm(ingestId: string, seconds: number): void {
    const line = this.#line(ingestId);
    const before = line.showMs;
    line.showMs = Math.round(seconds * 1000);
    line.desk.use(line.showMs);
    if (before > 0) line.desk.release(before);
    this.#reassign(ingestId);
  }

  /** @throws {CommandRefused} `delay-not-armed` */
  activate(ingestId: string): void {
    const line = this.#line(ingestId);
    if (line.showMs === 0) {
      throw new CommandRefused(
        'delay-not-armed',
        'There is no delay to activate. Arm one first: its buffer fills while the targets stay live.',
      );
    }
    line.isActive = true;
    this.#reassign(ingestId);
  }

  /** The targets go back to live; the buffer is thrown away. */
  cut(ingestId: string): void {
    const line = this.#line(ingestId);
    const before = line.showMs;
    line.showMs = 0;
    line.isActive = false;
    this.#reassign(ingestId);
    if (before > 0) line.desk.release(before);
  }

  report(ingestId: string): ShowDelay {
    const line = this.#lines.get(ingestId);
    if (line === undefined) return { state: 'off', seconds: 0, heldSeconds: 0, memoryBytes: 0, diskBytes: 0 };
    const { heldMs, memoryBytes, diskBytes } = line.desk.report();
    return {
      state: this.#stateOf(ingestId, line),
      seconds: line.showMs / 1000,
      heldSeconds: Math.min(line.showMs, Math.round(heldMs)) / 1000,
      memoryBytes,
      diskBytes,
    };
  }

  /** The ingest is deleted; no target is left on it. */
  async delete(ingestId: string): Promise<void> {
    const line = this.#lines.get(ingestId);
    this.#lines.delete(ingestId);
    await line?.desk.close();
  }

  /** The studio stops. A disk that does not answer is not waited for: the next start clears what it holds. */
  async closeAll(): Promise<void> {
    const closed = Promise.all([...this.#lines.keys()].map((id) => this.delete(id)));
    const { clock } = this.#parts;
    await Promise.race([closed, new Promise<void>((resolve) => clock.after(CLOSE_WITHIN_MS, resolve))]);
  }

  #stateOf(ingestId: string, line: Line): ShowDelay['state'] {
    const isOn = line.slot.state !== 'waiting';
    const isSwitching = isOn && this.#of(ingestId).some(({ currentMs, wantedMs }) => currentMs !== wantedMs);
    if (line.isActive)
      return isSwitching || (isOn && !line.desk.isReady(line.showMs)) ? 'switching' : 'active';
    if (line.showMs === 0) return isSwitching ? 'switching' : 'off';
    return line.desk.isReady(line.showMs) ? 'ready' : 'filling';
  }

  #reassign(ingestId: string): void {
    for (const assigned of this.#of(ingestId)) this.#assign(assigned);
    this.#options.changed(ingestId);
  }

  #assign(assigned: Assigned): void {
    const { target } = assigned;
    const line = this.#line(target.ingestId);
    const wantedMs = this.#wantedMs(target, line);
    if (wantedMs === assigned.wantedMs) return;
    const stream = line.desk.use(wantedMs);
    if (assigned.wantedMs !== assigned.currentMs) line.desk.release(assigned.wantedMs);
    assigned.wantedMs = wantedMs;
    // Back to where it still is: it was counted once for that already.
    if (wantedMs === assigned.currentMs) line.desk.release(wantedMs);
    target.switchStream(stream);
  }

  /** Takes a change that is under way back. */
  #stay(assigned: Assigned): void {
    if (assigned.wantedMs === assigned.currentMs) return;
    const { desk } = this.#line(assigned.target.ingestId);
    desk.release(assigned.wantedMs);
    assigned.wantedMs = assigned.currentMs;
    const stream = desk.use(assigned.currentMs);
    desk.release(assigned.currentMs);
    assigned.target.switchStream(stream);
  }

  #wantedMs(target: DelayedTarget, line: Line): number {
    return Math.min(MAX_DELAY_MS, target.ownMs() + (line.isActive ? line.showMs : 0));
  }

  #of(ingestId: string): readonly Assigned[] {
    return [...this.#assigned.values()].filter(({ target }) => target.ingestId === ingestId);
  }

  #line(ingestId: string): Line {
    const known = this.#lines.get(ingestId);
    if (known !== undefined) return known;
    const slot = this.#options.slot(ingestId);
    if (slot === undefined) throw new Error(`no ingest ${ingestId} to delay`);
    const { clock, openSpill, events } = this.#parts;
    const desk = new DelayDesk({
      stream: slot.stream,
      clock,
      openSpill: () => openSpill(ingestId),
      onLive: (delayMs, live) => {
        for (const { target, currentMs } of this.#of(ingestId))
          if (currentMs === delayMs) target.setStreamLive(live);
        this.#options.changed(ingestId);
      },
      onTrouble: (words) => {
        events.write('error', 'delay-trouble', words, { ingestId });
      },
    });
    const line: Line = { slot, desk, showMs: 0, isActive: false };
    this.#lines.set(ingestId, line);
    return line;
  }
}
