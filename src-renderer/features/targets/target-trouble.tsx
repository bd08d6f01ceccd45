/**
 * @module
 */
import { CalendarClock } from 'lucide-react';
import type { Target } from '../../../src-shared/model/target.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useNow, useRun } from '../../state/window-context.tsx';
import { secondsLeft } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { scheduleWords } from './schedule-words.ts';

/** What is wrong with a target, in a sentence, and when it is tried again. */
export function TargetTrouble({ target }: { readonly target: Target }) {
  const { state, lastError } = target;
  if (state === 'waiting' || state === 'off') return <Schedule target={target} />;
  const troubled =
    state === 'failed' || state === 'retrying' || (state === 'connecting' && target.attempt > 1);
  if (!troubled) return null;
  return (
    <Notice tone={state === 'failed' ? 'error' : 'warning'} testId="target-error">
      <p>{lastError === null ? t('The connection was lost.') : tStudio(lastError.message)}</p>
      {state === 'retrying' && <NextTry target={target} />}
      {state === 'failed' && <p className="text-soft">{t('It is not tried again by itself.')}</p>}
    </Notice>
  );
}

/** When it goes live. */
function Schedule({ target }: { readonly target: Target }) {
  const run = useRun();
  const words = useNow((nowMs) => scheduleWords(target, nowMs));
  if (words === null && target.state === 'off') return null;
  return (
    <p className="flex items-center gap-1.5 text-xs text-soft" data-testid="target-schedule-words">
      {words !== null && <CalendarClock aria-hidden className="size-3.5 shrink-0" />}
      {words ?? t('Goes live as soon as the encoder sends.')}
      {words !== null && target.state === 'waiting' && (
        <button
          type="button"
          data-testid="target-start-now"
          aria-label={t('Start {{name}} now', { name: target.name })}
          className="h-6 rounded font-medium text-accent underline"
          onClick={() => {
            run('target.start', { id: target.id });
          }}
        >
          {t('Start now')}
        </button>
      )}
    </p>
  );
}

function NextTry({ target: { id, nextRetryAt, attempt } }: { readonly target: Target }) {
  const run = useRun();
  const left = useNow((nowMs) => (nextRetryAt === null ? null : secondsLeft(Date.parse(nextRetryAt), nowMs)));
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-soft">
      {left === null || left === 0
        ? t('Trying again now (attempt {{attempt}}).', { attempt })
        : t('Trying again in {{left}} s (attempt {{attempt}}).', { left, attempt })}
      <button
        type="button"
        className="h-6 rounded font-medium text-accent underline"
        onClick={() => {
          run('target.start', { id });
        }}
      >
        {t('Try now')}
      </button>
    </p>
  );
}
