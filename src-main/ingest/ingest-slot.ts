/**
 * One ingest while the studio runs: who publishes, and what happens when the encoder is gone.
 * @module
 */
import { amfString, type AmfValue } from '../amf/amf-value.ts';
import { ProtocolError } from '../bytes/protocol-error.ts';
import { readDataMessage } from '../flv/metadata.ts';
import type { MediaMessage } from '../hub/media-message.ts';
import { Stream } from '../hub/stream.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import { statusCode } from '../rtmp/command/status.ts';
import { messageType, type RtmpMessage } from '../rtmp/message/message-type.ts';
import { shownSoftware } from './connection-record.ts';
import type { Caller, PublishPlace, Refusal } from './ingest-desk.ts';

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

/** What the slot tells the studio. */
export type SlotListener = {
  /** State, publisher or hold have changed. */
  readonly changed: () => void;
  readonly encoderCame: (publisher: Publisher, fromHold: boolean) => void;
  readonly encoderLeft: (orderly: boolean, holding: boolean) => void;
  readonly holdEnded: () => void;
  /** Every message, for meters. */
  readonly message: (message: MediaMessage, now: number) => void;
};

/** State machine of one ingest: waiting → live → holding → live or waiting. */
export class IngestSlot {
  readonly id: string;
  readonly stream = new Stream();
  readonly #clock: Clock;
  readonly #listener: SlotListener;
  readonly #holdMs: () => number;
  #state: 'waiting' | 'live' | 'holding' = 'waiting';
  #since: number;
  #publisher: Publisher | undefined;
  #holdTimer: Timer | undefined;
  /** ms, monotonic. */
  #heldSince = 0;
  #holdEndsAt: number | undefined;

  /** @param options.holdMs How long to hold right now, ms; 0: not at all. Asked when the encoder is gone. */
  constructor(options: { id: string; clock: Clock; listener: SlotListener; holdMs: () => number }) {
    this.id = options.id;
    this.#clock = options.clock;
    this.#listener = options.listener;
    this.#holdMs = options.holdMs;
    this.#since = options.clock.wallNow();
  }

  get state(): 'waiting' | 'live' | 'holding' {
    return this.#state;
  }

  /** Wall time, ms. */
  get since(): number {
    return this.#since;
  }

  get publisher(): Publisher | undefined {
    return this.#publisher;
  }

  /** Wall time the hold ends, ms; undefined when there is none. */
  get holdEndsAt(): number | undefined {
    return this.#holdEndsAt;
  }

  /** An encoder with the right key asks to publish. */
  publish(caller: Caller): PublishPlace | Refusal {
    const current = this.#publisher;
    if (current !== undefined) {
      const silentMs = this.#clock.now() - current.caller.lastHeardAt();
      if (silentMs < GIVES_WAY_AFTER_MS) return this.#taken(current);
      current.caller.close(
        'replaced',
        'The same key was published anew after this connection had fallen silent.',
      );
    }
    const fromHold = this.#state === 'holding';
    this.#cancelHold();
    const publisher: Publisher = {
      caller,
      connectedAt: this.#clock.wallNow(),
      software: caller.software,
      videoMessages: 0,
      audioMessages: 0,
    };
    this.#publisher = publisher;
    this.stream.begin();
    this.#enter('live');
    this.#listener.encoderCame(publisher, fromHold);
    return {
      ok: true,
      ingestId: this.id,
      message: (message, now) => {
        this.#message(publisher, message, now);
      },
      left: (orderly) => {
        this.#left(publisher, orderly);
      },
    };
  }

  /** How long to hold, or whether at all, may have changed: a hold under way takes it over. */
  refreshHold(): void {
    if (this.#state !== 'holding') return;
    const leftMs = this.#holdMs() - (this.#clock.now() - this.#heldSince);
    this.#cancelHold();
    if (leftMs <= 0) {
      this.endHold();
      return;
    }
    this.#holdFor(leftMs);
    this.#listener.changed();
  }

  #holdFor(leftMs: number): void {
    this.#holdEndsAt = this.#clock.wallNow() + leftMs;
    this.#holdTimer = this.#clock.after(leftMs, () => {
      this.endHold();
    });
  }

  /** Ends a hold before its time. */
  endHold(): void {
    if (this.#state !== 'holding') return;
    this.#cancelHold();
    this.stream.end();
    this.#enter('waiting');
    this.#listener.holdEnded();
  }

  /** The slot is deleted or the studio stops: the encoder is disconnected, nothing is held. */
  close(code: string, message: string): void {
    const publisher = this.#publisher;
    this.#publisher = undefined;
    publisher?.caller.close(code, message);
    this.#cancelHold();
    this.stream.end();
  }

  #message(publisher: Publisher, message: RtmpMessage, now: number): void {
    if (publisher !== this.#publisher) return;
    if (message.typeId === messageType.video) publisher.videoMessages++;
    if (message.typeId === messageType.audio) publisher.audioMessages++;
    const media = this.stream.publish(message.typeId, message.timestamp, message.payload, now);
    if (media.media.role === 'metadata') this.#readMetadata(publisher, media.payload);
    this.#listener.message(media, now);
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

  #left(publisher: Publisher, orderly: boolean): void {
    if (publisher !== this.#publisher) return;
    this.#publisher = undefined;
    const holdMs = this.#holdMs();
    if (holdMs > 0) {
      this.#heldSince = this.#clock.now();
      this.#holdFor(holdMs);
      this.#enter('holding');
    } else {
      this.stream.end();
      this.#enter('waiting');
    }
    this.#listener.encoderLeft(orderly, holdMs > 0);
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

  #enter(state: 'waiting' | 'live' | 'holding'): void {
    this.#state = state;
    this.#since = this.#clock.wallNow();
    this.#listener.changed();
  }
}

/** Values of a metadata message. What cannot be read is passed on all the same: it only goes without a name. */
function metadataOf(payload: Uint8Array): readonly AmfValue[] {
  try {
    return readDataMessage(payload).values;
  } catch (error) {
    if (error instanceof ProtocolError) return [];
    throw error;
  }
}
