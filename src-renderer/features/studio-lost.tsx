/**
 * @module
 */
import { PlugZap, RotateCw } from 'lucide-react';
import { RichText } from '../ui/rich-text.tsx';
import { t } from '../language/translate.ts';
import { useNow, useParts, useStudio } from '../state/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { secondsLeft } from '../ui/format.ts';

/** Over the window while the line is gone: what is shown may be out of date. */
export function StudioLost() {
  const lost = useStudio(({ link }) => link.type === 'lost');
  if (!lost) return null;
  return (
    <section
      aria-label={t('Connection to the studio')}
      data-testid="studio-lost"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-failing bg-card px-4 py-2 text-sm"
    >
      <PlugZap aria-hidden className="size-5 shrink-0 text-failing" />
      <div role="alert" className="min-w-48 flex-1">
        <LostWords /> {t('What you see is the last that was known.')}
      </div>
      <RetryButton />
    </section>
  );
}

/** Why, and what to do. */
export function LostWords() {
  const notLetIn = useStudio(({ link }) => link.type === 'lost' && link.notLetIn);
  return (
    <RichText
      bold="text-ink"
      text={
        notLetIn
          ? t(
              '<b>The studio does not let this window in.</b> Its address has changed since: open the one that the studio printed when it started.',
            )
          : t(
              '<b>The studio is not reachable.</b> If it still runs, your stream goes on without this window. If it was closed, start it again.',
            )
      }
    />
  );
}

/** When the next try comes, and a way not to wait for it. Not read out each second. */
export function RetryButton() {
  const { link } = useParts();
  const nextTryAtMs = useStudio((studio) => (studio.link.type === 'lost' ? studio.link.nextTryAtMs : null));
  const left = useNow((nowMs) => (nextTryAtMs === null ? null : secondsLeft(nextTryAtMs, nowMs)));
  return (
    <div className="flex items-center gap-3">
      <span className="w-32 text-right text-xs text-soft">
        {left === null || left === 0 ? t('Trying now…') : t('Next try in {{left}} s', { left })}
      </span>
      <Button size="sm" onClick={link.retryNow}>
        <RotateCw aria-hidden className="size-3.5" /> {t('Try now')}
      </Button>
    </div>
  );
}
