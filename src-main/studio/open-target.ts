/**
 * One target while the studio runs: its legs, its delay, its schedule, its figures.
 * @module
 */
import type { Health } from '../../src-shared/model/health.ts';
import type { Finding, ShedLevel, Target } from '../../src-shared/model/target.ts';
import { checkRules } from '../health/rules/check-rules.ts';
import { TargetHealthKeeper } from '../health/target-health.ts';
import { isOwnAddress } from '../net/shown-host.ts';
import type { Verdict } from '../outbound/run-end.ts';
import type { Leg } from '../outbound/target-legs.ts';
import { TargetLegs } from '../outbound/target-legs.ts';
import type { TargetPlace } from '../outbound/target-route.ts';
import { readTargetUrl } from '../outbound/target-url.ts';
import { findPreset, REHEARSAL_PLATFORM } from '../outbound/presets.ts';
import { NOTHING_RECEIVED, type RehearsalSink } from '../rehearsal/rehearsal-sink.ts';
import type { SavedTarget } from '../settings/settings.ts';
import type { DelayBook } from './delay-book.ts';
import { shownTarget } from './shown-target.ts';
import type { SourceFigures } from './source-figures.ts';
import { startsAt, type ShowBegan } from './start-time.ts';
import type { StudioParts } from './studio-parts.ts';
import { TargetEvents } from './target-events.ts';
import type { TargetSecretTexts } from './target-secrets.ts';

/** What the owner knows of the target, asked whenever it matters. */
export type OpenTargetOptions = {
  readonly saved: () => SavedTarget;
  readonly secrets: () => TargetSecretTexts;
  readonly place: (leg: Leg) => TargetPlace | undefined;
  /** When the show of its ingest began; undefined: there is none. */
  readonly showBegan: () => ShowBegan | undefined;
  readonly delays: DelayBook;
  readonly retryDelay: (verdict: Verdict, attempt: number) => number;
  readonly changed: () => void;
  /** It will not try again by itself. */
  readonly givenUp: () => void;
};

/** Its address is on this computer: nothing it gets takes of the line. */
const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** From the moment it is known until it is deleted or goes to another ingest. */
export class OpenTarget {
  readonly id: string;
  readonly ingestId: string;
  readonly legs: TargetLegs;
  /** Where a rehearsal target arrives. */
  sink: RehearsalSink | undefined;
  readonly #parts: StudioParts;
  readonly #options: OpenTargetOptions;
  readonly #healthKeeper = new TargetHealthKeeper();
  #health: Health = { word: 'waiting', reasons: [] };
  #findings: readonly Finding[] = [];
  #sampledDrops = 0;
  #shed: ShedLevel = 'none';
  /** Its time has come in this show, or a person has started it: what the clock or the schedule says then holds nothing back. */
  #hasBegun = false;
  #isStreamLive = false;
  #isClosed = false;
  #local: { readonly url: string; readonly isLocal: boolean } | undefined;
  #kbps = 0;
  #sampledBytes = 0;
  #backupKbps = 0;
  #sampledBackupBytes = 0;

  constructor(parts: StudioParts, options: OpenTargetOptions) {
    this.#parts = parts;
    this.#options = options;
    const { id, ingestId } = options.saved();
    this.id = id;
    this.ingestId = ingestId;
    const { clock, random, dial, hmacSha256, md5 } = parts;
    const events = new TargetEvents(parts.events, id, () => options.saved().name);
    const legs: TargetLegs = new TargetLegs({
      stream: options.delays.open({
        id,
        ingestId,
        ownMs: () => Math.round(options.saved().delaySeconds * 1000),
        switchStream: (stream) => {
          legs.switchStream(stream);
        },
        setStreamLive: (live) => {
          this.#setStreamLive(live);
        },
      }),
      place: () => this.#primaryPlace(),
      backupPlace: () => options.place('backup'),
      mode: () => options.saved().backupMode,
      dial,
      clock,
      random,
      hmacSha256,
      md5,
      retryDelay: options.retryDelay,
      listener: {
        changed: options.changed,
        wentLive: (leg, isReconnect) => {
          events.wentLive(leg, isReconnect);
        },
        moved: (leg, host) => {
          events.moved(leg, host);
        },
        lost: (leg, verdict, retryInMs) => {
          const attempt = leg === 'primary' ? legs.attempt : (legs.backup?.attempt ?? 1);
          events.lost(leg, verdict, { attempt, retryInMs });
          // A hold may have been for nobody else; not in the midst of the change that this tells of.
          if (retryInMs === undefined) clock.after(0, options.givenUp);
        },
        switched: () => {
          options.delays.switched(id);
        },
      },
    });
    this.legs = legs;
    this.#isStreamLive = options.delays.isLive(id);
    this.applyWish();
    legs.setStreamLive(this.#isStreamLive);
  }

  get name(): string {
    return this.#options.saved().name;
  }

  /** 1000 bit/s in the last second, both legs. */
  get kbps(): number {
    return this.#kbps;
  }

  get shed(): ShedLevel {
    return this.#shed;
  }

  /** It arrives on this computer. */
  get isLocal(): boolean {
    const { platform, url } = this.#options.saved();
    if (platform === REHEARSAL_PLATFORM) return true;
    // Asked every second; a look at the network cards is not free.
    if (this.#local?.url !== url) this.#local = { url, isLocal: isLocalUrl(url) };
    return this.#local.isLocal;
  }

  /** Copies of the stream that it sends while live: two with both legs up. */
  get copies(): number {
    return this.legs.backup?.state === 'live' && this.#options.saved().backupMode === 'together' ? 2 : 1;
  }

  /** Goes on or off as `enabled` and its time say. */
  applyWish(): void {
    if (this.#isClosed) return;
    this.legs.setEnabled(this.#options.saved().enabled && this.#isDue());
  }

  /** By a person: now, whatever its schedule. */
  startNow(): void {
    if (this.#isClosed) return;
    this.#hasBegun = true;
    this.legs.startNow();
  }

  /** With all others: a failed one tries again, one that waits for its time goes on waiting. */
  startInTime(): void {
    if (this.#isDue()) this.startNow();
    else this.applyWish();
  }

  /** It is not enabled any more. */
  stop(): void {
    this.#hasBegun = false;
    this.applyWish();
  }

  setShed(shed: ShedLevel): void {
    if (shed === this.#shed) return;
    this.#shed = shed;
    this.legs.setShed(shed);
  }

  /**
   * Once a second. Returns whether there is anything new to show.
   * @param source Undefined: no encoder sends.
   */
  sample(elapsedMs: number, source: SourceFigures | undefined): boolean {
    this.applyWish();
    const before = this.#kbps;
    const sent = this.legs.counts.bytesSent;
    const backupSent = this.legs.backup?.counts.bytesSent ?? 0;
    const rate = (bytes: number, sampled: number): number =>
      Math.round((Math.max(0, bytes - sampled) * 8) / elapsedMs);
    this.#kbps = rate(sent, this.#sampledBytes);
    this.#backupKbps = rate(backupSent, this.#sampledBackupBytes);
    this.#sampledBytes = sent;
    this.#sampledBackupBytes = backupSent;
    const wasHealth = this.#health;
    this.#judge(source);
    const isNews = wasHealth.word !== this.#health.word;
    return isNews || this.#kbps > 0 || before > 0 || this.legs.isWanted;
  }

  shown({ url, priority }: { url: string; priority: number }): Target {
    const { saved, secrets, delays } = this.#options;
    const isRehearsal = saved().platform === REHEARSAL_PLATFORM;
    return shownTarget({
      saved: saved(),
      url,
      priority,
      secrets: secrets(),
      legs: this.legs,
      shed: this.#shed,
      startsAt: this.#isDue() ? undefined : startsAt(saved(), this.#options.showBegan()),
      delayedByMs: delays.delayedByMs(this.id),
      bitrateKbps: this.#kbps,
      backupKbps: this.#backupKbps,
      received: isRehearsal ? (this.sink?.received ?? NOTHING_RECEIVED) : null,
      health: this.#health,
      findings: this.#findings,
    });
  }

  /** What its platform may not like, and how it does. */
  #judge(source: SourceFigures | undefined): void {
    const { platform, url } = this.#options.saved();
    const preset = findPreset(platform);
    const software = source?.software ?? undefined;
    this.#findings =
      source === undefined || preset === undefined
        ? []
        : checkRules(source.sent, preset, { url, ...(software === undefined ? {} : { software }) });
    const { state, counts, lastError } = this.legs;
    const droppedInLastSecond = Math.max(0, counts.droppedFrames - this.#sampledDrops);
    this.#sampledDrops = counts.droppedFrames;
    this.#health = this.#healthKeeper.sample({
      state,
      queueMs: counts.queueMs,
      droppedInLastSecond,
      kbps: this.#kbps,
      wantedKbps: source?.rates?.[this.#shed] ?? null,
      shed: this.#shed,
      roundTripMs: counts.roundTripMs,
      findings: this.#findings,
      lastErrorMessage: lastError?.verdict.message ?? null,
      delayed: this.awaitsDelay,
    });
  }

  /** For good; settles when its goodbyes are out, or nobody took them in time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const closed = this.legs.close();
    this.#options.delays.close(this.id);
    await closed;
  }

  /** It is on, and only waits for its delay to fill. */
  get awaitsDelay(): boolean {
    const isDelayed = this.#options.delays.delayedByMs(this.id) > 0;
    return isDelayed && this.legs.state === 'waiting' && this.#options.saved().enabled;
  }

  #setStreamLive(live: boolean): void {
    this.#isStreamLive = live;
    if (!live) this.#hasBegun = false;
    else this.applyWish();
    this.legs.setStreamLive(live);
  }

  #isDue(): boolean {
    if (this.#hasBegun) return true;
    const saved = this.#options.saved();
    const isFree = saved.startAt === null && saved.startAfterSeconds === null;
    const at = isFree ? undefined : startsAt(saved, this.#options.showBegan());
    const isDue = isFree || (at !== undefined && this.#parts.clock.wallNow() >= at);
    if (isDue && this.#isStreamLive && saved.enabled) this.#hasBegun = true;
    return isDue;
  }

  #primaryPlace(): TargetPlace {
    const place = this.#options.place('primary');
    if (place === undefined) throw new Error(`target ${this.id} has no place`);
    return place;
  }
}

function isLocalUrl(url: string): boolean {
  const address = readTargetUrl(url);
  if ('field' in address) return false;
  return LOCAL_HOSTS.has(address.host) || isOwnAddress(address.host);
}
