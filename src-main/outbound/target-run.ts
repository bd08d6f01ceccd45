/**
 * One run of a target: dial, shake hands, connect, publish, feed the stream until something ends it. A run happens
 * once; trying again is the supervisor's affair.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { MediaFeed } from '../feed/media-feed.ts';
import type { SentUpTo } from '../feed/sent-before.ts';
import type { SentStream } from '../feed/sent-stream.ts';
import type { MediaMessage } from '../hub/media-message.ts';
import type { Shed } from '../hub/reader-queue.ts';
import type { Stream } from '../hub/stream.ts';
import type { Dial, DialOptions } from '../net/dial.ts';
import { TransportError, type Transport } from '../net/transport.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { HmacSha256 } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import { ClientSession } from '../rtmp/session/client-session.ts';
import type { Status } from '../rtmp/command/status.ts';
import type { ClientOutput, ClientStep } from '../rtmp/session/session-output.ts';
import type { RunCounts } from './run-counts.ts';
import type { RunEnd } from './run-end.ts';
import type { TargetAddress } from './target-url.ts';
import { StallWatch } from './stall-watch.ts';
import { withoutKey } from './without-key.ts';

/** Name lookup, TCP and TLS together, ms. */
export const DIAL_TIMEOUT_MS = 10_000;
/** Time a server gets for each step of the set-up, ms: platforms check keys against slow databases. */
export const STEP_TIMEOUT_MS = 15_000;
/** How often a live run looks after itself, ms. */
const WATCH_INTERVAL_MS = 1_000;
/** Time for goodbye to go out, ms. */
const GOODBYE_GRACE_MS = 2_000;

/** What a run needs. */
export type TargetRunOptions = {
  readonly address: TargetAddress;
  readonly streamName: string;
  readonly flashVer?: string;
  /** To begin with; see `changeStream`. */
  readonly stream: Stream;
  /** What of it is sent; see `setShed`. */
  readonly shed?: Shed;
  /** What must not be shown when the server repeats it, beside the stream name. */
  readonly secrets?: readonly string[];
  /** Stream time that the server has had already, ms; asked once live. Undefined: nothing. */
  readonly afterMs: (() => number | undefined) | undefined;
  /** The same by kind, when the server may have had it of another stream; asked once live. */
  readonly sentUpTo?: () => SentUpTo | undefined;
  /** For those who watch what the server gets. */
  readonly sent?: SentStream | undefined;
  /** Given: the digest handshake is made with it; else the simple one. */
  readonly digestHmac?: HmacSha256 | undefined;
  /** How to dial; see `DialOptions`. */
  readonly line?: Pick<DialOptions, 'proxy' | 'bindAddress' | 'certificateSha256'>;
  /** The server wants us elsewhere (Reconnect Request): we stay until somebody stops us. */
  readonly onReconnectRequested?: (tcUrl: string | undefined) => void;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: Random;
  readonly onLive: () => void;
  /** Called once; nothing comes after it. */
  readonly onEnd: (end: RunEnd) => void;
};

/** See the module's words. */
export class TargetRun {
  readonly #options: TargetRunOptions;
  readonly #session: ClientSession;
  readonly #abort = new AbortController();
  #stream: Stream;
  #shed: Shed;
  #isDialling = false;
  #transport: Transport | undefined;
  #feed: MediaFeed | undefined;
  #timer: Timer | undefined;
  #ended = false;
  #tellClosed: () => void = () => undefined;
  /** Settles once the line is closed, after `onEnd`: goodbyes are out, or nobody took them in time. */
  readonly closed = new Promise<void>((resolve) => {
    this.#tellClosed = resolve;
  });
  readonly #stall = new StallWatch();
  #roundTripMs: number | null = null;

  constructor(options: TargetRunOptions) {
    this.#options = options;
    this.#stream = options.stream;
    this.#shed = options.shed ?? 'none';
    const { address, streamName, flashVer, random, digestHmac, onReconnectRequested } = options;
    const handshake = digestHmac === undefined ? 'simple' : 'digest';
    const canReconnect = onReconnectRequested !== undefined;
    const { app, tcUrl } = address;
    this.#session = new ClientSession(
      { role: 'publish', app, tcUrl, flashVer, streamName, handshake, canReconnect },
      (length) => random.bytes(length),
      digestHmac,
    );
  }

  get counts(): RunCounts {
    const feed = this.#feed;
    return {
      bytesSent: this.#transport?.bytesSent() ?? 0,
      bytesAcknowledged: this.#stall.acknowledged,
      droppedFrames: feed?.queue.droppedFrames ?? 0,
      queueMs: feed?.queue.queuedMs ?? 0,
      queuedBytes: feed?.queue.queuedBytes ?? 0,
      backlogBytes: this.#transport?.backlogBytes() ?? 0,
      roundTripMs: this.#session.answersPings ? this.#roundTripMs : null,
      videoMessages: feed?.counts.videoMessages ?? 0,
      lastMs: feed?.counts.lastMs,
      audioMs: feed?.counts.audioMs,
      videoMs: feed?.counts.videoMs,
    };
  }

  /** Stream time of the newest picture that it has taken in, ms; undefined: it does not feed yet. */
  get feedsUpToMs(): number | undefined {
    return this.#feed?.queue.lastVideoMs;
  }

  /** Begins; the end is told through `onEnd`, never thrown. */
  start(): void {
    const { dial, address, line } = this.#options;
    const { host, port, tls } = address;
    this.#isDialling = true;
    dial({ ...line, host, port, tls, timeoutMs: DIAL_TIMEOUT_MS, signal: this.#abort.signal }).then(
      (transport) => {
        this.#isDialling = false;
        this.#connected(transport);
      },
      (error: unknown) => {
        if (!(error instanceof TransportError)) throw error;
        this.#isDialling = false;
        this.#tellClosed();
        const { code, message: detail } = error;
        // A server that hangs up as soon as the line stands: on a busy computer the system tells only the reset.
        if (code === 'reset') this.#end({ kind: 'closed', step: this.#session.step, detail });
        else this.#end({ kind: 'dial-failed', code, detail });
      },
    );
  }

  /**
   * Sends another stream on the same time: from what that one has just published as a beginning, or, while it sends
   * nothing yet, from its GOP.
   */
  changeStream(stream: Stream, beginning?: MediaMessage): void {
    this.#stream = stream;
    if (beginning !== undefined) this.#feed?.changeStream(stream, beginning);
  }

  /** Less of the stream, or more again. */
  setShed(shed: Shed): void {
    this.#shed = shed;
    this.#feed?.setShed(shed);
  }

  /** The network may have changed under the line: for a minute a short standstill is enough to give it up. */
  checkLine(): void {
    this.#stall.check(this.#options.clock.now());
  }

  /** Ends the run; a server that we are live on is told goodbye. */
  stop(): void {
    if (this.#ended) return;
    this.#session.sayGoodbye();
    this.#carryOut();
    this.#end({ kind: 'stopped' });
  }

  /** Sends on until the next keyframe, which another run sends, then says goodbye. */
  stopAtKeyframe(): void {
    this.#feed?.stopAtKeyframe(() => {
      this.stop();
    });
  }

  /** Takes `stopAtKeyframe` back; false: too late. */
  goOn(): boolean {
    return this.#feed?.goOn() === true;
  }

  #connected(transport: Transport): void {
    if (this.#ended) {
      transport.listen({
        bytes: () => undefined,
        drained: () => undefined,
        closed: () => {
          this.#tellClosed();
        },
      });
      transport.destroy();
      return;
    }
    this.#transport = transport;
    transport.listen({
      bytes: (bytes) => {
        this.#receive(bytes);
      },
      drained: () => this.#feed?.drained(),
      closed: (error) => {
        this.#tellClosed();
        this.#end({
          kind: 'closed',
          step: this.#session.step,
          detail: error?.message ?? 'closed by the server',
        });
      },
    });
    this.#session.start();
    this.#carryOut();
  }

  #receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    try {
      this.#session.receive(bytes, this.#options.clock.now());
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#carryOut();
      this.#end({ kind: 'protocol-error', code: error.code, detail: error.message });
      return;
    }
    this.#carryOut();
  }

  #carryOut(): void {
    for (const output of this.#session.takeOutputs()) {
      if (this.#ended) return;
      this.#handle(output);
    }
  }

  #handle(output: ClientOutput): void {
    switch (output.type) {
      case 'send':
        this.#transport?.write([output.bytes]);
        return;
      case 'step':
        if (output.step !== 'live') this.#expectAnswer();
        return;
      case 'started':
        this.#goLive(output.streamId);
        return;
      case 'refused':
        this.#refused(output.step, output.status);
        return;
      case 'status':
        if (output.status.level === 'error' || output.status.code.startsWith('NetStream.Unpublish')) {
          this.#endedByServer(output.status);
        }
        return;
      case 'acknowledged':
        this.#stall.acknowledge(output.bytes, this.#options.clock.now());
        return;
      case 'reconnect-requested':
        this.#options.onReconnectRequested?.(output.tcUrl);
        return;
      case 'round-trip':
        this.#roundTripMs = output.ms;
        return;
      case 'message':
        return;
    }
  }

  #refused(step: ClientStep, { code, description, redirect }: Status): void {
    // A server that let us in and sends `close` now ends the stream; it has nothing against the key.
    if (step === 'live') {
      this.#endedByServer({ code, description });
      return;
    }
    this.#end({
      kind: 'refused',
      step,
      code: this.#told(code),
      description: this.#told(description),
      ...(redirect === undefined ? {} : { redirect }),
      ...(description.includes('authmod=') ? { challenge: description } : {}),
    });
  }

  #endedByServer({ code, description }: Pick<Status, 'code' | 'description'>): void {
    this.#end({
      kind: 'ended-by-server',
      code: this.#told(code),
      description: this.#told(description),
    });
  }

  #goLive(streamId: number): void {
    const transport = this.#transport;
    if (transport === undefined) return;
    this.#stall.begin(this.#options.clock.now());
    this.#watch();
    this.#options.onLive();
    // Whoever hears that may end it, or change the stream.
    if (this.#ended) return;
    this.#feed = new MediaFeed({
      stream: this.#stream,
      transport,
      streamId,
      role: 'publish',
      // The supervisor stops the run when the show ends; it knows first.
      onEnded: () => undefined,
      sent: this.#options.sent,
    });
    this.#feed.setShed(this.#shed);
    this.#feed.start(this.#options.afterMs?.(), this.#options.sentUpTo?.());
  }

  #expectAnswer(): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(STEP_TIMEOUT_MS, () => {
      this.#end({ kind: 'no-answer', step: this.#session.step });
    });
  }

  #watch(): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(WATCH_INTERVAL_MS, () => {
      const now = this.#options.clock.now();
      const bytesSent = this.#transport?.bytesSent() ?? 0;
      const backlogBytes = this.#transport?.backlogBytes() ?? 0;
      const stillMs = this.#stall.stalledFor(now, { bytesSent, backlogBytes });
      if (stillMs !== undefined) {
        const waitingBytes = backlogBytes + (this.#feed?.queue.queuedBytes ?? 0);
        this.#end({ kind: 'stalled', stillMs, waitingBytes });
        return;
      }
      this.#session.tick(now);
      this.#carryOut();
      this.#watch();
    });
  }

  #end(end: RunEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#timer?.cancel();
    this.#abort.abort();
    this.#feed?.stop();
    if (end.kind === 'stalled' || end.kind === 'closed') this.#transport?.destroy();
    else this.#transport?.end(GOODBYE_GRACE_MS);
    // A line that is just being made is closed once it stands.
    if (this.#transport === undefined && !this.#isDialling) this.#tellClosed();
    this.#options.onEnd(end);
  }

  #told(text: string): string {
    const { streamName, secrets = [] } = this.#options;
    return withoutKey(text, streamName, secrets);
  }
}
