/**
 * @module
 */
import { ChevronDown, Rewind, Zap } from 'lucide-react';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { MAX_DELAY_SECONDS, type CommandArgs, type Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Ingest, ShowDelay as Delay } from '../../../src-shared/model/ingest.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { RichText } from '../../ui/rich-text.tsx';
import { t } from '../../language/translate.ts';
import { useCall, useParts, useShown } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';
import { delayWord } from '../../state/words.ts';
import { Button } from '../../ui/button.tsx';
import { formatBytes } from '../../ui/format.ts';
import { keyPlace } from '../../ui/key-place.ts';
import { Notice } from '../../ui/notice.tsx';
import { typedNumber } from '../../ui/number-field.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { DELAY_MARKS } from '../../ui/state-marks.ts';
import { useWatched } from './on-air-line.tsx';

const USUAL_SECONDS = '30';

/** A delay of the whole show: fill it while targets are live, switch to it, cut back to live. */
export function ShowDelay({ ingest }: { readonly ingest: Ingest }) {
  const { state } = ingest.delay;
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const parts = { ingest, refusal, onRefusal: setRefusal };
  const frame = 'relative border-t border-line pt-2 text-xs';
  // Folded while it is off; a delay at work is always in sight.
  if (state === 'off') {
    return (
      <details data-testid="show-delay" data-state={state} className={`group ${frame}`}>
        <summary className="flex min-h-6 items-center gap-1.5 rounded">
          <span className="flex-1 font-semibold">{t('Show delay')}</span>
          <StateBadge mark={DELAY_MARKS[state]} word={delayWord(state)} testId="delay-state" />
          <ChevronDown aria-hidden className="size-3.5 text-soft group-open:rotate-180" />
        </summary>
        <ArmForm {...parts} />
        <DelayRefusal refusal={refusal} />
      </details>
    );
  }
  return (
    <section
      data-testid="show-delay"
      data-state={state}
      aria-label={t('Show delay of {{name}}', { name: ingest.name })}
      className={`flex flex-col gap-2 ${frame}`}
    >
      <div className="flex min-h-6 items-center gap-1.5">
        <h4 className="flex-1 font-semibold">{t('Show delay')}</h4>
        <StateBadge
          mark={DELAY_MARKS[state]}
          word={delayWord(state)}
          about={t('State')}
          testId="delay-state"
        />
      </div>
      <DelayAtWork {...parts} />
      <DelayRefusal refusal={refusal} />
    </section>
  );
}

function DelayRefusal({ refusal }: { readonly refusal: Refusal | null }) {
  const shown = useShown();
  return (
    <div role="alert" className="empty:hidden">
      {refusal !== null && refusal.field !== 'seconds' && (
        <Notice tone="error" className="mt-2">
          {shown(tStudio(refusal.message))}
        </Notice>
      )}
    </div>
  );
}

type PartProps = {
  readonly ingest: Ingest;
  readonly onRefusal: (refusal: Refusal | null) => void;
};

function ArmForm({ ingest, onRefusal, refusal }: PartProps & { readonly refusal: Refusal | null }) {
  const id = useId();
  const call = useCall();
  const [seconds, setSeconds] = useState(USUAL_SECONDS);
  const error = refusalAt(refusal, 'seconds', t('The delay'));
  const arm = (event: SyntheticEvent) => {
    event.preventDefault();
    onRefusal(null);
    void call('ingest.arm-delay', { id: ingest.id, seconds: typedNumber(seconds) }).then((outcome) => {
      onRefusal(outcome.ok ? null : outcome.refusal);
    });
  };
  return (
    <form onSubmit={arm} noValidate className="flex flex-col gap-2 pt-2">
      <p id={`${id}-hint`} className="text-soft">
        {t('Fills while your viewers stay live. You then choose the moment from which they are behind.')}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="sr-only">
          {t('Show delay, seconds')}
        </label>
        <input
          id={id}
          type="number"
          min={1}
          max={MAX_DELAY_SECONDS}
          data-testid="delay-seconds"
          {...keyPlace('delay')}
          aria-invalid={error !== null}
          aria-describedby={`${id}-hint ${id}-error`}
          className="field-frame h-8 w-20 px-2 text-right text-sm aria-invalid:border-failing"
          value={seconds}
          onChange={({ target }) => {
            setSeconds(target.value);
            onRefusal(null);
          }}
        />
        <span aria-hidden className="text-soft">
          s
        </span>
        <Button size="sm" type="submit" className="ml-auto" data-testid="delay-arm">
          {t('Fill delay')}
        </Button>
      </div>
      <p id={`${id}-error`} role="alert" className="text-failing empty:hidden">
        {error}
      </p>
    </form>
  );
}

function DelayAtWork({ ingest, onRefusal }: PartProps) {
  const { delay } = ingest;
  return (
    <>
      {delay.state !== 'active' && <Filling delay={delay} />}
      <p data-testid="delay-words">{wordsOf(delay)}</p>
      <p className="text-soft">
        {t('{{memory}} in memory, {{disk}} on disk', {
          memory: formatBytes(delay.memoryBytes),
          disk: formatBytes(delay.diskBytes),
        })}
      </p>
      <DelayButtons ingest={ingest} onRefusal={onRefusal} />
    </>
  );
}

function Filling({ delay: { heldSeconds, seconds } }: { readonly delay: Delay }) {
  return (
    <ProgressBar
      label={t('Show delay')}
      value={heldSeconds}
      max={seconds}
      words={t('{{done}} of {{seconds}} s', { done: Math.min(seconds, Math.floor(heldSeconds)), seconds })}
      testId="delay-progress"
    />
  );
}

function wordsOf({ state, seconds }: Delay): ReactNode {
  switch (state) {
    case 'off':
      return '';
    case 'filling':
      return t('Viewers are still live. Activate it when it is full.');
    case 'ready':
      return t(
        'Viewers are still live. Once activated, they get what is {{seconds}} s old; nobody is disconnected.',
        { seconds },
      );
    case 'switching':
      return t('Switches at the next keyframe; nobody is disconnected.');
    case 'active':
      return <RichText text={t('Viewers get what is <b>{{seconds}} s old</b>.', { seconds })} />;
  }
}

function DelayButtons({ ingest: { id, delay }, onRefusal }: PartProps) {
  const call = useCall();
  const { own } = useParts();
  const watched = useWatched(id);
  const run = (command: 'ingest.activate-delay' | 'ingest.cut-delay') => {
    const args: CommandArgs<typeof command> = { id };
    onRefusal(null);
    void call(command, args).then((outcome) => {
      onRefusal(outcome.ok ? null : outcome.refusal);
    });
  };
  const cut = () => {
    run('ingest.cut-delay');
  };
  if (delay.state === 'active' || delay.state === 'switching') {
    const asks = () => {
      ask(own, {
        title: t('Cut back to live?'),
        text: t(
          'Viewers jump ahead by {{seconds}} s and never see what is in between. Nobody is disconnected.',
          { seconds: delay.seconds },
        ),
        confirm: t('Cut to live'),
        onConfirm: cut,
      });
    };
    return (
      <Button size="sm" data-testid="delay-cut" {...keyPlace('delay')} onClick={watched === 0 ? cut : asks}>
        <Zap aria-hidden className="size-3.5" /> {t('Cut (back to live)')}
      </Button>
    );
  }
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button
        size="sm"
        data-testid="delay-activate"
        {...keyPlace('delay')}
        disabled={delay.state !== 'ready'}
        onClick={() => {
          run('ingest.activate-delay');
        }}
      >
        <Rewind aria-hidden className="size-3.5" /> {t('Activate')}
      </Button>
      <Button size="sm" look="ghost" data-testid="delay-cancel" {...keyPlace('delay')} onClick={cut}>
        {t('Turn off')}
      </Button>
    </div>
  );
}
