/**
 * One target under a supervisor, with a stream to send and servers that do as the test says, in virtual time.
 * @module
 */
import { Stream } from '../../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe } from '../../hub/testing/stream-messages.ts';
import type { DialOptions } from '../../net/dial.ts';
import { MemoryDial, type DialOutcome } from '../../net/testing/memory-dial.ts';
import { ScriptedServer, type ServerScript } from '../../net/testing/scripted-server.ts';
import { TransportError, type TransportErrorCode } from '../../net/transport.ts';
import { nodeHmacSha256, nodeMd5 } from '../../platform/node-crypto.ts';
import { ManualClock } from '../../platform/testing/manual-clock.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import type { Verdict } from '../run-end.ts';
import type { TargetPlace } from '../target-route.ts';
import { TargetSupervisor, type SupervisorOptions } from '../target-supervisor.ts';

/** Longest stretch of time in which nothing moves on any line, ms. */
const STEP_MS = 4_000;

/** What comes of the next call: a server that acts by a script, or none. */
export type Next = ServerScript | TransportErrorCode | 'never';

/** One target against a platform that does what `next` says at each call. */
export class Stage {
  readonly clock = new ManualClock();
  readonly stream = new Stream();
  readonly servers: ScriptedServer[] = [];
  readonly told: string[] = [];
  readonly losses: { readonly verdict: Verdict; readonly retryInMs: number | undefined }[] = [];
  place: TargetPlace = {
    url: 'rtmp://host/app',
    streamKey: 'key-1234',
    platformName: 'Twitch',
    keyPlace: null,
    user: '',
    password: '',
    certificateSha256: undefined,
    proxy: undefined,
    bindAddress: undefined,
  };
  next: Next | ((to: DialOptions) => Next) = {};
  /** Lines that our end holds open never were more than this at once. */
  mostLines = 0;
  /** Nor those that were not closed yet, goodbyes included. */
  mostUnclosed = 0;
  readonly dialled: MemoryDial;
  readonly target: TargetSupervisor;
  #mediaMs = 0;

  constructor(seed = 1, options: Pick<SupervisorOptions, 'retryDelay'> = {}) {
    this.dialled = new MemoryDial(this.clock, (to) => this.#outcome(to));
    this.target = new TargetSupervisor({
      ...options,
      stream: this.stream,
      place: () => this.place,
      dial: this.dialled.dial,
      clock: this.clock,
      random: seededRandom(seed),
      hmacSha256: nodeHmacSha256,
      md5: nodeMd5,
      listener: {
        changed: () => {
          this.mostLines = Math.max(this.mostLines, this.dialled.openLines);
          const state = this.target.state;
          if (this.told.at(-1) !== state) this.told.push(state);
        },
        wentLive: (isReconnect) => this.told.push(isReconnect ? 'again' : 'first'),
        lost: (verdict, retryInMs) => this.losses.push({ verdict, retryInMs }),
        moved: (host) => this.told.push(`moved to ${host}`),
        switched: () => this.told.push('switched'),
      },
    });
  }

  get server(): ScriptedServer {
    const server = this.servers.at(-1);
    if (server === undefined) throw new Error('nobody has called yet');
    return server;
  }

  /** Everything that a person may read of it. */
  get words(): string {
    return JSON.stringify([this.told, this.losses, this.target.lastError]);
  }

  #outcome(to: DialOptions): DialOutcome {
    const script = typeof this.next === 'function' ? this.next(to) : this.next;
    this.mostLines = Math.max(this.mostLines, this.dialled.openLines + 1);
    this.mostUnclosed = Math.max(this.mostUnclosed, this.dialled.unclosedLines + 1);
    if (typeof script === 'string') return script;
    return { type: 'line', serve: (line) => this.servers.push(new ScriptedServer(line, script)) };
  }

  /** The encoder begins: headers and a keyframe. */
  async begin(): Promise<void> {
    this.stream.begin();
    this.stream.publish(9, this.#mediaMs, avcHeader(), this.clock.now());
    this.stream.publish(8, this.#mediaMs, aacHeader(), this.clock.now());
    this.target.setStreamLive(true);
    this.frame(true);
    await this.settle();
  }

  async end(): Promise<void> {
    this.stream.end();
    this.target.setStreamLive(false);
    await this.settle();
  }

  frame(isKey: boolean): void {
    this.#mediaMs += 40;
    this.stream.publish(9, this.#mediaMs, isKey ? keyframe() : inter(), this.clock.now());
    this.stream.publish(8, this.#mediaMs + 5, audio(), this.clock.now());
  }

  /** The line breaks: the newest, or that of the call with this number. */
  async cut(call = -1): Promise<void> {
    this.dialled.lines.at(call)?.near.cut(new TransportError('reset', 'read ECONNRESET'));
    await this.settle();
  }

  /** Time passes, and what is sent meanwhile arrives: pings would otherwise pile up as on a dead line. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; ; left -= STEP_MS) {
      this.clock.advance(Math.min(left, STEP_MS));
      await this.settle();
      if (left <= STEP_MS) return;
    }
  }

  settle(): Promise<void> {
    return this.dialled.settle();
  }

  /** Waits out the announced retry. */
  async retry(): Promise<void> {
    await this.pass((this.target.nextRetryAt ?? this.clock.wallNow()) - this.clock.wallNow());
  }
}

/** A target that is on, and its encoder has begun. */
export async function live(stage = new Stage()): Promise<Stage> {
  stage.target.setEnabled(true);
  await stage.begin();
  return stage;
}
