/**
 * The figures that are drawn over time, per ingest and per target.
 * @module
 */
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { Target } from '../../src-shared/model/target.ts';
import { withPoint, type Series, type SeriesPoint } from './series.ts';

/** Columns of an ingest's series. */
export const INGEST_FIGURES = ['bitrate', 'frameRate', 'keyframeInterval', 'jitter', 'avOffset'] as const;
export type IngestFigure = (typeof INGEST_FIGURES)[number];

/** Series by the id they belong to. */
export type Figures = {
  readonly ingests: Readonly<Record<string, Series>>;
  readonly targets: Readonly<Record<string, Series>>;
};

export const NO_FIGURES: Figures = { ingests: {}, targets: {} };
export const NO_SERIES: Series = [];

/** The figures after `update`, which arrived at `nowMs`. A snapshot keeps the past: it tells only of now. */
export function applyFigures(figures: Figures, update: Update, nowMs: number): Figures {
  const atSec = Math.floor(nowMs / 1000);
  switch (update.type) {
    case 'snapshot':
      return {
        ingests: sampled(figures.ingests, update.state.ingests, (ingest) => ingestPoint(ingest, atSec)),
        targets: sampled(figures.targets, update.state.targets, (target) => targetPoint(target, atSec)),
      };
    case 'ingest':
      return {
        ...figures,
        ingests: added(figures.ingests, update.ingest.id, ingestPoint(update.ingest, atSec)),
      };
    case 'target':
      return {
        ...figures,
        targets: added(figures.targets, update.target.id, targetPoint(update.target, atSec)),
      };
    case 'ingest-removed':
      return { ...figures, ingests: removed(figures.ingests, update.id) };
    case 'target-removed':
      return { ...figures, targets: removed(figures.targets, update.id) };
    default:
      return figures;
  }
}

/** Video and audio together, 1000 bit/s; null when nothing is measured. */
export function totalKbps({ health }: Ingest): number | null {
  if (health === null || (health.video === null && health.audio === null)) return null;
  return (health.video?.kbps ?? 0) + (health.audio?.kbps ?? 0);
}

function ingestPoint(ingest: Ingest, atSec: number): SeriesPoint {
  const { state, health } = ingest;
  if (state !== 'live' || health === null) return { atSec, values: INGEST_FIGURES.map(() => null) };
  const { video, jitterMs, avOffsetMs } = health;
  return {
    atSec,
    values: [totalKbps(ingest), video?.fps ?? null, video?.keyframeIntervalSec ?? null, jitterMs, avOffsetMs],
  };
}

function targetPoint({ state, bitrateKbps }: Target, atSec: number): SeriesPoint {
  return { atSec, values: [state === 'live' ? bitrateKbps : null] };
}

type ById = Readonly<Record<string, Series>>;

function added(all: ById, id: string, point: SeriesPoint): ById {
  return { ...all, [id]: withPoint(all[id] ?? NO_SERIES, point) };
}

function removed(all: ById, id: string): ById {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== id));
}

function sampled<T extends { readonly id: string }>(
  all: ById,
  entries: readonly T[],
  point: (entry: T) => SeriesPoint,
) {
  return Object.fromEntries(
    entries.map((entry) => [entry.id, withPoint(all[entry.id] ?? NO_SERIES, point(entry))]),
  );
}
