/**
 * The studio: builds the rooms, carries out commands, feeds updates. No sockets or files of its own.
 * @module
 */
import type { CommandAnswer, CommandArgs, CommandName } from '../../src-shared/bridge/contract.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import { REHEARSAL_APP } from '../ingest/ingest-desk.ts';
import { IngestServer } from '../ingest/ingest-server.ts';
import { keyDesk } from '../ingest/key-desk.ts';
import { dial } from '../net/dial.ts';
import type { ListenOptions } from '../net/listen.ts';
import { ListenError } from '../net/listen-error.ts';
import { hostInUrl, shownHost } from '../net/shown-host.ts';
import { platformPresets } from '../outbound/presets.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import type { HmacSha256, Md5 } from '../platform/crypto.ts';
import type { Log } from '../platform/log.ts';
import type { Random } from '../platform/random.ts';
import { FlvPreview } from '../preview/flv-preview.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { FIRST_SETTINGS } from '../settings/settings.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { ConnectionBook } from './connection-book.ts';
import { EventLog } from './event-log.ts';
import { IngestBook } from './ingest-book.ts';
import type { StudioParts } from './studio-parts.ts';
import { CommandRefused, type PreviewHandle, type PreviewSink, type StudioPort } from './studio-port.ts';
import { TargetBook } from './target-book.ts';
import { TestSignals } from './test-signals.ts';
import { UpdateFeed } from './update-feed.ts';

/** How often figures are taken and told, ms. */
const SAMPLE_INTERVAL_MS = 1_000;

/** What a studio is built from. */
export type StudioOptions = {
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly hmacSha256: HmacSha256;
  readonly md5: Md5;
  readonly version: string;
  readonly rtmpHost: string;
  readonly rtmpPort: number;
  /** Things that happened at start and belong into the event log. */
  readonly notices: readonly string[];
  /** Path of the test signal's loop, FLV. */
  readonly testSignalFile: string;
  readonly rtmps?:
    { readonly host: string; readonly port: number; readonly cert: string; readonly key: string } | undefined;
};

/** A running studio. */
export type Studio = StudioPort & {
  /** Where encoders connect. */
  readonly rtmp: { readonly host: string; readonly port: number };
  /** Server address for encoders, without a key. */
  readonly rtmpUrl: string;
  /** Says goodbye to platforms and encoders, and saves. */
  readonly stop: () => Promise<void>;
};

type Handlers = {
  readonly [K in CommandName]: (args: CommandArgs<K>) => CommandAnswer<K> | Promise<CommandAnswer<K>>;
};

/**
 * Builds and starts a studio.
 * @throws {ListenError} The RTMP port cannot be had.
 */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  const rooms = new StudioRooms(options);
  const studio = rooms.port();
  try {
    await rooms.listen();
  } catch (error) {
    // One port may be ours already when the next one cannot be had.
    await studio.stop();
    throw error;
  }
  return rooms.port();
}

class StudioRooms {
  readonly #options: StudioOptions;
  readonly #updates = new UpdateFeed();
  readonly #events: EventLog;
  readonly #ingests: IngestBook;
  readonly #targets: TargetBook;
  readonly #connections: ConnectionBook;
  readonly #signals: TestSignals;
  readonly #server: IngestServer;
  readonly #handlers: Handlers;
  #rtmpPort: number;
  #timer: Timer | undefined;

  constructor(options: StudioOptions) {
    this.#options = options;
    this.#rtmpPort = options.rtmpPort;
    const { settings, secrets, clock, random, log, hmacSha256, md5 } = options;
    this.#events = new EventLog(clock, log, (event) => {
      this.#updates.emit({ type: 'event', event });
    });
    const parts: StudioParts = {
      settings,
      secrets,
      clock,
      random,
      hmacSha256,
      md5,
      dial,
      events: this.#events,
      emit: (update) => {
        this.#updates.emit(update);
      },
    };
    this.#repairTargets();
    this.#targets = new TargetBook(parts, {
      slot: (ingestId) => this.#ingests.slot(ingestId),
      wishesChanged: (ingestId) => this.#ingests.slot(ingestId)?.refreshHold(),
      firstIngestId: () => settings.value.ingests[0]?.id,
      rehearsalUrl: () => this.#localUrl(REHEARSAL_APP),
    });
    this.#signals = new TestSignals(parts, options.testSignalFile, (ingestId) => {
      this.#ingests.changed(ingestId);
    });
    this.#ingests = new IngestBook(parts, {
      serverUrl: (app) => this.#serverUrl(app),
      hasLiveTargets: (ingestId) => this.#targets.hasLiveTargets(ingestId),
      hasTestSignal: (ingestId) => this.#signals.has(ingestId),
      streamLive: (ingestId, live) => {
        this.#targets.streamLive(ingestId, live);
      },
    });
    this.#targets.open();
    this.#connections = new ConnectionBook(parts);
    const desk = keyDesk({
      slots: () => this.#ingests.keyedSlots(),
      rehearsal: (caller) => this.#targets.rehearsal(caller),
      playersChanged: (ingestId, change) => {
        this.#ingests.playersChanged(ingestId, change);
      },
    });
    this.#server = new IngestServer({ desk, clock, random, hmacSha256, log }, this.#connections.update);
    this.#handlers = this.#makeHandlers();
  }

  /** @throws {ListenError} */
  async listen(): Promise<void> {
    const { rtmpHost: host, rtmpPort, rtmps, notices } = this.#options;
    const listener = await this.#server.listen({ host, port: rtmpPort });
    this.#rtmpPort = listener.port;
    await this.#listenOnIpv6Too(host, listener.port);
    if (rtmps !== undefined) {
      const { cert, key } = rtmps;
      const secure = await this.#server.listen({ host: rtmps.host, port: rtmps.port, tls: { cert, key } });
      await this.#listenOnIpv6Too(rtmps.host, secure.port, { cert, key });
      const words = `Encoders may also publish to rtmps://${shownHost(rtmps.host)}:${secure.port}/live.`;
      this.#events.write('info', 'rtmps-started', words);
    }
    for (const notice of notices) this.#events.write('warning', 'start-notice', notice);
    this.#events.write(
      'info',
      'studio-started',
      `Relaydeck is ready. Encoders publish to ${this.#serverUrl('live')}.`,
    );
    this.#sampleLater();
  }

  /** Encoders that are told "localhost" may try ::1 only (OBS with IPv6 first): local means both. */
  async #listenOnIpv6Too(host: string, port: number, tls?: ListenOptions['tls']): Promise<void> {
    if (host !== '127.0.0.1') return;
    try {
      await this.#server.listen({ host: '::1', port, tls });
    } catch (error) {
      if (!(error instanceof ListenError)) throw error;
      // Without IPv6 on this computer nobody can ask for it.
      if (error.code !== 'EADDRINUSE') return;
      const words = `Port ${port} is taken on ::1 (IPv6) by another program. Encoders must use 127.0.0.1 in the server address, not localhost.`;
      this.#events.write('warning', 'ipv6-port-taken', words);
    }
  }

  port(): Studio {
    return {
      rtmp: { host: this.#options.rtmpHost, port: this.#rtmpPort },
      rtmpUrl: this.#serverUrl('live'),
      carryOut: (command, args) => this.#carryOut(command, args),
      subscribe: (listener) => this.#updates.subscribe({ type: 'snapshot', state: this.#state() }, listener),
      openPreview: (ingestId, sink) => this.#openPreview(ingestId, sink),
      stop: () => this.#stop(),
    };
  }

  async #carryOut<K extends CommandName>(command: K, args: CommandArgs<K>): Promise<CommandAnswer<K>> {
    return await this.#handlers[command](args);
  }

  #makeHandlers(): Handlers {
    const ingests = this.#ingests;
    const targets = this.#targets;
    return {
      'state.get': () => this.#state(),
      'platforms.list': () => [...platformPresets],
      'ingest.create': (args) => ingests.create(args),
      'ingest.update': (args) => ingests.update(args),
      'ingest.delete': ({ id }) => this.#deleteIngest(id),
      'ingest.renew-key': ({ id }) => ingests.renewKey(id),
      'ingest.end-hold': ({ id }) => ingests.endHold(id),
      'ingest.start-test-signal': ({ id }) => this.#startTestSignal(id),
      'ingest.stop-test-signal': ({ id }) => {
        ingests.get(id);
        this.#signals.stop(id);
        return ingests.get(id);
      },
      'ingest.preview-url': ({ id }) => ({ url: `/preview/${encodeURIComponent(ingests.get(id).id)}.flv` }),
      'target.create': (args) => targets.create(args),
      'target.update': (args) => targets.update(args),
      'target.delete': ({ id }) => {
        targets.delete(id);
        return null;
      },
      'target.start': ({ id }) => targets.start(id),
      'target.stop': ({ id }) => targets.stop(id),
      'targets.start-all': () => {
        for (const { id } of targets.list()) targets.start(id);
        return null;
      },
      'targets.stop-all': () => {
        for (const { id } of targets.list()) targets.stop(id);
        return null;
      },
    };
  }

  #deleteIngest(id: string): null {
    const { name } = this.#ingests.get(id);
    if (this.#targets.usesIngest(id)) {
      const words = `Targets still send what comes in on "${name}". Delete them or move them to another ingest first.`;
      throw new CommandRefused('ingest-in-use', words);
    }
    if (this.#ingests.list().length === 1) {
      throw new CommandRefused(
        'last-ingest',
        'This is the only ingest; encoders need one to publish to. Make another one first.',
      );
    }
    this.#signals.stop(id);
    this.#ingests.delete(id);
    return null;
  }

  async #startTestSignal(id: string): Promise<CommandAnswer<'ingest.start-test-signal'>> {
    const ingest = this.#ingests.get(id);
    if (ingest.state === 'live' && !this.#signals.has(id)) {
      const words = `"${ingest.name}" is live with an encoder. Stop it before starting the test signal.`;
      throw new CommandRefused('ingest-live', words);
    }
    const { streamKey, app } = ingest;
    await this.#signals.start({ ingestId: id, url: this.#localUrl(app), streamKey });
    return this.#ingests.get(id);
  }

  #openPreview(ingestId: string, sink: PreviewSink): PreviewHandle | undefined {
    const slot = this.#ingests.slot(ingestId);
    if (slot === undefined) return undefined;
    const preview = new FlvPreview(slot.stream, sink);
    preview.start();
    return preview;
  }

  #state(): StudioState {
    return {
      version: this.#options.version,
      rtmpUrl: this.#serverUrl('live'),
      ingests: this.#ingests.list(),
      targets: this.#targets.list(),
      connections: this.#connections.list(),
      events: this.#events.events,
      uplink: {
        totalKbps: this.#targets.totalKbps,
        budgetKbps: this.#options.settings.value.uplinkBudgetKbps,
      },
    };
  }

  #sampleLater(): void {
    this.#timer = this.#options.clock.after(SAMPLE_INTERVAL_MS, () => {
      const now = this.#options.clock.now();
      this.#ingests.sample(now);
      this.#targets.sample(now);
      this.#sampleLater();
    });
  }

  async #stop(): Promise<void> {
    this.#timer?.cancel();
    this.#signals.stopAll();
    const goodbyes = this.#targets.close();
    this.#ingests.close();
    await this.#server.stop();
    await goodbyes;
    await this.#options.settings.flush();
    await this.#options.secrets.flush();
  }

  /** A settings file edited by hand may name ingests that are not there: their targets go to the first one. */
  #repairTargets(): void {
    const [firstEver] = FIRST_SETTINGS.ingests;
    this.#options.settings.update((value) => {
      const ingests = value.ingests.length > 0 || firstEver === undefined ? value.ingests : [firstEver];
      const ids = new Set(ingests.map(({ id }) => id));
      const [first = ''] = ids;
      if (ingests === value.ingests && value.targets.every(({ ingestId }) => ids.has(ingestId))) return value;
      const targets = value.targets.map((target) =>
        ids.has(target.ingestId) ? target : { ...target, ingestId: first, enabled: false },
      );
      const words =
        'Some targets named an ingest that does not exist. They were moved to the first ingest and switched off.';
      this.#events.write('warning', 'targets-moved', words);
      return { ...value, ingests, targets };
    });
  }

  #serverUrl(app: string): string {
    return `rtmp://${shownHost(this.#options.rtmpHost)}:${this.#rtmpPort}/${app}`;
  }

  #localUrl(app: string): string {
    return `rtmp://${hostInUrl(this.#options.rtmpHost)}:${this.#rtmpPort}/${app}`;
  }
}
