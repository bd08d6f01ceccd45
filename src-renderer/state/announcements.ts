/**
 * What a screen reader is told when something changes.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { Target } from '../../src-shared/model/target.ts';
import { tStudio } from '../language/translate-studio.ts';
import { t } from '../language/translate.ts';
import { showOf } from './show.ts';
import type { StudioView } from './studio-view.ts';
import { onAirWords } from './viewers-see.ts';
import {
  delayWord,
  ingestStateWord,
  rehearsalVerdictWord,
  shedSentence,
  showWord,
  targetStateWord,
} from './words.ts';

/** `urgent` ones interrupt. */
export type Announcement = { readonly text: string; readonly urgent: boolean };

/** The sentences for what is different in `after`; figures are never read out. */
export function announcements(before: StudioView, after: StudioView): readonly Announcement[] {
  if (!before.loaded || before === after) return [];
  return [
    ...ofShow(before, after),
    ...changed(before.ingests, after.ingests, ofIngest),
    ...changed(before.targets, after.targets, ofTarget),
    ...ofRehearsal(before, after),
  ];
}

function ofShow(before: StudioView, after: StudioView): readonly Announcement[] {
  const show = showOf(after).type;
  return showOf(before).type === show ? [] : [polite(showWord(show))];
}

function changed<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  tell: (old: T, now: T) => readonly Announcement[],
): readonly Announcement[] {
  if (before === after) return [];
  const old = new Map(before.map((entry) => [entry.id, entry]));
  return after.flatMap((now) => {
    const then = old.get(now.id);
    return then === undefined || then === now ? [] : tell(then, now);
  });
}

function ofIngest(old: Ingest, now: Ingest): readonly Announcement[] {
  const { name } = now;
  const seen = onAirWords(now);
  return [
    ...(old.state === now.state ? [] : [polite(`${name}: ${ingestStateWord(now.state)}`)]),
    ...(old.onAir === now.onAir || seen === null || isStart(old, now)
      ? []
      : [polite(t('{{name}}: viewers see {{seen}}', { name, seen }))]),
    ...(old.delay.state === now.delay.state
      ? []
      : [
          polite(
            t('{{name}}: show delay {{state}}', { name, state: delayWord(now.delay.state).toLowerCase() }),
          ),
        ]),
  ];
}

/** The main encoder comes on: that it is seen now goes without saying. */
function isStart(old: Ingest, now: Ingest): boolean {
  return old.onAir === null && now.onAir === 'main';
}

function ofTarget(old: Target, now: Target): readonly Announcement[] {
  const { name, state, lastError, shed } = now;
  const failed = state === 'failed';
  const why = failed && lastError !== null ? `. ${tStudio(lastError.message)}` : '';
  return [
    ...(old.state === state ? [] : [{ text: `${name}: ${targetStateWord(state)}${why}`, urgent: failed }]),
    ...(old.shed === shed ? [] : [polite(`${name}: ${shedSentence(shed)}`)]),
  ];
}

function ofRehearsal(before: StudioView, after: StudioView): readonly Announcement[] {
  const verdict = after.rehearsal?.verdict ?? null;
  if (verdict === null || before.rehearsal?.verdict?.message === verdict.message) return [];
  return [
    polite(
      t('Rehearsal: {{verdict}}. {{message}}', {
        verdict: rehearsalVerdictWord(verdict.word),
        message: tStudio(verdict.message),
      }),
    ),
  ];
}

function polite(text: string): Announcement {
  return { text, urgent: false };
}
