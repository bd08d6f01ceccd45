/**
 * Sends a stream to one peer, as fast as its line takes it. What the line cannot take waits in this reader's own
 * bounded queue; no other reader notices.
 * @module
 */
import type { MediaMessage } from '../hub/media-message.ts';
import { ReaderQueue, type Shed } from '../hub/reader-queue.ts';
import type { Stream, StreamReader } from '../hub/stream.ts';
import type { Transport } from '../net/transport.ts';
import { messageType } from '../rtmp/message/message-type.ts';
import { Joint } from './joint.ts';
import { SentBefore, type SentUpTo } from './sent-before.ts';
import type { SentStream } from './sent-stream.ts';
import { wireOf, type FeedRole } from './wire.ts';

/**
 * Bytes that may wait in the socket before the queue takes over: two frames at 50 Mbit/s. Less makes more turns of
 * the event loop; more takes frames out of reach of the drop rule.
 */
const SOCKET_BACKLOG_BYTES = 256 * 1024;

/** What has gone out so far; `audioMs` and `videoMs` are the newest times of each, `lastMs` of all. */
export type FeedCounts = {
  videoMessages: number;
  audioMessages: number;
  lastMs: number | undefined;
  audioMs: number | undefined;
  videoMs: number | undefined;
};

/** One peer's reader: attach, then it feeds itself. */
export class MediaFeed implements StreamReader {
  readonly queue = new ReaderQueue();
  readonly counts: FeedCounts = {
    videoMessages: 0,
    audioMessages: 0,
    lastMs: undefined,
    audioMs: undefined,
    videoMs: undefined,
  };
  #stream: Stream;
  readonly #transport: Transport;
  readonly #streamId: number;
  readonly #role: FeedRole;
  readonly #onEnded: () => void;
  readonly #sent: SentStream | undefined;
  #paused = false;
  #before: SentBefore | undefined;
  #joint: Joint | undefined;
  /** Called once all is sent that was published before the cut. */
  #onStopped: (() => void) | undefined;
  #isCut = false;

  /**
   * @param options.onEnded The stream is over; the feed has sent all it had or holds it.
   * @param options.sent For those who watch what is sent; each message goes there once it is written.
   */
  constructor(options: {
    stream: Stream;
    transport: Transport;
    streamId: number;
    role: FeedRole;
    onEnded: () => void;
    sent?: SentStream | undefined;
  }) {
    this.#stream = options.stream;
    this.#transport = options.transport;
    this.#streamId = options.streamId;
    this.#role = options.role;
    this.#onEnded = options.onEnded;
    this.#sent = options.sent;
  }

  /**
   * @param afterMs Stream time the peer has had already; the GOP that is there is not sent when it begins before it.
   * @param sent What the peer has had over earlier connections, perhaps of another stream on the same time.
   */
  start(afterMs?: number, sent?: SentUpTo): void {
    // A player may pause in the same breath as it asks to play.
    if (this.#paused) return;
    this.#before = sent === undefined ? undefined : new SentBefore(sent);
    this.#joint = undefined;
    this.#stream.attach(this, { afterMs });
  }

  stop(): void {
    this.#stream.detach(this);
    this.queue.clear();
    this.#sent?.left(this);
  }

  /**
   * Goes on with another stream on the same time, from what that one has just published as a beginning: a keyframe,
   * or sound where there is no picture. What waits of the old one is still sent. Called inside that stream's
   * `joinAtKeyframe`. A keyframe that is not behind the picture of the old one is put there, see `Joint`.
   */
  changeStream(stream: Stream, beginning: MediaMessage): void {
    this.#stream.detach(this);
    this.#stream = stream;
    const lastMs = this.queue.lastVideoMs;
    this.#joint =
      beginning.typeId === messageType.video && beginning.timeMs <= lastMs
        ? new Joint(beginning, { lastMs, sentMs: this.counts.videoMs ?? 0 })
        : undefined;
    stream.attach(this, { goesOn: true, afterMs: beginning.timeMs - 1 });
    // Sound alone makes no GOP that it could be in.
    if (beginning.typeId !== messageType.audio) return;
    this.queue.offer(beginning, true);
    this.wake();
  }

  /** A paused player gets nothing, and starts again at the newest GOP. */
  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.stop();
    if (!paused) this.start();
  }

  /**
   * Stops right before the next keyframe to be published: another connection, whose feed starts now, sends on from
   * there. Where sound alone is sent, that one sends at once, and this one stops now. What waits still goes out.
   */
  stopAtKeyframe(onStopped: () => void): void {
    this.#onStopped = onStopped;
    this.#stream.detachAtKeyframe(this, () => {
      this.#cut();
    });
    this.#cutIfSoundAlone();
  }

  /** What of the stream is sent, from now on. */
  setShed(shed: Shed): void {
    this.queue.setShed(shed);
    this.#cutIfSoundAlone();
  }

  /** Takes `stopAtKeyframe` back; false: the keyframe has come. */
  goOn(): boolean {
    if (!this.#stream.keepAttached(this)) return false;
    this.#onStopped = undefined;
    return true;
  }

  readonly wake = (): void => {
    while (this.#transport.backlogBytes() < SOCKET_BACKLOG_BYTES) {
      const message = this.queue.take();
      if (message === undefined) {
        this.#tellStopped();
        return;
      }
      const sent = this.#timed(message);
      if (sent === undefined) continue;
      this.#count(sent);
      this.#transport.write(wireOf(sent, this.#streamId, this.#role));
      this.#sent?.take(this, sent);
    }
  };

  /** At the time it is sent with; undefined: it must not be sent. Most feeds never have anything to do here. */
  #timed(message: MediaMessage): MediaMessage | undefined {
    const passed = this.#before === undefined ? message : this.#before.pass(message);
    if (passed === undefined || this.#joint === undefined) return passed;
    const placed = this.#joint.place(passed);
    if (this.#joint.isDone) this.#joint = undefined;
    return placed;
  }

  /** The socket has sent what it held. */
  readonly drained = (): void => {
    this.wake();
  };

  readonly began = (): void => undefined;

  readonly ended = (): void => {
    this.#onEnded();
  };

  #cutIfSoundAlone(): void {
    if (this.#onStopped === undefined || this.#isCut || this.queue.shed !== 'sound') return;
    this.#stream.detach(this);
    this.#cut();
  }

  #cut(): void {
    this.#isCut = true;
    this.wake();
  }

  #tellStopped(): void {
    if (!this.#isCut) return;
    const told = this.#onStopped;
    this.#onStopped = undefined;
    told?.();
  }

  #count({ typeId, timeMs }: MediaMessage): void {
    const { counts } = this;
    if (typeId === messageType.video) {
      counts.videoMessages++;
      counts.videoMs = timeMs;
    } else if (typeId === messageType.audio) {
      counts.audioMessages++;
      counts.audioMs = timeMs;
    }
    counts.lastMs = Math.max(counts.lastMs ?? 0, timeMs);
  }
}
