/**
 * One target of a random walk: its legs, the servers that it has called, and a look at every message they got.
 * @module
 */
import type { BackupMode } from '../../../src-shared/model/target.ts';
import { READER_QUEUE_BYTES } from '../../hub/limits.ts';
import type { DialOptions } from '../../net/dial.ts';
import { MemoryDial, type DialOutcome } from '../../net/testing/memory-dial.ts';
import type { MemoryLine } from '../../net/testing/memory-transport.ts';
import { ScriptedServer } from '../../net/testing/scripted-server.ts';
import type { Clock } from '../../platform/clock.ts';
import { nodeHmacSha256, nodeMd5 } from '../../platform/node-crypto.ts';
import type { Random } from '../../platform/random.ts';
import type { RtmpMessage } from '../../rtmp/message/message-type.ts';
import { TargetLegs } from '../target-legs.ts';
import { markOf, type Show } from './show.ts';
import type { Next } from './stage.ts';

const NOTHING = {
  url: '',
  platformName: 'P',
  keyPlace: null,
  user: '',
  password: '',
  certificateSha256: undefined,
};

/** One connection, and what has come over it. */
type Call = {
  readonly host: string;
  readonly show: number;
  readonly line: MemoryLine;
  readonly server: ScriptedServer;
  /** Newest times, by type; and the oldest. */
  readonly last: Map<number, number>;
  readonly first: Map<number, number>;
  /** Configs of the newest headers, by type. */
  readonly configs: Map<number, number>;
  videoNumber: number | undefined;
  /** Ticks until a slow line takes what waits; undefined: it takes all at once, or nothing for ever. */
  slow: { readonly every: number; left: number } | undefined;
};

/** Throws at the first thing that must not be. */
export class WalkTarget {
  readonly legs: TargetLegs;
  readonly calls: Call[] = [];
  /** Media in order since they were last taken. */
  readonly got: string[] = [];
  /** What it says of itself. */
  readonly told: string[] = [];
  mode: BackupMode = 'off';
  /** What comes of the next call. */
  next: () => Next = () => ({});
  /** Servers ask this one to move: two lines of a leg are allowed. */
  movesAround = false;
  readonly #dialled: MemoryDial;
  readonly #show: Show;
  #showNumber = 0;

  constructor(show: Show, clock: Clock, random: Random) {
    this.#show = show;
    this.#dialled = new MemoryDial(clock, (to) => this.#outcome(to));
    const place = (host: string) => ({
      ...NOTHING,
      url: `rtmp://${host}/app`,
      streamKey: 'key-1234',
      proxy: undefined,
      bindAddress: undefined,
    });
    this.legs = new TargetLegs({
      stream: show.stream,
      place: () => place('first'),
      backupPlace: () => place('second'),
      mode: () => this.mode,
      dial: this.#dialled.dial,
      clock,
      random,
      hmacSha256: nodeHmacSha256,
      md5: nodeMd5,
      listener: {
        changed: () => undefined,
        wentLive: (leg, isReconnect) => this.told.push(`${leg} ${isReconnect ? 'again' : 'live'}`),
        lost: (_, { code }) => this.told.push(code),
        moved: () => this.told.push('moved'),
        switched: () => this.told.push(this.open.length > 0 ? 'switched' : 'switched while away'),
      },
    });
  }

  /** Connections that are not closed. */
  get open(): readonly Call[] {
    return this.calls.filter(({ line }) => !line.near.isClosed);
  }

  setStreamLive(live: boolean): void {
    if (live) this.#showNumber++;
    this.legs.setStreamLive(live);
  }

  /** A line that is slow takes what waits, when it is time. */
  trickle(): void {
    for (const call of this.open) this.#trickle(call);
  }

  /** Moves bytes over all lines that are not closed. True: something happened. */
  flush(): boolean {
    let happened = false;
    for (const { line } of this.calls)
      if (!line.near.isClosed || !line.far.isClosed) happened = line.flush() || happened;
    return happened;
  }

  /** Looks at all that has come. */
  look(): void {
    const { queuedBytes } = this.legs.counts;
    if (queuedBytes > READER_QUEUE_BYTES) throw new Error(`${queuedBytes} bytes wait`);
    this.#countLines();
    for (const call of this.calls)
      for (const message of call.server.messages.splice(0)) this.#check(call, message);
  }

  #outcome({ host }: DialOptions): DialOutcome {
    const script = this.next();
    if (typeof script === 'string') return script;
    const serve = (line: MemoryLine): void => {
      this.calls.push({
        host,
        show: this.#showNumber,
        line,
        server: new ScriptedServer(line, script),
        last: new Map(),
        first: new Map(),
        configs: new Map(),
        videoNumber: undefined,
        slow: undefined,
      });
      this.#countLines();
    };
    return { type: 'line', serve };
  }

  #countLines(): void {
    for (const leg of ['first', 'second']) {
      const lines = this.open.filter(({ host }) => host === leg).length;
      if (lines > (this.movesAround ? 2 : 1)) throw new Error(`${lines} lines to ${leg}`);
    }
  }

  #trickle({ slow, line: { near } }: Call): void {
    if (slow === undefined) return;
    slow.left--;
    const isOpen = slow.left <= 0;
    if (isOpen) slow.left = slow.every;
    near.stalled = !isOpen;
    near.pretendedBacklogBytes = isOpen ? 0 : 300_000;
  }

  #check(call: Call, message: RtmpMessage): void {
    const { typeId, timestamp, payload } = message;
    if (typeId !== 8 && typeId !== 9) return;
    const mark = markOf(typeId, payload);
    const said = `${mark.kind} ${mark.number} at ${timestamp}`;
    this.#checkTime(call, message, said);
    if (mark.kind === 'video-header' || mark.kind === 'audio-header') {
      call.configs.set(typeId, mark.config);
      return;
    }
    if (call.configs.get(typeId) !== mark.config)
      throw new Error(`${said} wants header ${mark.config}, has ${call.configs.get(typeId) ?? 'none'}`);
    if (typeId === 9) {
      const isNext = call.videoNumber !== undefined && mark.number === call.videoNumber + 1;
      if (mark.kind === 'inter' && !isNext)
        throw new Error(`${said} comes behind ${call.videoNumber ?? 'nothing'}`);
      call.videoNumber = mark.number;
    }
    this.got.push(`${typeId}@${timestamp}#${mark.number}`);
  }

  /** Never back on a connection, nor from one to the next of this leg in this show. */
  #checkTime(call: Call, { typeId, timestamp, payload }: RtmpMessage, said: string): void {
    const isHeader = payload[1] === 0;
    const before = call.last.get(typeId) ?? 0;
    if (timestamp < before) throw new Error(`${said} comes behind ${before}`);
    call.last.set(typeId, timestamp);
    // Where a server moves it, headers of the new line stand beside frames of the old one.
    if (this.calls.length === 1 || (isHeader && this.movesAround)) return;
    if (!call.first.has(typeId)) call.first.set(typeId, timestamp);
    const mine = this.calls.indexOf(call);
    for (const [n, other] of this.calls.entries()) {
      if (other === call || other.host !== call.host || other.show !== call.show) continue;
      if (n < mine && timestamp < (other.last.get(typeId) ?? 0))
        throw new Error(`${said} on line ${mine}, line ${n} had ${other.last.get(typeId) ?? 0}`);
      if (n > mine && timestamp > (other.first.get(typeId) ?? Infinity))
        throw new Error(`${said} on line ${mine}, line ${n} began at ${other.first.get(typeId) ?? 0}`);
    }
  }

  /** Frames that came against those that were due, when nothing was wrong with it. */
  compare(): void {
    const [got, due] = [this.got.splice(0), this.#show.due];
    if (got.length !== due.length) throw new Error(`untouched: ${got.length} of ${due.length} frames came`);
    for (const [n, frame] of due.entries())
      if (got[n] !== frame) throw new Error(`untouched: ${got[n] ?? ''} for ${frame}`);
  }
}
