/**
 * Which stream a target is on, and which one it is to change to: at a keyframe of that one when the target sends, and
 * once there is something to begin with when it does not.
 * @module
 */
import type { MediaMessage } from '../hub/media-message.ts';
import type { Stream } from '../hub/stream.ts';

/**
 * A keyframe may be this late against what was sent, ms: large ones take that long from the encoder to us over a slow
 * network. Each one that is later allows the next as much again, so that the change comes in the end.
 */
const ALLOWED_LAG_MS = 500;

/** What the switch asks of those who send. */
export type StreamSwitchOptions = {
  /** Newest picture of what is being sent, ms; undefined: nothing is; `busy`: it must not be touched now. */
  readonly sendsUpToMs: () => number | undefined | 'busy';
  /** The target is on this stream now; `beginning`: right behind this message of it, which is to be sent first. */
  readonly switched: (stream: Stream, beginning: MediaMessage | undefined) => void;
};

/** One change waits at a time: a further one replaces it. */
export class StreamSwitch {
  readonly #options: StreamSwitchOptions;
  #stream: Stream;
  #wanted: Stream | undefined;
  #takeBack: (() => void) | undefined;
  #allowedLagMs = ALLOWED_LAG_MS;

  constructor(stream: Stream, options: StreamSwitchOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  /** The one it is on. */
  get stream(): Stream {
    return this.#stream;
  }

  /** Asks for a stream; the one it is on takes back what was asked before. */
  want(stream: Stream): void {
    if (stream === (this.#wanted ?? this.#stream)) return;
    this.cancel();
    if (stream === this.#stream) return;
    this.#wanted = stream;
    this.#allowedLagMs = ALLOWED_LAG_MS;
    this.#takeBack = stream.joinAtKeyframe((beginning) => this.#join(beginning));
    this.settle();
  }

  /** Changes at once if nothing is being sent and the new stream can show a picture; asked before sending begins. */
  settle(): void {
    if (this.#wanted?.lastKeyframe === undefined || this.#options.sendsUpToMs() !== undefined) return;
    this.finish();
  }

  /** Changes without waiting for anything: the show is over, no keyframe will come, and nothing is being sent. */
  finish(): void {
    const stream = this.#wanted;
    if (stream !== undefined) this.#change(stream, undefined);
  }

  /** Stays on the stream that it is on. */
  cancel(): void {
    this.#takeBack?.();
    this.#takeBack = undefined;
    this.#wanted = undefined;
  }

  #join(beginning: MediaMessage): boolean {
    const stream = this.#wanted;
    const sentMs = this.#options.sendsUpToMs();
    if (stream === undefined || sentMs === 'busy') return false;
    if (sentMs !== undefined && sentMs - beginning.timeMs > this.#allowedLagMs) {
      this.#allowedLagMs += ALLOWED_LAG_MS;
      return false;
    }
    this.#change(stream, sentMs === undefined ? undefined : beginning);
    return true;
  }

  #change(stream: Stream, beginning: MediaMessage | undefined): void {
    this.cancel();
    this.#stream = stream;
    this.#options.switched(stream, beginning);
  }
}
