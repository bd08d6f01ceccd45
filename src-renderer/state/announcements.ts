/**
 * What a screen reader is told when something changes.
 * @module
 */
import { showOf } from './show.ts';
import type { StudioView } from './studio-view.ts';
import { INGEST_STATE_WORDS, SHOW_WORDS, TARGET_STATE_WORDS } from './words.ts';

/** `urgent` ones interrupt. */
export type Announcement = { readonly text: string; readonly urgent: boolean };

/** The sentences for what is different in `after`; figures are never read out. */
export function announcements(before: StudioView, after: StudioView): readonly Announcement[] {
  if (!before.loaded || before === after) return [];
  return [...ofShow(before, after), ...ofIngests(before, after), ...ofTargets(before, after)];
}

function ofShow(before: StudioView, after: StudioView): readonly Announcement[] {
  const show = showOf(after).type;
  return showOf(before).type === show ? [] : [{ text: SHOW_WORDS[show], urgent: false }];
}

function ofIngests(before: StudioView, after: StudioView): readonly Announcement[] {
  if (before.ingests === after.ingests) return [];
  return after.ingests.flatMap((ingest) => {
    const old = before.ingests.find(({ id }) => id === ingest.id);
    if (old === undefined || old.state === ingest.state) return [];
    return [{ text: `${ingest.name}: ${INGEST_STATE_WORDS[ingest.state]}`, urgent: false }];
  });
}

function ofTargets(before: StudioView, after: StudioView): readonly Announcement[] {
  if (before.targets === after.targets) return [];
  return after.targets.flatMap((target) => {
    const old = before.targets.find(({ id }) => id === target.id);
    if (old === undefined || old.state === target.state) return [];
    const failed = target.state === 'failed';
    const why = failed && target.lastError !== null ? `. ${target.lastError.message}` : '';
    return [{ text: `${target.name}: ${TARGET_STATE_WORDS[target.state]}${why}`, urgent: failed }];
  });
}
