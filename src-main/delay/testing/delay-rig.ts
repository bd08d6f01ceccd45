/**
 * An ingest's stream with a delay desk in virtual time, and what came out of each stream, for tests.
 * @module
 */
import type { MediaMessage } from '../../hub/media-message.ts';
import { Stream } from '../../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe, metadata } from '../../hub/testing/stream-messages.ts';
import { ManualClock } from '../../platform/testing/manual-clock.ts';
import { MemorySpill } from '../../platform/testing/memory-spill.ts';
import { DelayDesk } from '../delay-desk.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

/** Something that came out of a stream, and when. */
export type Seen =
  | { readonly type: 'message'; readonly atMs: number; readonly message: MediaMessage }
  | { readonly type: 'began'; readonly atMs: number; readonly headers: readonly MediaMessage[] }
  | { readonly type: 'ended'; readonly atMs: number };

/** How a show is made. */
export type ShowOptions = {
  readonly ms: number;
  readonly frameMs?: number;
  readonly gopMs?: number;
  /** Of each frame of picture. */
  readonly bytes?: number;
  /** Called after each frame. */
  readonly each?: () => void;
};

/** The parts, and a publisher whose every message has other bytes. */
export class DelayRig {
  readonly clock = new ManualClock();
  readonly source = new Stream();
  readonly spill = new MemorySpill(this.clock);
  readonly troubles: string[] = [];
  readonly lives: string[] = [];
  readonly desk: DelayDesk;
  /** Called with each change of a stream's being live. */
  onLive: (delayMs: number, live: boolean) => void = () => undefined;
  /** Time of the encoder, ms: starts at 0 with each show. */
  showMs = 0;
  #mark = 0;

  constructor(memoryBytes?: number) {
    this.desk = new DelayDesk({
      stream: this.source,
      clock: this.clock,
      openSpill: this.spill.open,
      memoryBytes,
      onLive: (delayMs, live) => {
        this.lives.push(`${delayMs} ${live ? 'live' : 'over'} @${this.clock.now()}`);
        this.onLive(delayMs, live);
      },
      onTrouble: (words) => this.troubles.push(words),
    });
  }

  /** Everything that comes out of a stream from now on. */
  watch(stream: Stream): Seen[] {
    const seen: Seen[] = [];
    stream.tap({
      message: (message) => seen.push({ type: 'message', atMs: this.clock.now(), message }),
      began: (headers) => seen.push({ type: 'began', atMs: this.clock.now(), headers }),
      ended: () => seen.push({ type: 'ended', atMs: this.clock.now() }),
    });
    return seen;
  }

  /** Lets time pass, in steps, with turns for promises between them. */
  async pass(ms: number, stepMs = 100): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      this.clock.advance(Math.min(stepMs, left));
      await turns();
    }
  }

  publish(typeId: number, payload: Uint8Array, timeMs = this.showMs): void {
    this.source.publish(typeId, timeMs, this.marked(payload), this.clock.now());
  }

  /** Gives the payload an end that no other one has; all but too short ones. */
  marked(payload: Uint8Array): Uint8Array {
    this.#mark++;
    if (payload.length < 9) return payload;
    new DataView(payload.buffer).setUint32(payload.length - 4, this.#mark);
    return payload;
  }

  /** A source begins: with metadata and headers of that mark, as an encoder sends them. */
  begin(mark = 1): void {
    this.source.begin();
    this.publish(DATA, metadata({ width: mark }));
    this.publish(VIDEO, avcHeader(mark));
    this.publish(AUDIO, aacHeader());
  }

  end(): void {
    this.source.end();
    this.showMs = 0;
  }

  /** The encoder sends for so long: picture with a keyframe at the start of each GOP, and sound. */
  async send({ ms, frameMs = 100, gopMs = 1_000, bytes = 100, each }: ShowOptions): Promise<void> {
    for (const untilMs = this.showMs + ms; this.showMs < untilMs; this.showMs += frameMs) {
      this.publish(VIDEO, this.showMs % gopMs === 0 ? keyframe(bytes) : inter(bytes));
      this.publish(AUDIO, audio(20), this.showMs + 10);
      each?.();
      await this.pass(frameMs);
    }
  }
}

/** Lets promises go on as far as they can without time passing. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}

/** Messages in short, with times less `delayMs`. */
export function messagesOf(seen: readonly Seen[], delayMs = 0): string[] {
  return seen.flatMap((one) => (one.type === 'message' ? [shown(one.message, delayMs)] : []));
}

/**
 * Everything in short, with times and arrivals less `delayMs`. Headers without times: those that a source brings come
 * as messages where a show begins.
 */
export function allOf(seen: readonly Seen[], delayMs = 0): string[] {
  const header = ({ typeId, payload }: MediaMessage): string => `header ${typeId} ${hex(payload)}`;
  return seen.flatMap((one) => {
    const at = `came ${one.atMs - delayMs}`;
    if (one.type === 'ended') return [`ended ${at}`];
    if (one.type === 'began') return [`began ${at}`, ...one.headers.map((each) => `${header(each)} ${at}`)];
    const isHeader = one.message.media.slots.length > 0;
    return [`${isHeader ? header(one.message) : shown(one.message, delayMs)} ${at}`];
  });
}

function shown({ typeId, timeMs, payload, media }: MediaMessage, delayMs: number): string {
  return `${typeId}:${media.role}@${timeMs - delayMs} ${payload.length} ${hex(payload)}`;
}

function hex(payload: Uint8Array): string {
  const ends = payload.length <= 24 ? [payload] : [payload.subarray(0, 8), payload.subarray(-8)];
  return ends.map((part) => Buffer.from(part).toString('hex')).join('..');
}
