/**
 * @module
 */
import { useEffect, useState } from 'react';
import { announcements, type Announcement } from '../state/announcements.ts';
import { showOf } from '../state/show.ts';
import { useParts, useShown, useStudio } from '../state/window-context.tsx';
import { showWord } from '../state/words.ts';

const said = (all: readonly Announcement[], urgent: boolean): string =>
  all
    .filter((one) => one.urgent === urgent)
    .map(({ text }) => text)
    .join('. ');

/** Tells screen readers, and the window's title, what has changed. */
export function Announcer() {
  const { studio } = useParts();
  const shown = useShown();
  const [latest, setLatest] = useState({ polite: '', urgent: '' });
  const show = useStudio(({ view }) => showOf(view).type);
  const word = showWord(show).toUpperCase();
  useEffect(
    () =>
      studio.subscribe((now, before) => {
        const all = announcements(before.view, now.view);
        if (all.length === 0) return;
        const polite = said(all, false);
        const urgent = said(all, true);
        setLatest((last) => ({ polite: polite || last.polite, urgent: urgent || last.urgent }));
      }),
    [studio],
  );
  useEffect(() => {
    document.title = show === 'off-air' ? 'Relaydeck' : `${word} · Relaydeck`;
  }, [show, word]);
  return (
    <div className="sr-only">
      <p aria-live="polite">{shown(latest.polite)}</p>
      <p aria-live="assertive">{shown(latest.urgent)}</p>
    </div>
  );
}
