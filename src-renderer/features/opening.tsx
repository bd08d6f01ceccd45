/**
 * @module
 */
import { LoaderCircle, PlugZap } from 'lucide-react';
import { t } from '../language/translate.ts';
import { useStudio } from '../state/window-context.tsx';
import { LostWords, RetryButton } from './studio-lost.tsx';

/** The window before its first snapshot: asking for the studio, or unable to reach it. */
export function Opening() {
  const lost = useStudio(({ link }) => link.type === 'lost');
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="flex max-w-md flex-col items-center gap-4 text-center">
        <h1 className="text-xl font-semibold">Relaydeck</h1>
        {lost ? (
          <div data-testid="studio-lost" className="flex flex-col items-center gap-4">
            <PlugZap aria-hidden className="size-8 text-failing" />
            <div role="alert" className="text-soft">
              <LostWords />
            </div>
            <RetryButton />
          </div>
        ) : (
          <p role="status" className="flex items-center gap-2 text-soft">
            <LoaderCircle aria-hidden className="size-4 spin-slow" />{' '}
            {t('Asking the studio how things stand…')}
          </p>
        )}
      </div>
    </main>
  );
}
