/**
 * One ingest while the studio runs: who publishes, main and backup, and what happens when the encoder is gone.
 * @module
 */
import { amfString, type AmfValue } from '../amf/amf-value.ts';
import { unlessProtocolError } from '../bytes/protocol-error.ts';
import { readDataMessage } from '../flv/metadata.ts';
import type { SourceRole } from '../../src-shared/model/ingest.ts';
import { HoldFiller, type Filling } from '../filler/hold-filler.ts';
import type { SlateLoop } from '../filler/slate-loop.ts';
import type { MediaClass } from '../flv/classify.ts';
import { Stream } from '../hub/stream.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import { statusCode } from '../rtmp/command/status.ts';
import { messageType, type RtmpMessage } from '../rtmp/message/message-type.ts';
import type { SourceComparison } from './compare-sources.ts';
import { shownSoftware } from './connection-record.ts';
import type { Caller, PublishPlace, Refusal } from './ingest-desk.ts';
import { OnAir, type CutReason, type OnAirRules } from './on-air.ts';

/**
 * A publisher silent for this long gives way to a new one on the same key, ms. Encoders send every 20-30 ms; one
 * that reconnects after its line broke must not be locked out by its own dead connection.
 */
const GIVES_WAY_AFTER_MS = 5_000;

/** The encoder that publishes, as far as we know it. */
export type Publisher = {
  readonly caller: Caller;
  readonly connectedAt: number;
  software: string | null;
  videoMessages: number;
  audioMessages: number;
};

/** What goes on after an encoder has left: the other one, a hold, nothing. */
export type AfterLeaving = 'on-air' | 'holding' | 'over';

/** What the slot tells the studio. */
export type SlotListener = {
  /** State, publisher or hold have changed. */
  readonly changed: () => void;
  /** The show begins, or goes on after a hold (`setStreamLive` for targets). */
  readonly wentLive: () => void;
  /** The show is over. */
  readonly ended: () => void;
  readonly encoderCame: (role: SourceRole, publisher: Publisher) => void;
  readonly encoderLeft: (role: SourceRole, orderly: boolean, after: AfterLeaving) => void;
  /** The stream gets another source at a keyframe. */
  readonly cut: (to: SourceRole, why: CutReason) => void;
  /**
   * Something fills in for an encoder that has not just left: `stalled`, it is connected and sends nothing; `lost`, the
   * other one was waited for, and has sent no keyframe.
   */
  readonly filling: (why: 'lost' | 'stalled', role: SourceRole) => void;
  /** An encoder was waited for in vain: the show is over. */
  readonly ranOut: () => void;
  /** It was chosen by hand, and has sent no keyframe: what viewers see stays. */
  readonly wishLapsed: (role: SourceRole) => void;
  /** @param stay Encoders that are connected, and do not go on air again by themselves. */
  readonly holdEnded: (stay: readonly SourceRole[]) => void;
  /** Every message of an encoder as it came, for meters. */
  readonly message: (role: SourceRole, message: RtmpMessage, media: MediaClass) => void;
};

/** What a slot is built from. */
export type SlotOptions = {
  readonly id: string;
  readonly clock: Clock;
  readonly listener: SlotListener;
  /** `holdMs` may be Infinity: until somebody ends it. */
  readonly rules: OnAirRules;
  /** The picture for a hold, when there is one that fits the stream. */
  readonly slate: () => SlateLoop | undefined;
};

/** State machine of one ingest: waiting → live → holding → live or waiting. */
export class IngestSlot {
  readonly id: string;
  readonly stream = new Stream();
  readonly #clock: Clock;
  readonly #listener: SlotListener;
  readonly #rules: OnAirRules;
  readonly #filler: HoldFiller;
  readonly #onAir: OnAir;
  #state: 'waiting' | 'live' | 'holding' = 'waiting';
  #since: number;
  readonly #publishers = new Map<SourceRole, Publisher>();
  /** An encoder is just leaving: what comes of it is told with that. */
  #isLeaving = false;
  #holdTimer: Timer | undefined;
  /** ms, monotonic. */
  #heldSince = 0;
  #holdEndsAt: number | undefined;

  constructor({ id, clock, listener, rules, slate }: SlotOptions) {
    this.id = id;
    this.#clock = clock;
    this.#listener = listener;
    this.#rules = rules;
    this.#since = clock.wallNow();
    this.#filler = new HoldFiller({ stream: this.stream, clock, slate });
    this.#onAir = new OnAir({
      stream: this.stream,
      filler: this.#filler,
      clock,
      rules,
      listener: {
        cut: (to, why) => {
          this.#cut(to, why);
        },
        filling: (why, role) => {
          this.#filling(why, role);
        },
        over: () => {
          this.#enter('waiting');
          listener.ended();
          if (!this.#isLeaving) listener.ranOut();
        },
        wishLapsed: listener.wishLapsed,
      },
    });
  }

  get state(): 'waiting' | 'live' | 'holding' {
    return this.#state;
  }

  /** Wall time, ms. */
  get since(): number {
    return this.#since;
  }

  /** The main encoder. */
  get publisher(): Publisher | undefined {
    return this.#publishers.get('main');
  }

  get backupPublisher(): Publisher | undefined {
    return this.#publishers.get('backup');
  }

  /** What viewers get; undefined: nothing yet. */
  get onAir(): SourceRole | Filling | undefined {
    const current = this.#onAir.current;
    return current === 'filler' ? this.#filler.showing : current;
  }

  /** Whether a switch between the two encoders would work. */
  get comparison(): SourceComparison {
    return this.#onAir.comparison;
  }

  /** Wall time the hold ends, ms; undefined when there is none, or it does not end by itself. */
  get holdEndsAt(): number | undefined {
    return this.#holdEndsAt;
  }

  /** An encoder with the right key asks to publish. */
  publish(caller: Caller, role: SourceRole = 'main'): PublishPlace | Refusal {
    const current = this.#publishers.get(role);
    if (current !== undefined) {
      const silentMs = this.#clock.now() - current.caller.lastHeardAt();
      if (silentMs < GIVES_WAY_AFTER_MS) return this.#taken(current);
      current.caller.close(
        'replaced',
        'The same key was published anew after this connection had fallen silent.',
      );
    }
    const publisher: Publisher = {
      caller,
      connectedAt: this.#clock.wallNow(),
      software: caller.software,
      videoMessages: 0,
      audioMessages: 0,
    };
    this.#publishers.set(role, publisher);
    this.#onAir.begin(role);
    this.#listener.encoderCame(role, publisher);
    if (this.#state === 'waiting') this.#goLive();
    else this.#listener.changed();
    return {
      ok: true,
      ingestId: this.id,
      message: (message, now) => {
        this.#message(role, publisher, message, now);
      },
      left: (orderly) => {
        this.#left(role, publisher, orderly);
      },
    };
  }

  /** The other encoder goes on air at its next keyframe; false: it is not here, or sends nothing. */
  switchTo(role: SourceRole): boolean {
    return this.#onAir.choose(role);
  }

  /** How long to hold, or whether at all, may have changed: a hold under way takes it over. */
  refreshHold(): void {
    if (this.#state !== 'holding') return;
    const leftMs = this.#rules.holdMs() - (this.#clock.now() - this.#heldSince);
    this.#cancelHold();
    if (leftMs <= 0) {
      this.#endHold(false);
      return;
    }
    this.#holdFor(leftMs);
    this.#listener.changed();
  }

  /** Ends a hold before its time. Encoders that are still connected must come anew. */
  endHold(): void {
    this.#endHold(true);
  }

  /** There is no backup any more: its encoder is disconnected. */
  dropBackup(code: string, message: string): void {
    this.backupPublisher?.caller.close(code, message);
  }

  /** The slot is deleted or the studio stops: encoders are disconnected, nothing is held. */
  close(code: string, message: string): void {
    const publishers = [...this.#publishers.values()];
    this.#publishers.clear();
    for (const { caller } of publishers) caller.close(code, message);
    this.#cancelHold();
    this.#onAir.close();
    this.#state = 'waiting';
  }

  #message(role: SourceRole, publisher: Publisher, message: RtmpMessage, now: number): void {
    if (publisher !== this.#publishers.get(role)) return;
    if (message.typeId === messageType.video) publisher.videoMessages++;
    if (message.typeId === messageType.audio) publisher.audioMessages++;
    const media = this.#onAir.message(role, message, now);
    if (media === undefined) return;
    if (media.role === 'metadata') this.#readMetadata(publisher, message.payload);
    this.#listener.message(role, message, media);
  }

  /** OBS and FFmpeg say what they are in the metadata only; flashVer is the same for all of them. */
  #readMetadata(publisher: Publisher, payload: Uint8Array): void {
    const encoder = metadataOf(payload)
      .map((value) => amfString(value, 'encoder'))
      .find((name) => name !== undefined);
    const software = shownSoftware(encoder);
    if (software === null || software === publisher.software) return;
    publisher.software = software;
    this.#listener.changed();
  }

  #left(role: SourceRole, publisher: Publisher, orderly: boolean): void {
    if (publisher !== this.#publishers.get(role)) return;
    this.#publishers.delete(role);
    this.#isLeaving = true;
    this.#onAir.leave(role);
    this.#isLeaving = false;
    const { current } = this.#onAir;
    const isOver = this.#state === 'waiting';
    this.#listener.encoderLeft(role, orderly, isOver ? 'over' : current === 'filler' ? 'holding' : 'on-air');
    this.#listener.changed();
  }

  #cut(to: SourceRole, why: CutReason): void {
    this.#cancelHold();
    if (this.#state !== 'live') this.#goLive();
    this.#listener.cut(to, why);
    this.#listener.changed();
  }

  #endHold(byHand: boolean): void {
    if (this.#state !== 'holding') return;
    this.#cancelHold();
    this.#onAir.end(byHand);
    this.#enter('waiting');
    this.#listener.ended();
    this.#listener.holdEnded(byHand ? [...this.#publishers.keys()] : []);
  }

  #filling(why: 'lost' | 'stalled', role: SourceRole): void {
    const holdMs = this.#rules.holdMs();
    this.#heldSince = this.#clock.now();
    this.#holdFor(holdMs);
    this.#enter('holding');
    if (!this.#isLeaving) this.#listener.filling(why, role);
  }

  #holdFor(leftMs: number): void {
    if (leftMs === Infinity) return;
    this.#holdEndsAt = this.#clock.wallNow() + leftMs;
    this.#holdTimer = this.#clock.after(leftMs, () => {
      this.#endHold(false);
    });
  }

  #taken(current: Publisher): Refusal {
    return {
      ok: false,
      statusCode: statusCode.publishBadName,
      code: 'already-publishing',
      message: `Another encoder (${current.software ?? 'unknown software'} at ${current.caller.address}) is already live on this stream key. Stop it first, or make a second ingest for this one.`,
      ingestId: this.id,
    };
  }

  #cancelHold(): void {
    this.#holdTimer?.cancel();
    this.#holdTimer = undefined;
    this.#holdEndsAt = undefined;
  }

  #goLive(): void {
    this.#enter('live');
    this.#listener.wentLive();
  }

  #enter(state: 'waiting' | 'live' | 'holding'): void {
    this.#state = state;
    this.#since = this.#clock.wallNow();
    this.#listener.changed();
  }
}

/** Values of a metadata message. What cannot be read is passed on all the same: it only goes without a name. */
function metadataOf(payload: Uint8Array): readonly AmfValue[] {
  return unlessProtocolError(() => readDataMessage(payload).values) ?? [];
}
