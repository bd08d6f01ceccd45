/**
 * One target in a rehearsal: called once, measured, not called again.
 * @module
 */
import type { RehearsalRow } from '../../src-shared/model/rehearsal.ts';
import type { Stream } from '../hub/stream.ts';
import type { TargetPlace } from '../outbound/target-route.ts';
import { TargetSupervisor } from '../outbound/target-supervisor.ts';
import type { StudioParts } from './studio-parts.ts';

/** Seconds that do not count: the first GOP goes out in a burst, and what follows waits for it. */
const SETTLING_SEC = 2;

/** Totals at one moment: bytes sent, bytes that the encoder sent, ms monotonic. */
type Mark = { readonly sent: number; readonly offered: number; readonly at: number };

/** Begins with `start`; `row` is what is known of it by now. */
export class RehearsalTry {
  readonly targetId: string;
  readonly way: RehearsalRow['way'];
  readonly #parts: StudioParts;
  readonly #supervisor: TargetSupervisor;
  #row: RehearsalRow;
  #untap: () => void = () => undefined;
  #startedAt = 0;
  #seconds = 0;
  #offered = 0;
  #last: Mark = { sent: 0, offered: 0, at: 0 };
  /** Since then it is measured. */
  #settled: Mark = { sent: 0, offered: 0, at: 0 };

  constructor(
    parts: StudioParts,
    options: {
      readonly targetId: string;
      readonly name: string;
      readonly way: RehearsalRow['way'];
      readonly stream: Stream;
      readonly place: TargetPlace;
    },
  ) {
    const { targetId, name, way, stream, place } = options;
    this.targetId = targetId;
    this.way = way;
    this.#parts = parts;
    this.#row = {
      targetId,
      name,
      way,
      state: 'connecting',
      connectMs: null,
      bytesSent: 0,
      kbps: 0,
      worstKbps: 0,
      offeredKbps: 0,
      worstQueueMs: 0,
      droppedFrames: 0,
      message: '',
    };
    const { clock, random, dial, hmacSha256, md5 } = parts;
    this.#supervisor = new TargetSupervisor({
      stream,
      place: () => place,
      dial,
      clock,
      random,
      hmacSha256,
      md5,
      listener: {
        changed: () => undefined,
        moved: () => undefined,
        wentLive: () => {
          this.#last = { sent: 0, offered: 0, at: clock.now() };
          this.#settled = this.#last;
          this.#untap();
          this.#untap = stream.tap({
            message: ({ payload }) => (this.#offered += payload.length),
            began: () => undefined,
            ended: () => undefined,
          });
          this.#set({ state: 'sending', connectMs: Math.round(clock.now() - this.#startedAt) });
        },
        lost: ({ message }) => {
          this.#set({ state: 'failed', message });
          void this.#close();
        },
      },
    });
  }

  get row(): RehearsalRow {
    return this.#row;
  }

  start(): void {
    this.#startedAt = this.#parts.clock.now();
    this.#supervisor.setEnabled(true);
    this.#supervisor.setStreamLive(true);
  }

  /** The rehearsal is over; settles when its goodbye is out, or nobody took it in time. */
  stop(): Promise<void> {
    if (this.#row.state === 'connecting')
      this.#set({
        state: 'failed',
        message: 'The server had not let the stream in by the end of the rehearsal.',
      });
    if (this.#row.state === 'sending') this.#set({ state: 'done' });
    return this.#close();
  }

  /** Once a second. */
  sample(): void {
    if (this.#row.state !== 'sending') return;
    const { bytesSent, queueMs, droppedFrames } = this.#supervisor.counts;
    const mark: Mark = { sent: bytesSent, offered: this.#offered, at: this.#parts.clock.now() };
    const kbps = rate(this.#last, mark, 'sent');
    this.#last = mark;
    this.#seconds++;
    const { worstKbps, worstQueueMs } = this.#row;
    const isFirst = this.#seconds === SETTLING_SEC + 1;
    const worst = this.#seconds <= SETTLING_SEC ? 0 : isFirst ? kbps : Math.min(worstKbps, kbps);
    this.#set({
      bytesSent,
      kbps: rate(this.#settled, mark, 'sent'),
      offeredKbps: rate(this.#settled, mark, 'offered'),
      worstKbps: worst,
      worstQueueMs: Math.max(worstQueueMs, Math.round(queueMs)),
      droppedFrames,
    });
    if (this.#seconds === SETTLING_SEC) this.#settled = mark;
  }

  #close(): Promise<void> {
    this.#untap();
    return this.#supervisor.close();
  }

  #set(change: Partial<RehearsalRow>): void {
    this.#row = { ...this.#row, ...change };
  }
}

/** Mean between two moments, 1000 bit/s. */
function rate(from: Mark, to: Mark, of: 'sent' | 'offered'): number {
  return Math.round(((to[of] - from[of]) * 8) / Math.max(1, to.at - from.at));
}
