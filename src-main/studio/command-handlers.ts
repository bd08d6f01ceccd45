/**
 * Carries out the commands of the contract, each by the book it is about.
 * @module
 */
import type { CommandAnswer, CommandArgs, CommandName } from '../../src-shared/bridge/contract.ts';
import type { Diagnosis, StudioSettings, StudioState } from '../../src-shared/model/studio-state.ts';
import { platformPresets } from '../outbound/presets.ts';
import type { DelayBook } from './delay-book.ts';
import type { FfmpegDesk } from './ffmpeg-desk.ts';
import type { HistoryDesk } from './history-desk.ts';
import type { IngestBook } from './ingest-book.ts';
import type { NetworkDesk } from './network-desk.ts';
import type { NoticeDesk } from './notice-desk.ts';
import type { PortableDesk } from './portable-desk.ts';
import type { RehearsalDesk } from './rehearsal-desk.ts';
import { given, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';
import type { TargetBook } from './target-book.ts';
import type { TestSignals } from './test-signals.ts';
import type { UplinkDesk } from './uplink-desk.ts';
import type { WebhookBook } from './webhook-book.ts';

/** One per command. */
export type Handlers = {
  readonly [K in CommandName]: (args: CommandArgs<K>) => CommandAnswer<K> | Promise<CommandAnswer<K>>;
};

/** Who carries them out. */
export type CommandRooms = {
  readonly parts: StudioParts;
  readonly ingests: IngestBook;
  readonly targets: TargetBook;
  readonly delays: DelayBook;
  readonly uplink: UplinkDesk;
  readonly rehearsals: RehearsalDesk;
  readonly signals: TestSignals;
  readonly history: HistoryDesk;
  readonly notices: NoticeDesk;
  readonly webhooks: WebhookBook;
  readonly diagnose: () => Promise<Diagnosis>;
  readonly ffmpeg: FfmpegDesk;
  readonly network: NetworkDesk;
  readonly portable: PortableDesk;
  readonly state: () => StudioState;
  /** Address of this studio's own server, for an app. */
  readonly localUrl: (app: string) => string;
};

/** The whole table. */
export function commandHandlers(rooms: CommandRooms): Handlers {
  return {
    ...studioCommands(rooms),
    ...recordCommands(rooms),
    ...ingestCommands(rooms),
    ...targetCommands(rooms),
  };
}

type Some<K extends CommandName> = Pick<Handlers, K>;

function studioCommands(
  rooms: CommandRooms,
): Some<
  | 'window.url'
  | 'state.get'
  | 'platforms.list'
  | 'settings.get'
  | 'settings.update'
  | 'rehearsal.start'
  | 'rehearsal.stop'
> {
  const { parts, ingests, rehearsals } = rooms;
  return {
    'state.get': () => rooms.state(),
    'window.url': () => ({ url: '/' }),
    'platforms.list': () => [...platformPresets],
    'settings.get': () => shownSettings(rooms),
    'settings.update': (args) => updateSettings(rooms, args),
    'rehearsal.start': ({ ingestId, seconds }) => {
      const id = ingestId ?? parts.settings.value.ingests[0]?.id ?? '';
      return rehearsals.start(ingests.get(id).id, seconds);
    },
    'rehearsal.stop': async () => {
      await rehearsals.giveWay();
      return rehearsals.newest;
    },
  };
}

type RecordCommand = Extract<
  CommandName,
  `history.${string}` | `notices.${string}` | `webhook.${string}` | `webhooks.${string}` | 'diagnosis.write'
>;

function recordCommands(rooms: CommandRooms): Some<RecordCommand> {
  const { history, notices, webhooks } = rooms;
  return {
    'history.list': () => history.list(),
    'history.report': ({ id }) => history.report(id),
    'notices.get': () => notices.settings(),
    'notices.update': (args) => notices.update(args),
    'webhooks.list': () => [...webhooks.list()],
    'webhook.create': (args) => webhooks.create(args),
    'webhook.update': (args) => webhooks.update(args),
    'webhook.delete': ({ id }) => {
      webhooks.delete(id);
      return null;
    },
    'webhook.test': ({ id }) => webhooks.test(id),
    'diagnosis.write': () => rooms.diagnose(),
  };
}

type IngestCommand = Extract<CommandName, `ingest.${string}`>;

function ingestCommands(rooms: CommandRooms): Some<IngestCommand> {
  const { ingests, delays, signals } = rooms;
  return {
    'ingest.create': (args) => ingests.create(args),
    'ingest.update': (args) => ingests.update(args),
    'ingest.delete': ({ id }) => deleteIngest(rooms, id),
    'ingest.restore': ({ id }) => ingests.restore(id),
    'ingest.renew-key': ({ id }) => ingests.renewKey(id),
    'ingest.end-hold': ({ id }) => ingests.endHold(id),
    'ingest.switch-source': ({ id, to }) => ingests.switchSource(id, to),
    'ingest.arm-delay': async ({ id, seconds }) => {
      await delays.checkFits(ingests.get(id).id, seconds, 'seconds');
      delays.arm(id, seconds);
      return ingests.get(id);
    },
    'ingest.activate-delay': ({ id }) => {
      delays.activate(ingests.get(id).id);
      return ingests.get(id);
    },
    'ingest.cut-delay': ({ id }) => {
      delays.cut(ingests.get(id).id);
      return ingests.get(id);
    },
    'ingest.start-test-signal': ({ id }) => startTestSignal(rooms, id),
    'ingest.stop-test-signal': ({ id }) => {
      ingests.get(id);
      signals.stop(id);
      return ingests.get(id);
    },
    'ingest.preview-url': ({ id }) => ({ url: `/preview/${encodeURIComponent(ingests.get(id).id)}.flv` }),
  };
}

type TargetCommand = Extract<CommandName, `target.${string}` | `targets.${string}`>;

function targetCommands({ parts, targets, delays, rehearsals, portable }: CommandRooms): Some<TargetCommand> {
  const checkDelay = async (ingestId: string | undefined, seconds: number | undefined): Promise<void> => {
    const id = ingestId ?? parts.settings.value.ingests[0]?.id;
    const isKnown = parts.settings.value.ingests.some((ingest) => ingest.id === id);
    if (id !== undefined && isKnown) await delays.checkFits(id, seconds ?? 0, 'delaySeconds');
  };
  return {
    'target.create': async (args) => {
      await checkDelay(args.ingestId, args.delaySeconds);
      if (args.enabled !== false) await rehearsals.giveWay();
      return targets.create(args);
    },
    'target.update': async (args) => {
      const { ingestId, delaySeconds } = targets.get(args.id);
      const moves = args.ingestId !== undefined && args.ingestId !== ingestId;
      await checkDelay(args.ingestId ?? ingestId, args.delaySeconds ?? (moves ? delaySeconds : 0));
      if (args.enabled === true) await rehearsals.giveWay();
      return targets.update(args);
    },
    'target.delete': ({ id }) => {
      targets.delete(id);
      return null;
    },
    'target.restore': async ({ id }) => {
      if (targets.comesBackOn(id)) await rehearsals.giveWay();
      return targets.restore(id);
    },
    'target.start': async ({ id }) => {
      await rehearsals.giveWay();
      return targets.start(id);
    },
    'target.stop': ({ id }) => targets.stop(id),
    'target.preview-url': ({ id }) => ({
      url: `/preview/targets/${encodeURIComponent(targets.get(id).id)}.flv`,
    }),
    'targets.start-all': async () => {
      await rehearsals.giveWay();
      targets.startAll();
      return null;
    },
    'targets.stop-all': () => {
      for (const { id } of targets.list()) targets.stop(id);
      return null;
    },
    'targets.reorder': ({ ids }) => {
      targets.reorder(ids);
      return null;
    },
    'targets.export': (args) => portable.export(args),
    'targets.preview-import': (args) => portable.previewFile(args),
    'targets.find-in-obs': () => portable.previewObs(),
    'targets.import': (args) => portable.import(args),
  };
}

function shownSettings({ parts, ffmpeg, network }: CommandRooms): StudioSettings {
  const { rtmpHost, rtmpPort, rtmpsPort, httpPort } = parts.settings.value;
  const { uplinkBudgetKbps, ffmpegPath, historyDays } = parts.settings.value;
  return {
    rtmpHost,
    rtmpPort,
    rtmpsPort,
    httpPort,
    network: network.report,
    keysKeptBy: parts.secrets.keptBy,
    uplinkBudgetKbps,
    ffmpegPath,
    historyDays,
    ffmpeg: ffmpeg.shown,
  };
}

async function updateSettings(
  rooms: CommandRooms,
  args: CommandArgs<'settings.update'>,
): Promise<StudioSettings> {
  const { parts, uplink, ffmpeg, network } = rooms;
  await network.check(args);
  const before = parts.settings.value;
  parts.settings.update((settings) => ({ ...settings, ...given(args) }));
  if (parts.settings.value.uplinkBudgetKbps !== before.uplinkBudgetKbps) uplink.changed();
  if (args.ffmpegPath !== undefined) await ffmpeg.look(args.ffmpegPath);
  return shownSettings(rooms);
}

async function deleteIngest({ ingests, targets, signals, delays }: CommandRooms, id: string): Promise<null> {
  const { name } = ingests.get(id);
  if (targets.usesIngest(id)) {
    const words = `Targets still send what comes in on "${name}". Delete them or move them to another ingest first.`;
    throw new CommandRefused('ingest-in-use', words);
  }
  if (ingests.list().length === 1) {
    throw new CommandRefused(
      'last-ingest',
      'This is the only ingest; encoders need one to publish to. Make another one first.',
    );
  }
  signals.stop(id);
  ingests.delete(id);
  await delays.delete(id);
  return null;
}

async function startTestSignal(
  { ingests, signals, localUrl }: CommandRooms,
  id: string,
): Promise<CommandAnswer<'ingest.start-test-signal'>> {
  const ingest = ingests.get(id);
  if (ingest.state === 'live' && !signals.has(id)) {
    const words = `"${ingest.name}" is live with an encoder. Stop it before starting the test signal.`;
    throw new CommandRefused('ingest-live', words);
  }
  const { streamKey, app } = ingest;
  await signals.start({ ingestId: id, url: localUrl(app), streamKey });
  return ingests.get(id);
}
