/**
 * @module
 */
import { Gauge } from 'lucide-react';
import { t } from '../../language/translate.ts';
import { useNow, useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { progressWords, rehearsalProgress } from './rehearsal-words.ts';

/** While a rehearsal runs and its dialog is closed: that it does, and the way to it. */
export function RehearsalStrip() {
  const { own } = useParts();
  const running = useStudio(({ view: { rehearsal } }) => (rehearsal?.state === 'running' ? rehearsal : null));
  const words = useNow((nowMs) => (running === null ? '' : progressWords(rehearsalProgress(running, nowMs))));
  if (running === null) return null;
  return (
    <div className="flex items-center gap-2 rounded-lg border border-accent/50 bg-card px-2.5 py-1.5 text-xs">
      <Gauge aria-hidden className="size-3.5 shrink-0 text-accent" />
      <span className="flex-1">{t('Rehearsing: {{words}}', { words })}</span>
      <Button
        size="sm"
        onClick={() => {
          own.setState({ dialog: { type: 'rehearsal' } });
        }}
      >
        {t('Show')}
      </Button>
    </div>
  );
}
