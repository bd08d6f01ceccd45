/**
 * One run of a target: dial, shake hands, connect, publish, feed the stream until something ends it. A run happens
 * once; trying again is the supervisor's affair.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { MediaFeed } from '../feed/media-feed.ts';
import type { Stream } from '../hub/stream.ts';
import type { Dial, DialOptions } from '../net/dial.ts';
import { TransportError, type Transport } from '../net/transport.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { HmacSha256 } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import { ClientSession } from '../rtmp/session/client-session.ts';
import type { Status } from '../rtmp/command/status.ts';
import type { ClientOutput, ClientStep } from '../rtmp/session/session-output.ts';
import type { RunEnd } from './run-end.ts';
import type { TargetAddress } from './target-url.ts';

/** Name lookup, TCP and TLS together, ms. */
export const DIAL_TIMEOUT_MS = 10_000;
/** Time a server gets for each step of the set-up, ms: platforms check keys against slow databases. */
export const STEP_TIMEOUT_MS = 15_000;
/** A server that takes nothing for this long while data waits is stalled, ms: longer than a Wi-Fi hiccup. */
export const STALL_TIMEOUT_MS = 20_000;
/** How often a live run looks after itself, ms. */
const WATCH_INTERVAL_MS = 1_000;
/** Time for goodbye to go out, ms. */
const GOODBYE_GRACE_MS = 2_000;

/** What a run needs. */
export type TargetRunOptions = {
  readonly address: TargetAddress;
  readonly streamName: string;
  readonly flashVer?: string;
  readonly stream: Stream;
  /** What must not be shown when the server repeats it, beside the stream name. */
  readonly secrets?: readonly string[];
  /** Stream time that the server has had already, ms; asked once live. Undefined: nothing. */
  readonly afterMs: (() => number | undefined) | undefined;
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

/** What a run counts. */
export type RunCounts = {
  readonly bytesSent: number;
  readonly bytesAcknowledged: number;
  readonly droppedFrames: number;
  readonly queueMs: number;
  readonly videoMessages: number;
  readonly lastMs: number | undefined;
};

/** See the module's words. */
export class TargetRun {
  readonly #options: TargetRunOptions;
  readonly #session: ClientSession;
  readonly #abort = new AbortController();
  #transport: Transport | undefined;
  #feed: MediaFeed | undefined;
  #timer: Timer | undefined;
  #ended = false;
  #tellClosed: () => void = () => undefined;
  /** Settles once the line is closed, after `onEnd`: goodbyes are out, or nobody took them in time. */
  readonly closed = new Promise<void>((resolve) => {
    this.#tellClosed = resolve;
  });
  #acknowledged = 0;
  #lastSent = 0;
  #lastProgressAt = 0;

  constructor(options: TargetRunOptions) {
    this.#options = options;
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
    return {
      bytesSent: this.#transport?.bytesSent() ?? 0,
      bytesAcknowledged: this.#acknowledged,
      droppedFrames: this.#feed?.queue.droppedFrames ?? 0,
      queueMs: this.#feed?.queue.queuedMs ?? 0,
      videoMessages: this.#feed?.counts.videoMessages ?? 0,
      lastMs: this.#feed?.counts.lastMs,
    };
  }

  /** Begins; the end is told through `onEnd`, never thrown. */
  start(): void {
    const { dial, address, line } = this.#options;
    const { host, port, tls } = address;
    dial({ ...line, host, port, tls, timeoutMs: DIAL_TIMEOUT_MS, signal: this.#abort.signal }).then(
      (transport) => {
        this.#connected(transport);
      },
      (error: unknown) => {
        if (!(error instanceof TransportError)) throw error;
        this.#end({ kind: 'dial-failed', code: error.code, detail: error.message });
      },
    );
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
        this.#acknowledged = output.bytes;
        return;
      case 'reconnect-requested':
        this.#options.onReconnectRequested?.(output.tcUrl);
        return;
      case 'message':
      case 'round-trip':
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
      code: this.#withoutKey(code),
      description: this.#withoutKey(description),
      ...(redirect === undefined ? {} : { redirect }),
      ...(description.includes('authmod=') ? { challenge: description } : {}),
    });
  }

  #endedByServer({ code, description }: Pick<Status, 'code' | 'description'>): void {
    this.#end({
      kind: 'ended-by-server',
      code: this.#withoutKey(code),
      description: this.#withoutKey(description),
    });
  }

  #goLive(streamId: number): void {
    const transport = this.#transport;
    if (transport === undefined) return;
    this.#feed = new MediaFeed({
      stream: this.#options.stream,
      transport,
      streamId,
      role: 'publish',
      // The supervisor stops the run when the show ends; it knows first.
      onEnded: () => undefined,
    });
    this.#lastProgressAt = this.#options.clock.now();
    this.#watch();
    this.#options.onLive();
    this.#feed.start(this.#options.afterMs?.());
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
      const sent = this.#transport?.bytesSent() ?? 0;
      if (sent !== this.#lastSent || this.#transport?.backlogBytes() === 0) this.#lastProgressAt = now;
      this.#lastSent = sent;
      if (now - this.#lastProgressAt > STALL_TIMEOUT_MS) this.#end({ kind: 'stalled' });
      else this.#watch();
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
    if (this.#transport === undefined) this.#tellClosed();
    this.#options.onEnd(end);
  }

  /** Servers like to repeat the stream name, which is the key: whole, without its query, or as a URL writes it. */
  #withoutKey(text: string): string {
    const { streamName, secrets = [] } = this.#options;
    let shown = text;
    for (const secret of spellings(streamName, secrets)) shown = shown.replaceAll(secret, '••••');
    return shown;
  }
}

/** A shorter key cannot be told from an ordinary word; nor can parts of a key below the second figure. */
const LEAST_KEY_CHARS = 4;
const LEAST_PART_CHARS = 8;

/** The ways in which a key and other secrets may be repeated, longest first. */
function spellings(streamName: string, secrets: readonly string[]): readonly string[] {
  const [path = '', query = ''] = streamName.split(/\?(.*)/s);
  const values = query.split('&').map((part) => part.slice(part.indexOf('=') + 1));
  const wholes = [streamName, path, ...secrets].filter(({ length }) => length >= LEAST_KEY_CHARS);
  const parts = [...path.split('/'), query, ...values].filter(({ length }) => length >= LEAST_PART_CHARS);
  const all = [...wholes, ...parts].flatMap((part) => [part, ...otherSpellings(part)]);
  return [...new Set(all)].sort((one, other) => other.length - one.length);
}

function otherSpellings(text: string): readonly string[] {
  try {
    return [encodeURIComponent(text), decodeURIComponent(text)];
  } catch {
    // No URL can spell it.
    return [];
  }
}
