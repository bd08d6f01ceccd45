/**
 * A rehearsal in words.
 * @module
 */
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Rehearsal, RehearsalRow } from '../../../src-shared/model/rehearsal.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import type { StudioView } from '../../state/studio-view.ts';
import { formatDuration } from '../../ui/format.ts';

/** How long a rehearsal takes, s: long enough for a line's first burst to be over. */
export const REHEARSAL_SECONDS = 30;

/** Why no rehearsal of an ingest can start, with what to do; null when one can. */
export function whyNoRehearsal(
  { ingests, targets }: Pick<StudioView, 'ingests' | 'targets'>,
  ingestId: string | null,
): string | null {
  const ingest = ingests.find(({ id }) => id === ingestId);
  if (ingest === undefined) return t('Add an ingest first.');
  const mine = targets.filter((target) => target.ingestId === ingest.id);
  if (mine.length === 0) return t('Add a target first: a rehearsal sends to each of them.');
  const live = targets.find(({ state }) => state === 'live');
  if (live !== undefined) {
    return t('“{{name}}” is live. A rehearsal would take the line from its viewers: stop it first.', {
      name: live.name,
    });
  }
  return ingest.state === 'live' ? null : t('Start your encoder or the test signal first.');
}

/** Which targets of an ingest a rehearsal sends to their platforms, and which stay on this computer, by name. */
export function rehearsalPlan(
  targets: readonly Target[],
  presets: readonly PlatformPreset[],
  ingestId: string | null,
): { readonly platform: readonly string[]; readonly local: readonly string[] } {
  const tested = new Set(presets.filter((preset) => preset.bandwidthTest !== null).map(({ id }) => id));
  const mine = targets.filter((target) => target.ingestId === ingestId);
  const names = (hidden: boolean) =>
    mine.filter(({ platform }) => tested.has(platform) === hidden).map(({ name }) => name);
  return { platform: names(true), local: names(false) };
}

/** How far it is, s. */
export function rehearsalProgress(
  { startedAt, endsAt }: Rehearsal,
  nowMs: number,
): { readonly done: number; readonly all: number } {
  const all = Math.max(1, Math.round((Date.parse(endsAt) - Date.parse(startedAt)) / 1000));
  const done = Math.floor((nowMs - Date.parse(startedAt)) / 1000);
  return { done: Math.min(all, Math.max(0, done)), all };
}

/** "12 of 30 s". */
export function progressWords({ done, all }: { readonly done: number; readonly all: number }): string {
  return t('{{done}} of {{all}}', {
    done: all < 120 ? done : formatDuration(done),
    all: formatDuration(all),
  });
}

export function wayWords(way: RehearsalRow['way']): string {
  return { platform: t('Hidden test at the platform'), local: t('On this computer only') }[way];
}
