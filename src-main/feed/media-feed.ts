/**
 * Sends a stream to one peer, as fast as its line takes it. What the line cannot take waits in this reader's own
 * bounded queue; no other reader notices.
 * @module
 */
import type { MediaMessage } from '../hub/media-message.ts';
import { ReaderQueue } from '../hub/reader-queue.ts';
import type { Stream, StreamReader } from '../hub/stream.ts';
import type { Transport } from '../net/transport.ts';
import { messageType } from '../rtmp/message/message-type.ts';
import { wireOf, type FeedRole } from './wire.ts';

/**
 * Bytes that may wait in the socket before the queue takes over: two frames at 50 Mbit/s. Less makes more turns of
 * the event loop; more takes frames out of reach of the drop rule.
 */
const SOCKET_BACKLOG_BYTES = 256 * 1024;

/** What has gone out so far. */
export type FeedCounts = { videoMessages: number; audioMessages: number; lastMs: number | undefined };

/** One peer's reader: attach, then it feeds itself. */
export class MediaFeed implements StreamReader {
  readonly queue = new ReaderQueue();
  readonly counts: FeedCounts = { videoMessages: 0, audioMessages: 0, lastMs: undefined };
  readonly #stream: Stream;
  readonly #transport: Transport;
  readonly #streamId: number;
  readonly #role: FeedRole;
  readonly #onEnded: () => void;
  #paused = false;
  /** Called once all is sent that was published before the cut. */
  #onStopped: (() => void) | undefined;
  #isCut = false;

  /** @param options.onEnded The stream is over; the feed has sent all it had or holds it. */
  constructor(options: {
    stream: Stream;
    transport: Transport;
    streamId: number;
    role: FeedRole;
    onEnded: () => void;
  }) {
    this.#stream = options.stream;
    this.#transport = options.transport;
    this.#streamId = options.streamId;
    this.#role = options.role;
    this.#onEnded = options.onEnded;
  }

  /** @param afterMs Stream time the peer has had already; nothing at or before it is sent again. */
  start(afterMs?: number): void {
    // A player may pause in the same breath as it asks to play.
    if (this.#paused) return;
    this.#stream.attach(this, { afterMs });
  }

  stop(): void {
    this.#stream.detach(this);
    this.queue.clear();
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
   * there. What waits by then still goes out.
   */
  stopAtKeyframe(onStopped: () => void): void {
    this.#onStopped = onStopped;
    this.#stream.detachAtKeyframe(this, () => {
      this.#isCut = true;
      this.wake();
    });
  }

  /** Takes `stopAtKeyframe` back; false: the keyframe has come. */
  goOn(): boolean {
    return this.#stream.keepAttached(this);
  }

  readonly wake = (): void => {
    while (this.#transport.backlogBytes() < SOCKET_BACKLOG_BYTES) {
      const message = this.queue.take();
      if (message === undefined) {
        this.#tellStopped();
        return;
      }
      this.#count(message);
      this.#transport.write(wireOf(message, this.#streamId, this.#role));
    }
  };

  /** The socket has sent what it held. */
  readonly drained = (): void => {
    this.wake();
  };

  readonly began = (): void => undefined;

  readonly ended = (): void => {
    this.#onEnded();
  };

  #tellStopped(): void {
    if (!this.#isCut) return;
    const told = this.#onStopped;
    this.#onStopped = undefined;
    told?.();
  }

  #count(message: MediaMessage): void {
    if (message.typeId === messageType.video) this.counts.videoMessages++;
    if (message.typeId === messageType.audio) this.counts.audioMessages++;
    this.counts.lastMs = Math.max(this.counts.lastMs ?? 0, message.timeMs);
  }
}
