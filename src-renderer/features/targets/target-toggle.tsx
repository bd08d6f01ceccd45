/**
 * @module
 */
import { Play, RotateCw, Square } from 'lucide-react';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { hasViewers } from '../../state/show.ts';
import { useParts, useRun, useRunWithUndo } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';

/** Starts or stops one target; asks first when viewers would notice. */
export function TargetToggle({ target }: { readonly target: Target }) {
  const run = useRun();
  const runWithUndo = useRunWithUndo();
  const { own } = useParts();
  const { id, name, state } = target;
  const starts = state === 'off' || state === 'failed';
  const stop = () => {
    runWithUndo(
      'target.stop',
      { id },
      {
        done: t('Stopped {{name}}.', { name }),
        run: () => {
          // One that only waited goes on waiting, for its encoder and for its time.
          if (state === 'waiting') run('target.update', { id, enabled: true });
          else run('target.start', { id });
        },
      },
    );
  };
  const press = () => {
    if (starts) {
      run('target.start', { id });
    } else if (hasViewers(target)) {
      ask(own, {
        title: t('Stop {{name}}?', { name }),
        text: t('Viewers of {{name}} will see the stream end. The other targets go on.', { name }),
        confirm: t('Stop this target'),
        onConfirm: stop,
      });
    } else stop();
  };
  return (
    <Button
      size="sm"
      data-testid="target-toggle"
      aria-label={t('{{action}} {{name}}', { action: labelOf(state), name })}
      onClick={press}
    >
      {starts ? (
        <StartIcon again={state === 'failed'} />
      ) : (
        <Square aria-hidden className="size-3.5 fill-current" />
      )}
      {labelOf(state)}
    </Button>
  );
}

function StartIcon({ again }: { readonly again: boolean }) {
  return again ? (
    <RotateCw aria-hidden className="size-3.5" />
  ) : (
    <Play aria-hidden className="size-3.5 fill-current" />
  );
}

function labelOf(state: Target['state']): string {
  if (state === 'off') return t('Start');
  if (state === 'failed') return t('Try again');
  return state === 'waiting' ? t('Don’t start') : t('Stop');
}
