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
import { hostInUrl, shownHost } from '../net/shown-host.ts';
import { ReconnectCoordinator } from '../outbound/reconnect-coordinator.ts';
import { commandHandlers, type Handlers } from './command-handlers.ts';
import { watchComputer } from './computer-events.ts';
import type { ComputerWatch } from './computer-watch.ts';
import { ConnectionBook } from './connection-book.ts';
import { DelayBook } from './delay-book.ts';
import { EventLog } from './event-log.ts';
import { FfmpegDesk } from './ffmpeg-desk.ts';
import { HistoryDesk } from './history-desk.ts';
import { IngestBook } from './ingest-book.ts';
import { listenOnBoth } from './listen-on-both.ts';
import { openNetworkDesk, type OwnPorts } from './network-desk.ts';
import { isNetworkLoss } from './network-loss.ts';
import { NoticeDesk } from './notice-desk.ts';
import { PortableDesk } from './portable-desk.ts';
import { previewDesk } from './preview-desk.ts';
import { RehearsalDesk } from './rehearsal-desk.ts';
import { repairTargets } from './repair-targets.ts';
import { Sampler } from './sampler.ts';
import type { StudioParts } from './studio-parts.ts';
import type { Studio, StudioOptions } from './studio-options.ts';
import { TargetBook } from './target-book.ts';
import { TestSignals } from './test-signals.ts';
import { UplinkDesk } from './uplink-desk.ts';
import { WebhookBook } from './webhook-book.ts';
import { UpdateFeed } from './update-feed.ts';

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
  readonly #ffmpeg: FfmpegDesk;
  readonly #coordinator: ReconnectCoordinator;
  readonly #delays: DelayBook;
  readonly #ingests: IngestBook;
  readonly #targets: TargetBook;
  readonly #uplink: UplinkDesk;
  readonly #rehearsals: RehearsalDesk;
  readonly #connections: ConnectionBook;
  readonly #signals: TestSignals;
  readonly #history: HistoryDesk;
  readonly #notices: NoticeDesk;
  readonly #webhooks: WebhookBook;
  readonly #server: IngestServer;
  readonly #computer: ComputerWatch;
  readonly #handlers: Handlers;
  /** Ingests whose show is on: what begins anew is told from what goes on after a hold. */
  readonly #shows = new Set<string>();
  #ports: OwnPorts;
  readonly #sampler: Sampler;

  constructor(options: StudioOptions) {
    this.#options = options;
    this.#ports = { rtmpPort: options.rtmpPort, rtmpsPort: null };
    const { settings, clock, random, log, hmacSha256 } = options;
    this.#events = new EventLog(clock, log, (event) => {
      this.#updates.emit({ type: 'event', event });
      this.#history.event(event);
      this.#notices.event(event);
      this.#webhooks.event(event);
    });
    this.#ffmpeg = new FfmpegDesk(options.ffmpeg, (words) => {
      this.#events.write('warning', 'ffmpeg-problem', words);
    });
    const parts = this.#parts();
    this.#history = new HistoryDesk(parts, options.history);
    this.#notices = new NoticeDesk({ parts, redact: options.redact });
    this.#webhooks = new WebhookBook({
      parts,
      fetch: options.fetch,
      version: options.version,
      redact: options.redact,
    });
    repairTargets(settings, this.#events);
    this.#coordinator = new ReconnectCoordinator({
      clock,
      random,
      liveCount: () => this.#targets.running().filter(({ legs }) => legs.state === 'live').length,
      onTogether: ({ names }) => {
        const words = `${names.join(', ')} were lost at the same moment: most likely this computer's line or network. They come back one after another.`;
        this.#events.write('warning', 'lost-together', words);
      },
    });
    this.#delays = new DelayBook(parts, {
      slot: (ingestId) => this.#ingests.slot(ingestId),
      kbps: (ingestId) => this.#ingests.rates(ingestId)?.none ?? 0,
      changed: (ingestId) => {
        this.#ingests.changed(ingestId);
      },
    });
    this.#targets = this.#makeTargets(parts);
    this.#signals = new TestSignals(parts, options.testSignalFile, (ingestId) => {
      this.#ingests.changed(ingestId);
    });
    this.#ingests = new IngestBook(parts, {
      serverUrl: (app) => this.#serverUrl(app),
      hasLiveTargets: (ingestId) => this.#targets.hasLiveTargets(ingestId),
      hasTestSignal: (ingestId) => this.#signals.has(ingestId),
      delay: (ingestId) => this.#delays.report(ingestId),
      streamLive: (ingestId, live) => {
        this.#showLive(ingestId, live);
      },
    });
    this.#uplink = new UplinkDesk(parts);
    this.#rehearsals = this.#makeRehearsals(parts);
    this.#targets.open();
    this.#connections = new ConnectionBook(parts);
    const desk = keyDesk({
      slots: () => this.#ingests.keyedSlots(),
      rehearsal: (caller) => this.#rehearsals.place(caller) ?? this.#targets.rehearsal(caller),
      playersChanged: (ingestId, change) => {
        this.#ingests.playersChanged(ingestId, change);
      },
    });
    this.#server = new IngestServer({ desk, clock, random, hmacSha256, log }, this.#connections.update);
    this.#computer = watchComputer({
      clock,
      addresses: options.networkAddresses,
      events: this.#events,
      lineMayHaveChanged: () => {
        this.#targets.lineMayHaveChanged();
      },
    });
    this.#sampler = new Sampler(options.clock, (now) => this.#sampling(now));
    this.#handlers = commandHandlers({
      parts,
      ingests: this.#ingests,
      targets: this.#targets,
      delays: this.#delays,
      uplink: this.#uplink,
      rehearsals: this.#rehearsals,
      signals: this.#signals,
      ffmpeg: this.#ffmpeg,
      network: openNetworkDesk(options, () => this.#ports),
      history: this.#history,
      notices: this.#notices,
      webhooks: this.#webhooks,
      portable: new PortableDesk(parts, {
        ...this.#options,
        ...{ targets: this.#targets, delays: this.#delays, ports: () => this.#ports },
      }),
      diagnose: async () => {
        const shows = await this.#history.list().catch(() => []);
        return options.diagnose(this.#state(), shows);
      },
      state: () => this.#state(),
      localUrl: (app) => this.#localUrl(app),
    });
    void this.#ffmpeg.look(settings.value.ffmpegPath);
  }

  /** @throws {ListenError} */
  async listen(): Promise<void> {
    const { rtmpHost: host, rtmpPort, rtmps, notices } = this.#options;
    const listener = await listenOnBoth(this.#server, { host, port: rtmpPort }, this.#events);
    this.#ports = { rtmpPort: listener.port, rtmpsPort: null };
    if (rtmps !== undefined) {
      const { cert, key } = rtmps;
      const wanted = { host: rtmps.host, port: rtmps.port, tls: { cert, key } };
      const secure = await listenOnBoth(this.#server, wanted, this.#events);
      this.#ports = { rtmpPort: listener.port, rtmpsPort: secure.port };
      const words = `Encoders may also publish to rtmps://${shownHost(rtmps.host)}:${secure.port}/live.`;
      this.#events.write('info', 'rtmps-started', words);
    }
    for (const notice of notices) this.#events.write('warning', 'start-notice', notice);
    this.#events.write(
      'info',
      'studio-started',
      `Relaydeck is ready. Encoders publish to ${this.#serverUrl('live')}.`,
    );
    this.#sampler.start();
    this.#computer.start();
  }

  port(): Studio {
    return {
      rtmp: { host: this.#options.rtmpHost, port: this.#ports.rtmpPort },
      rtmpUrl: this.#serverUrl('live'),
      carryOut: (command, args) => this.#carryOut(command, args),
      subscribe: (listener) => this.#updates.subscribe({ type: 'snapshot', state: this.#state() }, listener),
      ...previewDesk({
        ingest: (id) => this.#ingests.slot(id)?.stream,
        target: (id) => this.#targets.running().find((target) => target.id === id)?.legs.sent,
      }),
      stop: () => this.#stop(),
    };
  }

  async #carryOut<K extends CommandName>(command: K, args: CommandArgs<K>): Promise<CommandAnswer<K>> {
    return await this.#handlers[command](args);
  }

  #parts(): StudioParts {
    const { settings, secrets, clock, random, hmacSha256, md5, openSpill, freeDiskBytes } = this.#options;
    return {
      ...{ settings, secrets, clock, random, hmacSha256, md5, dial },
      events: this.#events,
      emit: (update) => {
        this.#updates.emit(update);
      },
      isHeard: () => this.#updates.isHeard,
      slates: this.#ffmpeg,
      openSpill,
      freeDiskBytes,
    };
  }

  #makeTargets(parts: StudioParts): TargetBook {
    return new TargetBook(parts, {
      delays: this.#delays,
      ingestExists: (ingestId) => this.#ingests.slot(ingestId) !== undefined,
      wishesChanged: (ingestId) => this.#ingests.slot(ingestId)?.refreshHold(),
      firstIngestId: () => parts.settings.value.ingests[0]?.id,
      rehearsalUrl: () => this.#localUrl(REHEARSAL_APP),
      source: (ingestId) => this.#ingests.source(ingestId),
      retryDelay: ({ id, name }, { code }, attempt) =>
        this.#coordinator.lost({ targetId: id, name, code, attempt, isNetwork: isNetworkLoss(code) }),
    });
  }

  #makeRehearsals(parts: StudioParts): RehearsalDesk {
    return new RehearsalDesk(parts, {
      slot: (ingestId) => this.#ingests.slot(ingestId),
      rates: (ingestId) => this.#ingests.rates(ingestId),
      place: (targetId) => this.#targets.place(targetId),
      rehearsalUrl: () => this.#localUrl(REHEARSAL_APP),
      wantedNames: () => this.#targets.running().flatMap(({ legs, name }) => (legs.isWanted ? [name] : [])),
    });
  }

  #showLive(ingestId: string, live: boolean): void {
    const isNew = live && !this.#shows.has(ingestId);
    this.#history.ingestLive(this.#ingests.get(ingestId), live);
    if (live) this.#shows.add(ingestId);
    else {
      this.#shows.delete(ingestId);
      this.#rehearsals.showEnded(ingestId);
    }
    this.#options.onShows(this.#shows.size);
    this.#targets.showLive(ingestId, live, isNew);
  }

  #state(): StudioState {
    return {
      version: this.#options.version,
      rtmpUrl: this.#serverUrl('live'),
      ingests: this.#ingests.list(),
      targets: this.#targets.list(),
      connections: this.#connections.list(),
      events: this.#events.events,
      uplink: this.#uplink.uplink,
      rehearsal: this.#rehearsals.newest,
      notices: this.#notices.settings(),
    };
  }

  *#sampling(now: number): Generator<undefined, void> {
    this.#ingests.sample(now);
    yield;
    this.#targets.sample(now);
    yield;
    this.#uplink.sample(now, this.#targets.running(), this.#ingests);
    this.#rehearsals.sample();
    yield;
    this.#history.sample(now, { ingests: this.#ingests.list(), targets: this.#targets.list() });
  }

  async #stop(): Promise<void> {
    this.#sampler.stop();
    this.#computer.stop();
    this.#coordinator.close();
    this.#signals.stopAll();
    const rehearsed = this.#rehearsals.giveWay();
    const goodbyes = this.#targets.close();
    this.#ingests.close();
    await this.#server.stop();
    await goodbyes;
    await rehearsed;
    await this.#delays.closeAll();
    this.#webhooks.close();
    await this.#history.close();
    await this.#options.settings.flush();
    await this.#options.secrets.flush();
  }

  #serverUrl(app: string): string {
    return `rtmp://${shownHost(this.#options.rtmpHost)}:${this.#ports.rtmpPort}/${app}`;
  }

  #localUrl(app: string): string {
    return `rtmp://${hostInUrl(this.#options.rtmpHost)}:${this.#ports.rtmpPort}/${app}`;
  }
}
