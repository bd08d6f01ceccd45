/**
 * One incoming connection: session, transport, and the answers of the desk.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { MediaFeed } from '../feed/media-feed.ts';
import type { Transport } from '../net/transport.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { HmacSha256 } from '../platform/crypto.ts';
import type { Log } from '../platform/log.ts';
import type { Random } from '../platform/random.ts';
import { SET_UP_TIMEOUT_MS, SILENT_PUBLISHER_TIMEOUT_MS } from '../rtmp/limits.ts';
import { ServerSession } from '../rtmp/session/server-session.ts';
import type { ServerOutput } from '../rtmp/session/session-output.ts';
import { PlayerWatch } from './player-watch.ts';
import { roleOf, shownSoftware, wordsForProtocolError, type ConnectionRecord } from './connection-record.ts';
import type { Caller, IngestDesk, PlayPlace, PublishPlace, Refusal } from './ingest-desk.ts';

/** Time a refused peer gets to read why, ms. */
const GOODBYE_GRACE_MS = 2_000;
/** A publisher that has sent nothing for this long is asked for a sign of life, ms. */
const PING_AFTER_SILENCE_MS = 3_000;

/** A connection that was used and is not any more holds its place this long, ms: encoders that stop close at once. */
const IDLE_TIMEOUT_MS = 60_000;

/** What every connection needs. */
export type ConnectionParts = {
  readonly desk: IngestDesk;
  readonly clock: Clock;
  readonly random: Random;
  readonly hmacSha256: HmacSha256;
  readonly log: Log;
};

type Play = { readonly place: PlayPlace; readonly feed: MediaFeed };

/** Lives as long as its transport. */
export class IngestConnection {
  readonly #parts: ConnectionParts;
  readonly #transport: Transport;
  readonly #record: ConnectionRecord;
  readonly #session: ServerSession;
  readonly #onClosed: () => void;
  #app = '';
  #software: string | null = null;
  #bytesReceived = 0;
  /** ms, monotonic. */
  readonly acceptedAt: number;
  #lastHeardAt: number;
  /** When our half of the handshake went out, ms, monotonic: its echo measures the way. */
  #greetedAt: number | undefined;
  #roundTripMs: number | null = null;
  readonly #players: PlayerWatch;
  #lastUsedAt: number;
  /** By message stream: one connection may publish on several. */
  readonly #publishings = new Map<number, PublishPlace>();
  readonly #plays = new Map<number, Play>();
  #timer: Timer | undefined;
  #ending = false;

  constructor(options: {
    parts: ConnectionParts;
    transport: Transport;
    record: ConnectionRecord;
    onClosed: () => void;
  }) {
    this.#parts = options.parts;
    this.#transport = options.transport;
    this.#record = options.record;
    this.#onClosed = options.onClosed;
    const { clock, random, hmacSha256 } = options.parts;
    this.#session = new ServerSession((length) => random.bytes(length), hmacSha256);
    this.acceptedAt = clock.now();
    this.#lastHeardAt = clock.now();
    this.#players = new PlayerWatch(this.#transport, clock.now());
    this.#lastUsedAt = clock.now();
    this.#timer = clock.after(SET_UP_TIMEOUT_MS, () => {
      this.#fail('set-up-timeout', 'not set up in time');
    });
    this.#transport.listen({
      bytes: (bytes) => {
        this.#receive(bytes);
      },
      drained: () => {
        for (const { feed } of this.#plays.values()) feed.drained();
      },
      closed: (error) => {
        this.#closed(error?.message);
      },
    });
  }

  /** Whether it has neither published nor played nor ended yet. */
  get isSettingUp(): boolean {
    return !this.#ending && this.#record.value.outcome === 'in-progress';
  }

  /** How far a set-up has come: 0 nothing said, then one for each stage. */
  get progress(): number {
    const stages = { handshake: 1, connection: 2, stream: 3 };
    return this.#bytesReceived === 0 ? 0 : stages[this.#record.value.stage];
  }

  /** Too many others want to set up; this one has had its time. */
  giveWay(): void {
    this.#fail('gave-way', 'too many connections in set-up');
  }

  /** Ends it for a reason of ours: the studio stops. An encoder that can is told to come again by itself. */
  close(code: string, message: string): void {
    if (this.#publishings.size > 0 && code === 'studio-stopped')
      this.#session.requestReconnect(undefined, message);
    this.#record.update({ outcome: 'closed', reason: { code, message } });
    for (const streamId of this.#plays.keys()) this.#session.endPlay(streamId);
    this.#carryOut();
    this.#end();
  }

  #receive(bytes: Uint8Array): void {
    if (this.#ending) return;
    const now = this.#parts.clock.now();
    this.#bytesReceived += bytes.length;
    this.#lastHeardAt = now;
    try {
      this.#session.receive(bytes, now);
      this.#carryOut();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#carryOut();
      this.#fail(error.code, error.message);
    }
  }

  /** Deals with what the session gives back, until nothing more comes. Answers may bring new outputs. */
  #carryOut(): void {
    for (
      let outputs = this.#session.takeOutputs();
      outputs.length > 0;
      outputs = this.#session.takeOutputs()
    ) {
      for (const output of outputs) this.#handle(output);
    }
  }

  #handle(output: ServerOutput): void {
    switch (output.type) {
      case 'send':
        this.#greetedAt ??= this.#parts.clock.now();
        this.#transport.write([output.bytes]);
        return;
      case 'message':
        this.#publishings.get(output.message.streamId)?.message(output.message, this.#parts.clock.now());
        return;
      case 'handshake-done':
        // C2 comes as soon as S1 is there (§5.2.1): a round trip that costs nothing.
        this.#roundTripMs = this.#parts.clock.now() - (this.#greetedAt ?? this.#parts.clock.now());
        this.#record.update({ stage: 'connection' });
        return;
      case 'connect-requested':
        this.#app = output.request.app;
        this.#software = shownSoftware(output.request.flashVer);
        this.#record.update({ software: this.#software, role: roleOf(this.#app) });
        this.#answer(this.#parts.desk.connect(output.request), () => {
          this.#record.update({ stage: 'stream' });
        });
        return;
      case 'publish-requested':
        if (this.#record.value.role === 'unknown') this.#record.update({ role: 'encoder' });
        this.#answer(this.#parts.desk.publish(this.#caller(output.streamName)), (place) => {
          this.#publishings.set(output.streamId, place);
          this.#record.update({ outcome: 'ok', ingestId: place.ingestId });
          this.#watch();
        });
        return;
      case 'play-requested':
        this.#record.update({ role: 'player' });
        this.#play(output.streamId, output.streamName);
        return;
      case 'unpublished':
        this.#unpublish(output.streamId, true);
        return;
      case 'play-stopped':
        this.#stopPlay(output.streamId);
        return;
      case 'pause-changed':
        this.#plays.get(output.streamId)?.feed.setPaused(output.paused);
        return;
      case 'acknowledged':
        this.#players.acknowledged(this.#parts.clock.now());
        return;
      case 'round-trip':
        this.#roundTripMs = output.ms;
        return;
    }
  }

  /** Answers the session's open question as the desk says. */
  #answer<P extends { readonly ok: true }>(verdict: P | Refusal, accepted: (place: P) => void): void {
    if (verdict.ok) {
      accepted(verdict);
      this.#session.accept(this.#parts.clock.now());
      return;
    }
    this.#session.reject(verdict.statusCode, verdict.message);
    this.#record.update({
      outcome: 'refused',
      reason: { code: verdict.code, message: verdict.message },
      ingestId: verdict.ingestId,
    });
    this.#parts.log.write('debug', 'connection refused', {
      address: this.#transport.remoteAddress,
      code: verdict.code,
    });
    this.#carryOut();
    this.#end();
  }

  #play(streamId: number, streamName: string): void {
    this.#answer(this.#parts.desk.play(this.#caller(streamName)), (place) => {
      const feed = new MediaFeed({
        stream: place.stream,
        transport: this.#transport,
        streamId,
        role: 'play',
        onEnded: () => {
          this.#session.endPlay(streamId);
          this.#carryOut();
          this.#stopPlay(streamId);
        },
      });
      this.#plays.set(streamId, { place, feed });
      this.#record.update({ outcome: 'ok', ingestId: place.ingestId });
      this.#watch();
    });
    // The feed starts once the session has said yes on the wire.
    if (this.#ending) return;
    this.#carryOut();
    this.#plays.get(streamId)?.feed.start();
  }

  #caller(streamName: string): Caller {
    return {
      connectionId: this.#record.value.id,
      address: this.#transport.remoteAddress,
      software: this.#software,
      app: this.#app,
      streamName,
      lastHeardAt: () => this.#lastHeardAt,
      bytesReceived: () => this.#bytesReceived,
      roundTripMs: () => this.#roundTripMs,
      close: (code, message) => {
        this.close(code, message);
      },
    };
  }

  /** Set-up is over: from now on pings and silence are watched. */
  #watch(): void {
    this.#timer?.cancel();
    this.#timer = this.#parts.clock.after(1_000, () => {
      const now = this.#parts.clock.now();
      // A publisher that sends is alive. A ping that meets FFmpeg's last bytes would turn its close into a reset,
      // and what it sent last would be lost.
      if (this.#plays.size > 0 || now - this.#lastHeardAt > PING_AFTER_SILENCE_MS) {
        this.#session.tick(now);
        this.#carryOut();
      }
      if (this.#publishings.size > 0 && now - this.#lastHeardAt > SILENT_PUBLISHER_TIMEOUT_MS) {
        this.#fail('publisher-silent', 'nothing received');
      } else if (this.#players.isStuck(now, this.#plays.size > 0)) {
        this.#fail('player-stuck', 'nothing taken');
      } else if (this.#isIdle(now)) {
        this.close('idle', 'It had stopped, and left its connection open.');
      } else if (!this.#ending) this.#watch();
    });
  }

  /** Neither publishes nor plays any more, and has not begun anew. */
  #isIdle(now: number): boolean {
    if (this.#publishings.size > 0 || this.#plays.size > 0) this.#lastUsedAt = now;
    return now - this.#lastUsedAt > IDLE_TIMEOUT_MS;
  }

  #unpublish(streamId: number, orderly: boolean): void {
    const place = this.#publishings.get(streamId);
    this.#publishings.delete(streamId);
    place?.left(orderly);
  }

  #stopPlay(streamId: number): void {
    const play = this.#plays.get(streamId);
    if (play === undefined) return;
    this.#plays.delete(streamId);
    play.feed.stop();
    play.place.left();
  }

  #fail(code: string, detail: string): void {
    if (this.#ending) return;
    this.#record.update({
      outcome: 'failed',
      reason: { code, message: wordsForProtocolError(code, detail) },
    });
    this.#parts.log.write('debug', 'connection failed', {
      address: this.#transport.remoteAddress,
      code,
      detail,
    });
    this.#leaveAll();
    this.#ending = true;
    this.#transport.destroy();
  }

  #end(): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#leaveAll();
    this.#transport.end(GOODBYE_GRACE_MS);
  }

  #leaveAll(): void {
    this.#timer?.cancel();
    for (const streamId of [...this.#publishings.keys()]) this.#unpublish(streamId, false);
    for (const streamId of [...this.#plays.keys()]) this.#stopPlay(streamId);
  }

  #closed(detail: string | undefined): void {
    this.#ending = true;
    this.#leaveAll();
    const { outcome, role } = this.#record.value;
    const early = outcome === 'in-progress' && role !== 'player';
    this.#record.update(
      early
        ? {
            outcome: 'failed',
            reason: {
              code: 'closed-early',
              message: `The connection was closed by the other side before it published (${detail ?? 'in order'}).`,
            },
          }
        : { outcome: 'closed' },
    );
    this.#onClosed();
  }
}
