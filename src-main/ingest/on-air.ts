/**
 * Which of an ingest's sources its stream gets: the main encoder, the backup, or what fills in while both are gone.
 * Changes happen at a keyframe of the one that comes; until then the one before goes on as long as it can.
 * @module
 */
import type { SourceRole } from '../../src-shared/model/ingest.ts';
import type { MediaClass } from '../flv/classify.ts';
import type { HoldFiller } from '../filler/hold-filler.ts';
import type { SourceHeader, SourceMessage, Stream } from '../hub/stream.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { RtmpMessage } from '../rtmp/message/message-type.ts';
import { compareSources, type SourceComparison } from './compare-sources.ts';
import { EncoderSource } from './encoder-source.ts';

/** How often stalls are looked for, ms, at most: a part of the shortest stall that can be set. */
const WATCH_INTERVAL_MS = 250;
/** And at least, while pictures come, ms: what a person changes counts within it. */
const CALM_INTERVAL_MS = 1_000;
/** How long viewers may wait for the other encoder's keyframe before something fills in, ms: a GOP of 2 s and a bit. */
const KEYFRAME_WAIT_MS = 2_500;
/** The same where nothing may fill in, ms: twice the longest GOP that encoders offer. Then the show is over. */
const LAST_WAIT_MS = 20_000;
/** A wish by hand that no keyframe follows within this is forgotten, ms: nobody expects the switch any more. */
const WISH_LAPSES_MS = 20_000;
/** An encoder that has sent no picture for this long cannot be chosen, ms, also where nothing counts as a stall. */
const SILENT_MS = 5_000;

/** What the stream gets. */
export type OnAirSource = SourceRole | 'filler';

/** Why the stream gets something else. */
export type CutReason = 'first' | 'back' | 'lost' | 'stalled' | 'healthy-again' | 'by-hand';

/** Asked whenever they matter. */
export type OnAirRules = {
  /** How long to hold right now, ms; 0: not at all. */
  readonly holdMs: () => number;
  /** Without picture for this long an encoder counts as gone, ms; 0: never. */
  readonly stallMs: () => number;
  /** From the backup back to the main encoder by itself, once that was steady for this long, ms; undefined: by hand. */
  readonly switchBackAfterMs: () => number | undefined;
};

/** What the owner hears. */
export type OnAirListener = {
  readonly cut: (to: SourceRole, why: CutReason) => void;
  /** Something fills in for this one. `stalled`: it is connected and sends nothing. */
  readonly filling: (why: 'lost' | 'stalled', role: SourceRole) => void;
  /** Nothing is left, and nothing is held. */
  readonly over: () => void;
  /** One was chosen by hand, and has sent no keyframe. */
  readonly wishLapsed: (role: SourceRole) => void;
};

/** One per ingest. */
export class OnAir {
  readonly #stream: Stream;
  readonly #filler: HoldFiller;
  readonly #clock: Clock;
  readonly #rules: OnAirRules;
  readonly #listener: OnAirListener;
  readonly #sources = new Map<SourceRole, EncoderSource>();
  /** Headers of the main encoder that was here last, for the words of the comparison. */
  #lastMainHeaders: readonly SourceHeader[] = [];
  /** What the targets have had last of an encoder in this show: what another one must be like. */
  #shown: { readonly role: SourceRole; headers: readonly SourceHeader[] } | undefined;
  #current: OnAirSource | undefined;
  /** The encoder on air has left; one that begins anew in its place needs a keyframe of its own. */
  #isGone = false;
  /** Chosen by a person, and not to be changed by itself while it lasts. */
  #byHand: { readonly role: SourceRole; readonly at: number } | undefined;
  /** Were connected when a person ended the show: they must come anew, or be chosen. */
  readonly #muted = new Set<SourceRole>();
  /** Since when the one on air is gone or stalled, ms, monotonic. */
  #lostSince: number | undefined;
  /** A sequence end, which is only passed on if the show does not go on with another source. */
  #end: { readonly message: RtmpMessage; readonly media: MediaClass } | undefined;
  #timer: Timer | undefined;

  constructor(options: {
    stream: Stream;
    filler: HoldFiller;
    clock: Clock;
    rules: OnAirRules;
    listener: OnAirListener;
  }) {
    this.#stream = options.stream;
    this.#filler = options.filler;
    this.#clock = options.clock;
    this.#rules = options.rules;
    this.#listener = options.listener;
  }

  get current(): OnAirSource | undefined {
    return this.#current;
  }

  /** How the two encoders fit together, as far as is known. */
  get comparison(): SourceComparison {
    const main = this.#sources.get('main')?.headers ?? [];
    return compareSources(
      main.length > 0 ? main : this.#lastMainHeaders,
      this.#sources.get('backup')?.headers ?? [],
    );
  }

  /** An encoder begins to publish. */
  begin(role: SourceRole): void {
    this.#sources.set(role, new EncoderSource(this.#clock.now()));
    this.#muted.delete(role);
    if (this.#current === role) this.#isGone = true;
    this.#watch();
  }

  /** Takes a message of an encoder that has begun. */
  message(role: SourceRole, message: RtmpMessage, now: number): MediaClass | undefined {
    const source = this.#sources.get(role);
    if (source === undefined) return undefined;
    const { media, isStart } = source.take(message, now);
    if (this.#current !== role || this.#isGone) {
      const why = isStart ? this.#reasonToTake(role, source, now) : undefined;
      if (why === undefined) return media;
      this.#cut(role, source, why);
    }
    this.#publish(message, media, now);
    return media;
  }

  /** An encoder is gone. */
  leave(role: SourceRole): void {
    const source = this.#sources.get(role);
    this.#sources.delete(role);
    this.#watch();
    const headers = source?.headers ?? [];
    if (role === 'main' && headers.length > 0) this.#lastMainHeaders = headers;
    if (this.#byHand?.role === role) this.#byHand = undefined;
    if (this.#current === role) {
      this.#isGone = true;
      this.#lostSince ??= this.#clock.now();
      if (this.#shown !== undefined && headers.length > 0) this.#shown.headers = headers;
    }
    const isWaiting = this.#current === 'main' || this.#current === 'backup';
    if (isWaiting && this.#isGone && !this.#hasOther(this.#current)) this.#fillOrEnd('lost');
    else if (this.#current === undefined && this.#sources.size === 0) this.#over();
  }

  /** By a person: at its next keyframe this one goes on air, and stays. False: it sends nothing. */
  choose(role: SourceRole): boolean {
    const source = this.#sources.get(role);
    const now = this.#clock.now();
    if (source === undefined || this.#isStalled(source, now) || now - source.lastAt > SILENT_MS) return false;
    this.#muted.delete(role);
    this.#byHand = { role, at: now };
    return true;
  }

  /**
   * The show is over, whatever still comes in.
   * @param byHand Encoders that are connected do not begin another one by themselves.
   */
  end(byHand = false): void {
    this.#filler.stop();
    this.#passEndOn();
    this.#current = undefined;
    this.#isGone = false;
    this.#byHand = undefined;
    this.#shown = undefined;
    this.#lostSince = undefined;
    if (byHand) for (const role of this.#sources.keys()) this.#muted.add(role);
    this.#stream.end();
    if (this.#sources.size === 0) this.#timer?.cancel();
  }

  /** For good. */
  close(): void {
    this.#sources.clear();
    this.end();
  }

  #cut(role: SourceRole, source: EncoderSource, why: CutReason): void {
    this.#filler.stop();
    this.#end = undefined;
    this.#current = role;
    this.#isGone = false;
    this.#lostSince = undefined;
    this.#shown = { role, headers: source.headers };
    if (why !== 'by-hand') this.#byHand = undefined;
    this.#stream.begin(source.headers, source.hasPicture);
    this.#listener.cut(role, why);
  }

  #publish(message: SourceMessage & RtmpMessage, media: MediaClass, now: number): void {
    this.#passEndOn();
    if (media.role === 'sequence-end') this.#end = { message, media };
    else this.#stream.take(message, media, now);
  }

  /** It was no end: its source sends on; or the show is over and it belongs there. */
  #passEndOn(): void {
    if (this.#end === undefined) return;
    this.#stream.take(this.#end.message, this.#end.media, this.#clock.now());
    this.#end = undefined;
  }

  /** Why an encoder that is not on air goes on air with this keyframe; undefined: it does not. */
  #reasonToTake(role: SourceRole, source: EncoderSource, now: number): CutReason | undefined {
    const current = this.#current;
    if (this.#byHand?.role === role) return 'by-hand';
    if (this.#muted.has(role)) return undefined;
    if (current === undefined) return 'first';
    const comesBack = role === this.#shown?.role;
    if (current === 'filler' || (current === role && this.#isGone))
      return this.#mayTake(role) ? (comesBack ? 'back' : 'lost') : undefined;
    const other = this.#isGone ? undefined : this.#sources.get(current);
    if (other === undefined) return this.#mayTake(role) ? 'lost' : undefined;
    if (this.#isStalled(other, now)) return this.#mayTake(role) ? 'stalled' : undefined;
    const afterMs = this.#rules.switchBackAfterMs();
    const goesBack =
      role === 'main' && this.#byHand === undefined && afterMs !== undefined && this.#fits(role);
    return goesBack && now - source.steadySince >= afterMs ? 'healthy-again' : undefined;
  }

  /** The main encoder always, as the show is its; the backup unless its codec would end the targets' streams. */
  #mayTake(role: SourceRole): boolean {
    return role === 'main' || role === this.#shown?.role || this.#fits(role);
  }

  /** Whether targets would get through a change from what they have had. */
  #fits(role: SourceRole): boolean {
    const shown = this.#shown === undefined ? [] : (this.#sources.get(this.#shown.role)?.headers ?? []);
    const had = shown.length > 0 && !this.#isGone ? shown : (this.#shown?.headers ?? []);
    return compareSources(had, this.#sources.get(role)?.headers ?? []).compatible !== false;
  }

  #isStalled(source: EncoderSource, now: number): boolean {
    const stallMs = this.#rules.stallMs();
    return stallMs > 0 && now - source.lastAt > stallMs;
  }

  /** Whether the other encoder is there to take over. */
  #hasOther(role: OnAirSource | undefined): boolean {
    const other: SourceRole = role === 'main' ? 'backup' : 'main';
    const source = this.#sources.get(other);
    return source !== undefined && !this.#isStalled(source, this.#clock.now()) && this.#mayTake(other);
  }

  #watch(): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(this.#restMs(), () => {
      this.#watch();
      this.#look();
    });
  }

  /** While pictures come, nothing is due before they could have stopped for long enough. */
  #restMs(): number {
    const source =
      this.#current === 'main' || this.#current === 'backup' ? this.#sources.get(this.#current) : undefined;
    if (source === undefined || this.#isGone) return WATCH_INTERVAL_MS;
    const stallMs = this.#rules.stallMs();
    const leftMs = stallMs === 0 ? CALM_INTERVAL_MS : source.lastAt + stallMs - this.#clock.now() + 1;
    return Math.min(CALM_INTERVAL_MS, Math.max(WATCH_INTERVAL_MS, leftMs));
  }

  #look(): void {
    const [now, current] = [this.#clock.now(), this.#current];
    this.#lapseWish(now);
    if (current === undefined || current === 'filler') return;
    const source = this.#isGone ? undefined : this.#sources.get(current);
    const isStalled = source !== undefined && this.#isStalled(source, now);
    if (source !== undefined && !isStalled) {
      this.#lostSince = undefined;
      return;
    }
    this.#lostSince ??= now;
    const waitMs = this.#rules.holdMs() > 0 ? KEYFRAME_WAIT_MS : LAST_WAIT_MS;
    const isAwaited = this.#hasOther(current) || (this.#isGone && this.#sources.has(current));
    if (isAwaited && now - this.#lostSince < waitMs) return;
    // Sound without picture is still somebody speaking: silence must not take its place.
    if (source !== undefined && now - source.lastHeardAt <= this.#rules.stallMs()) return;
    this.#fillOrEnd(isStalled ? 'stalled' : 'lost');
  }

  #lapseWish(now: number): void {
    const wish = this.#byHand;
    if (wish === undefined || wish.role === this.#current || now - wish.at < WISH_LAPSES_MS) return;
    this.#byHand = undefined;
    this.#listener.wishLapsed(wish.role);
  }

  #fillOrEnd(why: 'lost' | 'stalled'): void {
    const role = this.#current === 'backup' ? 'backup' : 'main';
    if (this.#rules.holdMs() > 0) {
      this.#byHand = undefined;
      this.#end = undefined;
      this.#current = 'filler';
      this.#filler.start();
      this.#listener.filling(why, role);
    } else if (why === 'lost') this.#over();
  }

  #over(): void {
    this.end();
    this.#listener.over();
  }
}
