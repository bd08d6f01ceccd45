/**
 * A target with one or two connections: the first to its place, the second to the platform's backup server, always or
 * while the first one is lost. Each leg has a supervisor of its own, and neither waits for the other.
 * @module
 */
import type { BackupMode, ShedLevel, TargetState } from '../../src-shared/model/target.ts';
import { SentStream } from '../feed/sent-stream.ts';
import type { Stream } from '../hub/stream.ts';
import type { Timer } from '../platform/clock.ts';
import { NOTHING_CARRIED, sumOfLegs, type Carried, type RunCounts } from './run-counts.ts';
import type { Verdict } from './run-end.ts';
import type { TargetPlace } from './target-route.ts';
import { HEALTHY_AFTER_MS, TargetSupervisor, type SupervisorOptions } from './target-supervisor.ts';

/**
 * How long the first leg may be away before the second one is called, ms: longer than a slow line's set-up and than
 * the first retry, shorter than the picture that viewers' players have in store.
 */
export const BACKUP_AFTER_MS = 3_000;

/** A connection of a target. */
export type Leg = 'primary' | 'backup';

/** What the owner hears; as of a supervisor, with the leg that it is about. */
export type LegsListener = {
  readonly changed: () => void;
  readonly wentLive: (leg: Leg, isReconnect: boolean) => void;
  readonly lost: (leg: Leg, verdict: Verdict, retryInMs: number | undefined) => void;
  readonly moved: (leg: Leg, host: string) => void;
  /** Both legs are on the stream that was asked for. */
  readonly switched?: () => void;
};

/** What a target is built from; `place` is the first leg's. */
export type LegsOptions = Omit<SupervisorOptions, 'listener' | 'retryDelay' | 'sent'> & {
  /** As a supervisor's; asked for each leg. */
  readonly retryDelay?: (verdict: Verdict, attempt: number, leg: Leg) => number;
  /** Undefined: there is no second leg, whatever the mode. */
  readonly backupPlace: () => TargetPlace | undefined;
  readonly mode: () => BackupMode;
  readonly listener: LegsListener;
};

/** Looks like one supervisor from outside. */
export class TargetLegs {
  readonly #options: LegsOptions;
  readonly #primary: TargetSupervisor;
  readonly #second: TargetSupervisor;
  readonly #sent: Readonly<Record<Leg, SentStream>>;
  #enabled = false;
  #streamIsLive = false;
  /** The second leg is wanted. */
  #backupOn = false;
  /** Until the second leg is called, or let go. */
  #timer: { readonly toOn: boolean; readonly timer: Timer } | undefined;
  #shownState: TargetState;
  #since: number;
  /** Of the second leg, as often as it was let go in this show. */
  #carried: Carried = NOTHING_CARRIED;
  #isClosed = false;

  constructor(options: LegsOptions) {
    this.#options = options;
    const { place, backupPlace, clock } = options;
    const now = (): number => clock.now();
    this.#sent = { primary: new SentStream(now), backup: new SentStream(now) };
    // One that is asked for and does not exist fails with a word about its URL; the first leg's would be taken twice.
    const secondPlace = (): TargetPlace => backupPlace() ?? { ...place(), url: '' };
    this.#primary = this.#supervisor('primary', place);
    this.#second = this.#supervisor('backup', secondPlace);
    this.#shownState = this.#primary.state;
    this.#since = this.#primary.since;
  }

  /** Live when any leg is; otherwise as the first one. */
  get state(): TargetState {
    return this.#second.state === 'live' ? 'live' : this.#primary.state;
  }

  /** Wall time since when `state` holds, ms. */
  get since(): number {
    return this.#since;
  }

  get attempt(): number {
    return this.#primary.attempt;
  }

  get reconnects(): number {
    return this.#primary.reconnects;
  }

  /** Of the first leg; wall time, ms. */
  get nextRetryAt(): number | undefined {
    return this.#primary.nextRetryAt;
  }

  /** Of the first leg. */
  get lastError(): TargetSupervisor['lastError'] {
    return this.#primary.lastError;
  }

  /** Bytes and drops of both legs; of what waits, the worse one's. */
  get counts(): RunCounts {
    const second = this.#backupOn ? this.#second.counts : undefined;
    return sumOfLegs(this.#primary.counts, second, this.#carried);
  }

  /** The stream of the first leg; both are on it once `switched` was told. */
  get stream(): Stream {
    return this.#primary.stream;
  }

  /** What viewers get, for those who watch it: of the first leg, or of the second one while that alone is live. */
  get sent(): SentStream {
    const isSecond = this.#primary.state !== 'live' && this.#second.state === 'live';
    return this.#sent[isSecond ? 'backup' : 'primary'];
  }

  /** Whether either leg keeps an encoder's place open. */
  get isWanted(): boolean {
    return this.#primary.isWanted || this.#second.isWanted;
  }

  /** The second leg, when the target has one and its mode allows it. */
  get backup(): TargetSupervisor | undefined {
    return this.#hasBackup ? this.#second : undefined;
  }

  setEnabled(enabled: boolean): void {
    if (enabled && !this.#enabled) this.#carried = NOTHING_CARRIED;
    this.#enabled = enabled;
    this.#primary.setEnabled(enabled);
    this.#settle();
  }

  /** The person asks for it now: failed legs try again, waiting retries come at once. */
  startNow(): void {
    this.#enabled = true;
    this.#primary.startNow();
    this.#settle();
    if (this.#backupOn) this.#second.startNow();
  }

  /** See `TargetSupervisor.setStreamLive`. */
  setStreamLive(live: boolean): void {
    if (live && !this.#streamIsLive) this.#carried = NOTHING_CARRIED;
    // First, so that it counts anew before it is called.
    this.#second.setStreamLive(live);
    this.#streamIsLive = live;
    this.#primary.setStreamLive(live);
    this.#settle();
  }

  /** URL or key of a leg have changed: its run is made anew, the other one goes on. */
  placeChanged(leg: Leg): void {
    if (leg === 'primary') this.#primary.placeChanged();
    else if (this.#hasBackup && this.#backupOn) this.#second.placeChanged();
    this.#settle();
  }

  modeChanged(): void {
    this.#settle();
    this.#options.listener.changed();
  }

  /** See `TargetSupervisor.switchStream`; each leg changes at the first keyframe that suits it. */
  switchStream(stream: Stream): void {
    this.#primary.switchStream(stream);
    this.#second.switchStream(stream);
  }

  setShed(level: ShedLevel): void {
    this.#primary.setShed(level);
    this.#second.setShed(level);
  }

  /** See `TargetSupervisor.tryNow`. */
  tryNow(): void {
    this.#primary.tryNow();
    this.#second.tryNow();
  }

  /** See `TargetSupervisor.checkLine`. */
  checkLine(): void {
    this.#primary.checkLine();
    this.#second.checkLine();
  }

  /** For good; settles when both goodbyes are out, or nobody took them in time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer();
    const closed = Promise.all([this.#primary.close(), this.#second.close()]);
    for (const sent of Object.values(this.#sent)) sent.close();
    await closed;
  }

  get #hasBackup(): boolean {
    return this.#options.mode() !== 'off' && this.#options.backupPlace() !== undefined;
  }

  #supervisor(leg: Leg, place: () => TargetPlace): TargetSupervisor {
    const { listener, retryDelay, ...parts } = this.#options;
    return new TargetSupervisor({
      ...parts,
      sent: this.#sent[leg],
      ...(retryDelay && {
        retryDelay: (verdict: Verdict, attempt: number) => retryDelay(verdict, attempt, leg),
      }),
      place,
      listener: {
        changed: () => {
          this.#settle();
          this.#noteState();
          listener.changed();
        },
        wentLive: (isReconnect) => {
          listener.wentLive(leg, isReconnect);
        },
        lost: (verdict, retryInMs) => {
          listener.lost(leg, verdict, retryInMs);
        },
        moved: (host) => {
          listener.moved(leg, host);
        },
        switched: () => {
          if (this.#primary.stream === this.#second.stream) listener.switched?.();
        },
      },
    });
  }

  #noteState(): void {
    if (this.state === this.#shownState) return;
    this.#shownState = this.state;
    this.#since = this.#options.clock.wallNow();
  }

  /** Calls the second leg or lets it go, now or in a while, as the mode and the first one's state say. */
  #settle(): void {
    if (this.#isClosed) return;
    if (!this.#enabled || !this.#streamIsLive || !this.#hasBackup) this.#setBackup(false);
    else if (this.#options.mode() === 'together') this.#setBackup(true);
    else if (this.#primary.state === 'live') this.#setBackupIn(false, HEALTHY_AFTER_MS);
    // It will not come back by itself.
    else if (this.#primary.state === 'failed') this.#setBackup(true);
    else this.#setBackupIn(true, BACKUP_AFTER_MS);
  }

  /** The clock runs on while the reason stays the same. */
  #setBackupIn(toOn: boolean, delayMs: number): void {
    if (this.#timer?.toOn === toOn) return;
    this.#cancelTimer();
    if (toOn === this.#backupOn) return;
    const timer = this.#options.clock.after(delayMs, () => {
      this.#setBackup(toOn);
    });
    this.#timer = { toOn, timer };
  }

  #setBackup(on: boolean): void {
    this.#cancelTimer();
    if (on === this.#backupOn) return;
    this.#backupOn = on;
    this.#second.setEnabled(on);
    // A supervisor that is switched on again counts anew.
    if (!on) this.#carried = sumOfLegs(this.#second.counts, undefined, this.#carried);
  }

  #cancelTimer(): void {
    this.#timer?.timer.cancel();
    this.#timer = undefined;
  }
}
