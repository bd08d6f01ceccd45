/**
 * The runs of one target: one at a time, two while its server has it move to another (Reconnect Request). Then the
 * new one is set up while the old one sends on, and takes over at a keyframe: each frame goes to one of both.
 * @module
 */
import type { SentStream } from '../feed/sent-stream.ts';
import type { Shed } from '../hub/reader-queue.ts';
import type { Stream } from '../hub/stream.ts';
import type { Dial } from '../net/dial.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { HmacSha256 } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import type { RunCounts } from './run-counts.ts';
import type { RunEnd } from './run-end.ts';
import { RunTally } from './run-tally.ts';
import { StreamSwitch } from './stream-switch.ts';
import { TargetRun } from './target-run.ts';
import type { RouteStep, TargetPlace, TargetRoute } from './target-route.ts';

/**
 * A connection that another has taken over from is closed within this even without a keyframe, ms: encoders left to
 * themselves make one every ten seconds, and closing earlier leaves the viewers without a picture until then.
 */
export const LEAVE_WITHIN_MS = 20_000;

/** What every run is made from. */
export type RunParts = {
  /** To begin with; see `switchStream`. */
  readonly stream: Stream;
  readonly flashVer?: string;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: Random;
  readonly hmacSha256: HmacSha256;
  /** For those who watch what the server gets. */
  readonly sent?: SentStream;
};

/** A run and the way it went. */
export type Journey = {
  readonly run: TargetRun;
  readonly route: TargetRoute;
  readonly place: TargetPlace;
  readonly step: RouteStep;
};

/** What the owner hears. */
export type RunsListener = {
  readonly live: () => void;
  /** The run that sent was lost while the one that takes over was not ready: that one is all there is now. */
  readonly promoted: () => void;
  /** None is left. Not called after `stop`. */
  readonly ended: (journey: Journey, end: Exclude<RunEnd, { kind: 'stopped' }>) => void;
  /** The move is done. */
  readonly moved: (host: string) => void;
  /** The target is on the stream that was asked for. */
  readonly switched: () => void;
};

/** See the module's words. */
export class TargetRuns {
  readonly #parts: RunParts;
  readonly #listener: RunsListener;
  readonly #tally = new RunTally();
  readonly #switch: StreamSwitch;
  #shed: Shed = 'none';
  #current: Journey | undefined;
  #isLive = false;
  /** Where the server wants us next, being set up; and the one that has been taken over from. */
  #next: Journey | undefined;
  #leaving: Journey | undefined;
  #leaveTimer: Timer | undefined;
  /** A move that was asked for and has to wait: for the start, or for the end of the one before. */
  #asked: { readonly tcUrl: string | undefined } | undefined;
  /** Runs that are over and whose line is not closed yet; and those that wait for that. */
  readonly #closing = new Set<TargetRun>();
  readonly #unstarted = new Set<TargetRun>();

  constructor(parts: RunParts, listener: RunsListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#switch = new StreamSwitch(parts.stream, {
      sendsUpToMs: () => (this.#leaving === undefined ? this.#current?.run.feedsUpToMs : 'busy'),
      switched: (stream, beginning) => {
        this.#current?.run.changeStream(stream, beginning);
        this.#next?.run.changeStream(stream);
        listener.switched();
      },
    });
  }

  get isRunning(): boolean {
    return this.#current !== undefined;
  }

  /** Of all runs together since they were last forgotten. */
  get counts(): RunCounts {
    return this.#tally.total(this.#current?.run, this.#leaving?.run);
  }

  /** The stream that is sent. */
  get stream(): Stream {
    return this.#switch.stream;
  }

  /**
   * Another stream on the same time. A run that sends goes on without a gap at that stream's next keyframe; until it
   * has one, all stays as it is. While another connection takes over, which needs a keyframe of the old one, it waits.
   */
  switchStream(stream: Stream): void {
    this.#switch.want(stream);
  }

  /** What `switchStream` asked for happens now; nothing is being sent. */
  finishSwitch(): void {
    this.#switch.finish();
  }

  /** Less of the stream, or more again; for all runs to come, too. */
  setShed(shed: Shed): void {
    this.#shed = shed;
    for (const journey of [this.#current, this.#next, this.#leaving]) journey?.run.setShed(shed);
  }

  /** See `TargetRun.checkLine`. */
  checkLine(): void {
    for (const journey of [this.#current, this.#leaving]) journey?.run.checkLine();
  }

  /** Counts begin anew; the stream goes on. */
  forgetCounts(): void {
    this.#tally.forgetCounts();
  }

  /** The show is over, and so are all runs: stream time begins anew, and a keyframe is not waited for any more. */
  showOver(): void {
    this.#tally.forgetTime();
    this.finishSwitch();
  }

  /** Begins a run; none is under way. It waits until the line of the one before is closed. */
  start(route: TargetRoute, place: TargetPlace, step: RouteStep): void {
    this.#switch.settle();
    this.#current = this.#make(route, place, step);
    this.#startOnceClosed(this.#current.run);
  }

  /** For good: ends what is under way, see `stop`. */
  close(): Promise<void> {
    this.#switch.cancel();
    return this.stop();
  }

  /** Ends what is under way; settles when goodbyes are out, or nobody took them in time. */
  async stop(): Promise<void> {
    const [current, next, leaving] = [this.#current, this.#next, this.#leaving];
    this.#current = undefined;
    this.#next = undefined;
    this.#leaving = undefined;
    this.#asked = undefined;
    this.#isLive = false;
    this.#leaveTimer?.cancel();
    for (const journey of [leaving, current]) if (journey !== undefined) this.#tally.keep(journey.run);
    const runs = [leaving, current, next].flatMap((journey) => journey?.run ?? []);
    this.#unstarted.clear();
    for (const run of runs) run.stop();
    for (const run of runs) this.#awaitClosed(run);
    await Promise.all([...this.#closing].map((run) => run.closed));
  }

  /** Servers that know a key by one connection refuse a second one, or end the first: a goodbye takes a while. */
  #startOnceClosed(run: TargetRun): void {
    if (this.#closing.size === 0) run.start();
    else this.#unstarted.add(run);
  }

  #awaitClosed(run: TargetRun): void {
    this.#closing.add(run);
    void run.closed.then(() => {
      this.#closing.delete(run);
      if (this.#closing.size > 0) return;
      const runs = [...this.#unstarted];
      this.#unstarted.clear();
      for (const unstarted of runs) unstarted.start();
    });
  }

  #make(route: TargetRoute, place: TargetPlace, step: RouteStep): Journey {
    const { hmacSha256, ...parts } = this.#parts;
    const { stream } = this;
    const { proxy, bindAddress, certificateSha256 } = place;
    const run = new TargetRun({
      ...parts,
      stream,
      shed: this.#shed,
      address: step.address,
      streamName: step.streamName,
      secrets: step.secrets,
      digestHmac: step.handshake === 'digest' ? hmacSha256 : undefined,
      line: { proxy, bindAddress, certificateSha256 },
      // During a move the other run sends what is there already.
      afterMs: () => (this.#leaving === undefined ? this.#tally.lastMs : this.stream.lastMs),
      sentUpTo: () => this.#tally.sentUpTo(this.#leaving?.run),
      onLive: () => {
        this.#wentLive(journey);
      },
      onReconnectRequested: (tcUrl) => {
        if (journey !== this.#current || this.#next !== undefined) return;
        this.#asked = { tcUrl };
        this.#moveIfAsked();
      },
      onEnd: (end) => {
        this.#ended(journey, end);
      },
    });
    const journey: Journey = { run, route, place, step };
    return journey;
  }

  #wentLive(journey: Journey): void {
    if (journey === this.#next) {
      this.#takeOver(journey);
    } else if (journey === this.#current) {
      this.#isLive = true;
      this.#switch.settle();
      this.#listener.live();
      this.#moveIfAsked();
    }
  }

  /** Sets up the connection that the server asks for, while the current one sends on. */
  #moveIfAsked(): void {
    const [asked, from] = [this.#asked, this.#current];
    if (asked === undefined || from === undefined || !this.#isLive) return;
    if (this.#next !== undefined || this.#leaving !== undefined) return;
    this.#asked = undefined;
    const route = from.route.moved(from.step, asked.tcUrl);
    if (route !== undefined) this.#setUp(route, from.place);
  }

  #setUp(route: TargetRoute, place: TargetPlace): void {
    const step = route.next(place);
    if ('field' in step) return;
    this.#next = this.#make(route, place, step);
    this.#startOnceClosed(this.#next.run);
  }

  /** The new connection stands: it sends from the next keyframe on, the old one up to it. */
  #takeOver(next: Journey): void {
    const leaving = this.#current;
    this.#leaving = leaving;
    this.#current = next;
    this.#next = undefined;
    this.#leaveTimer = this.#parts.clock.after(LEAVE_WITHIN_MS, () => {
      leaving?.run.stop();
    });
    leaving?.run.stopAtKeyframe();
  }

  #ended(journey: Journey, end: RunEnd): void {
    // Those that were stopped are looked after already.
    if ([this.#next, this.#leaving, this.#current].includes(journey)) this.#awaitClosed(journey.run);
    if (journey === this.#next) this.#nextEnded(journey, end);
    else if (journey === this.#leaving) this.#left(journey);
    else if (journey === this.#current) this.#currentEnded(journey, end);
  }

  /** A new connection that cannot be had changes nothing, unless its server only wants it made in another way. */
  #nextEnded({ route, place, step }: Journey, end: RunEnd): void {
    this.#next = undefined;
    if (route.detour(end, place, step) === 'again') this.#setUp(route, place);
  }

  #left(leaving: Journey): void {
    this.#tally.keep(leaving.run);
    this.#leaving = undefined;
    this.#leaveTimer?.cancel();
    if (this.#current !== undefined) this.#listener.moved(this.#current.step.server.host);
    this.#moveIfAsked();
  }

  #currentEnded(journey: Journey, end: RunEnd): void {
    this.#tally.keep(journey.run);
    this.#asked = undefined;
    // Lost before it sent a frame: the old one, which still does, stays.
    if (this.#leaving?.run.goOn() === true) {
      this.#leaveTimer?.cancel();
      this.#current = this.#leaving;
      this.#leaving = undefined;
      return;
    }
    this.#current = this.#next;
    this.#next = undefined;
    this.#isLive = false;
    if (this.#current !== undefined) this.#listener.promoted();
    else if (end.kind !== 'stopped') this.#listener.ended(journey, end);
  }
}
