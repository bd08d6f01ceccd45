/**
 * One target with two places, each with servers that do as the test says, in virtual time.
 * @module
 */
import type { BackupMode } from '../../../src-shared/model/target.ts';
import { Stream } from '../../hub/stream.ts';
import { aacHeader, audio, avcHeader, inter, keyframe } from '../../hub/testing/stream-messages.ts';
import type { DialOptions } from '../../net/dial.ts';
import { MemoryDial, type DialOutcome } from '../../net/testing/memory-dial.ts';
import type { MemoryLine } from '../../net/testing/memory-transport.ts';
import { ScriptedServer } from '../../net/testing/scripted-server.ts';
import { TransportError } from '../../net/transport.ts';
import { nodeHmacSha256, nodeMd5 } from '../../platform/node-crypto.ts';
import { ManualClock } from '../../platform/testing/manual-clock.ts';
import { seededRandom } from '../../platform/testing/seeded-random.ts';
import { TargetLegs, type Leg, type LegsOptions } from '../target-legs.ts';
import type { TargetPlace } from '../target-route.ts';
import type { Next } from './stage.ts';

/** A line to one of the two servers, and who serves it. */
type Call = { readonly host: string; readonly line: MemoryLine; readonly server: ScriptedServer };

/** The first leg goes to the host `first`, the second to `second`. */
export class LegsStage {
  readonly clock = new ManualClock();
  readonly stream = new Stream();
  readonly calls: Call[] = [];
  readonly told: string[] = [];
  readonly next: Record<string, Next> = {};
  readonly first: TargetPlace = {
    url: 'rtmp://first/app',
    streamKey: 'key-1234',
    platformName: 'YouTube',
    keyPlace: null,
    user: '',
    password: '',
    certificateSha256: undefined,
    proxy: undefined,
    bindAddress: undefined,
  };
  second: TargetPlace | undefined = { ...this.first, url: 'rtmp://second/app' };
  mode: BackupMode;
  readonly dialled: MemoryDial;
  readonly legs: TargetLegs;
  #mediaMs = 0;

  constructor(mode: BackupMode, options: Pick<LegsOptions, 'retryDelay'> = {}) {
    this.mode = mode;
    this.dialled = new MemoryDial(this.clock, (to) => this.#outcome(to));
    this.legs = new TargetLegs({
      ...options,
      stream: this.stream,
      place: () => this.first,
      backupPlace: () => this.second,
      mode: () => this.mode,
      dial: this.dialled.dial,
      clock: this.clock,
      random: seededRandom(5),
      hmacSha256: nodeHmacSha256,
      md5: nodeMd5,
      listener: {
        changed: () => undefined,
        wentLive: (leg, isReconnect) => this.told.push(`${leg} ${isReconnect ? 'again' : 'live'}`),
        lost: (leg, { code }) => this.told.push(`${leg} ${code}`),
        moved: (leg, host) => this.told.push(`${leg} moved to ${host}`),
        switched: () => this.told.push('switched'),
      },
    });
  }

  /** State of the target, and of each leg: of the second when it is shown. */
  get states(): readonly (string | undefined)[] {
    return [this.legs.state, this.legs.backup?.state];
  }

  /** Open lines to each place. */
  get lines(): readonly [first: number, second: number] {
    const count = (wanted: string): number =>
      this.calls.filter(({ host, line }) => host === wanted && !line.near.isClosed).length;
    return [count('first'), count('second')];
  }

  newest(leg: Leg): Call {
    const call = this.calls.findLast(({ host }) => host === (leg === 'primary' ? 'first' : 'second'));
    if (call === undefined) throw new Error(`nobody has called for the ${leg} leg yet`);
    return call;
  }

  async begin(): Promise<void> {
    this.stream.begin();
    this.stream.publish(9, this.#mediaMs, avcHeader(), this.clock.now());
    this.stream.publish(8, this.#mediaMs, aacHeader(), this.clock.now());
    this.legs.setStreamLive(true);
    this.frame(true);
    await this.settle();
  }

  async end(): Promise<void> {
    this.stream.end();
    this.legs.setStreamLive(false);
    await this.settle();
  }

  frame(isKey: boolean): void {
    this.#mediaMs += 40;
    this.stream.publish(9, this.#mediaMs, isKey ? keyframe() : inter(), this.clock.now());
    this.stream.publish(8, this.#mediaMs + 5, audio(), this.clock.now());
  }

  async cut(leg: Leg): Promise<void> {
    this.newest(leg).line.near.cut(new TransportError('reset', 'read ECONNRESET'));
    await this.settle();
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 500) {
      this.clock.advance(Math.min(left, 500));
      await this.settle();
    }
  }

  settle(): Promise<void> {
    return this.dialled.settle();
  }

  #outcome({ host }: DialOptions): DialOutcome {
    const script = this.next[host] ?? {};
    if (typeof script === 'string') return script;
    const serve = (line: MemoryLine): void => {
      this.calls.push({ host, line, server: new ScriptedServer(line, script) });
    };
    return { type: 'line', serve };
  }
}

/** A target that is on, and its encoder has begun. */
export async function liveLegs(
  mode: BackupMode,
  next: Readonly<Record<string, Next>> = {},
): Promise<LegsStage> {
  const stage = new LegsStage(mode);
  Object.assign(stage.next, next);
  stage.legs.setEnabled(true);
  await stage.begin();
  return stage;
}
