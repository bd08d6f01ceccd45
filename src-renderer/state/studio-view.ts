/**
 * The window's copy of the studio, and how updates change it.
 * @module
 */
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { IncomingConnection } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import { DEFAULT_NOTICE_SETTINGS, type Notice } from '../../src-shared/model/notice.ts';
import type { StudioState, Uplink } from '../../src-shared/model/studio-state.ts';
import type { Target } from '../../src-shared/model/target.ts';

/** Log lines kept: about what an evening's show writes; more would slow the filter down. */
export const MAX_EVENTS = 500;
/** Incoming connections kept: enough to read why the last tries failed. */
export const MAX_CONNECTIONS = 20;
/** Notices kept: they are told once, then the event log has them. */
export const MAX_NOTICES = 20;

/** All the window knows of the studio. */
export type StudioView = StudioState & {
  /** False until the first snapshot has come. */
  readonly loaded: boolean;
  /** Since when at least one target has been on air, ISO 8601; survives a target's short loss. */
  readonly onAirSince: string | null;
  /** What came since this window opened, newest last; `notices` are the settings of it. */
  readonly recentNotices: readonly Notice[];
};

/** Upload of which nothing is known. */
export const NO_UPLINK: Uplink = {
  totalKbps: 0,
  budgetKbps: null,
  measuredKbps: null,
  verdict: { kind: 'ok', message: '', targetIds: [], ingestId: null },
};

export const EMPTY_VIEW: StudioView = {
  loaded: false,
  version: '',
  rtmpUrl: '',
  ingests: [],
  targets: [],
  connections: [],
  events: [],
  uplink: NO_UPLINK,
  rehearsal: null,
  notices: DEFAULT_NOTICE_SETTINGS,
  onAirSince: null,
  recentNotices: [],
};

/** The view after `update`. A snapshot replaces everything but the show's clock and the notices. */
export function apply(view: StudioView, update: Update): StudioView {
  switch (update.type) {
    case 'snapshot':
      return withShowClock({
        ...update.state,
        targets: update.state.targets.toSorted((one, other) => one.priority - other.priority),
        loaded: true,
        onAirSince: view.onAirSince,
        recentNotices: view.recentNotices,
      });
    case 'ingest':
      return { ...view, ingests: withEntry(view.ingests, update.ingest) };
    case 'ingest-removed':
      return { ...view, ingests: without(view.ingests, update.id) };
    case 'target':
      return withShowClock({ ...view, targets: withEntry(view.targets, update.target) });
    case 'target-removed':
      return withShowClock({ ...view, targets: without(view.targets, update.id) });
    case 'connection':
      return { ...view, connections: withConnection(view.connections, update.connection) };
    case 'event':
      return { ...view, events: withEvent(view.events, update.event) };
    case 'uplink':
      return { ...view, uplink: update.uplink };
    case 'rehearsal':
      return { ...view, rehearsal: update.rehearsal };
    case 'notice':
      return { ...view, recentNotices: [...view.recentNotices, update.notice].slice(-MAX_NOTICES) };
    case 'notice-settings':
      return { ...view, notices: update.settings };
    case 'target-order':
      return { ...view, targets: inOrder(view.targets, update.ids) };
    case 'ingest-order':
      return { ...view, ingests: inOrder(view.ingests, update.ids) };
  }
}

type WithId = { readonly id: string };

/** The entries as `ids` has them, the same objects; those it leaves out stay behind these in their order. */
export function inOrder<T extends WithId>(entries: readonly T[], ids: readonly string[]): readonly T[] {
  const rank = new Map(ids.map((id, index) => [id, index]));
  const last = ids.length;
  return entries.toSorted((one, other) => (rank.get(one.id) ?? last) - (rank.get(other.id) ?? last));
}

function withEntry<T extends WithId>(entries: readonly T[], entry: T): readonly T[] {
  const known = entries.some(({ id }) => id === entry.id);
  return known ? entries.map((old) => (old.id === entry.id ? entry : old)) : [...entries, entry];
}

function without<T extends WithId>(entries: readonly T[], id: string): readonly T[] {
  return entries.filter((entry) => entry.id !== id);
}

function withConnection(
  connections: readonly IncomingConnection[],
  connection: IncomingConnection,
): readonly IncomingConnection[] {
  return withEntry(connections, connection).slice(-MAX_CONNECTIONS);
}

function withEvent(events: readonly LogEvent[], event: LogEvent): readonly LogEvent[] {
  const last = events.at(-1);
  // An event that the snapshot already held may come again as an update.
  if (last !== undefined && event.seq <= last.seq) return events;
  return [...events, event].slice(-MAX_EVENTS);
}

function withShowClock(view: StudioView): StudioView {
  const since = showSince(view.targets, view.onAirSince);
  return since === view.onAirSince ? view : { ...view, onAirSince: since };
}

/** The clock runs on while a lost target is being brought back: for its viewers it is the same show. */
function showSince(targets: readonly Target[], before: string | null): string | null {
  const live = targets.filter(({ state }) => state === 'live').map(({ since }) => since);
  if (live.length === 0) return targets.some(({ state }) => state === 'retrying') ? before : null;
  return [...live, ...(before === null ? [] : [before])].reduce((first, since) =>
    since < first ? since : first,
  );
}
