/**
 * @module
 */
import { ChevronDown, Rewind, Zap } from 'lucide-react';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { MAX_DELAY_SECONDS, type CommandArgs, type Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Ingest, ShowDelay as Delay } from '../../../src-shared/model/ingest.ts';
import { useCall, useParts, useShown } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';
import { DELAY_WORDS } from '../../state/words.ts';
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
          <span className="flex-1 font-semibold">Show delay</span>
          <StateBadge mark={DELAY_MARKS[state]} word={DELAY_WORDS[state]} testId="delay-state" />
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
      aria-label={`Show delay of ${ingest.name}`}
      className={`flex flex-col gap-2 ${frame}`}
    >
      <div className="flex min-h-6 items-center gap-1.5">
        <h4 className="flex-1 font-semibold">Show delay</h4>
        <StateBadge mark={DELAY_MARKS[state]} word={DELAY_WORDS[state]} about="State" testId="delay-state" />
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
          {shown(refusal.message)}
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
  const error = refusalAt(refusal, 'seconds', 'The delay');
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
        Fills while your viewers stay live. You then choose the moment from which they are behind.
      </p>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="sr-only">
          Show delay, seconds
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
          Fill delay
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
        {formatBytes(delay.memoryBytes)} in memory, {formatBytes(delay.diskBytes)} on disk
      </p>
      <DelayButtons ingest={ingest} onRefusal={onRefusal} />
    </>
  );
}

function Filling({ delay: { heldSeconds, seconds } }: { readonly delay: Delay }) {
  return (
    <ProgressBar
      label="Show delay"
      value={heldSeconds}
      max={seconds}
      words={`${Math.min(seconds, Math.floor(heldSeconds))} of ${seconds} s`}
      testId="delay-progress"
    />
  );
}

function wordsOf({ state, seconds }: Delay): ReactNode {
  switch (state) {
    case 'off':
      return '';
    case 'filling':
      return 'Viewers are still live. Activate it when it is full.';
    case 'ready':
      return `Viewers are still live. Once activated, they get what is ${seconds} s old; nobody is disconnected.`;
    case 'switching':
      return 'Switches at the next keyframe; nobody is disconnected.';
    case 'active':
      return (
        <>
          Viewers get what is <strong>{seconds} s old</strong>.
        </>
      );
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
        title: 'Cut back to live?',
        text: `Viewers jump ahead by ${delay.seconds} s and never see what is in between. Nobody is disconnected.`,
        confirm: 'Cut to live',
        onConfirm: cut,
      });
    };
    return (
      <Button size="sm" data-testid="delay-cut" {...keyPlace('delay')} onClick={watched === 0 ? cut : asks}>
        <Zap aria-hidden className="size-3.5" /> Cut (back to live)
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
        <Rewind aria-hidden className="size-3.5" /> Activate
      </Button>
      <Button size="sm" look="ghost" data-testid="delay-cancel" {...keyPlace('delay')} onClick={cut}>
        Turn off
      </Button>
    </div>
  );
}
