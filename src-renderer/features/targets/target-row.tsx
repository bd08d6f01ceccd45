/**
 * @module
 */
import { Pencil, Trash2 } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { targetStateWord } from '../../state/words.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { TARGET_MARKS } from '../../ui/state-marks.ts';
import { useFocusRefuge } from '../../ui/use-focus-refuge.ts';
import { TargetChips } from './target-chips.tsx';
import { TargetDetails } from './target-details.tsx';
import { TargetFigures } from './target-figures.tsx';
import { TargetFindings } from './target-findings.tsx';
import { TargetToggle } from './target-toggle.tsx';
import { TargetTrouble } from './target-trouble.tsx';
import { useDeleteTarget } from './use-delete-target.ts';
import { usePlatformName } from './use-platform-name.ts';

export type TargetRowProps = {
  readonly id: string;
  /** Moves the row; null where there is nothing to move it past. */
  readonly handle: ReactNode;
};

/** One target: where, how it is, and what can be done. The bar at its left is its tally light. */
export function TargetRow({ id, handle }: TargetRowProps) {
  const target = useStudio(({ view }) => view.targets.find((one) => one.id === id));
  const row = useRef<HTMLElement>(null);
  useFocusRefuge(row, 'add-target');
  if (target === undefined) return null;
  const { state, name } = target;
  return (
    <article
      ref={row}
      data-testid={`target-${id}`}
      data-state={state}
      data-target-name={name}
      aria-labelledby={`target-${id}-name`}
      className={classNames(
        '@container rounded-xl border border-l-4 bg-card py-2 pr-2 pl-3',
        state === 'live' ? 'border-line border-l-onair' : 'border-line',
        state === 'failed' && 'border-l-failing',
        state === 'retrying' && 'border-l-strained',
      )}
    >
      <div className="flex flex-col gap-1.5">
        <TargetHead target={target} handle={handle} />
        <TargetChips target={target} />
        <TargetTrouble target={target} />
        {state === 'live' && <TargetFigures target={target} />}
        <TargetFindings target={target} />
        {hasDetails(target) && <TargetDetails target={target} />}
      </div>
    </article>
  );
}

/** What has failed says why by itself, and has no figures. */
function hasDetails({ state, health: { word } }: Target): boolean {
  return state === 'live' || (state !== 'failed' && (word === 'strained' || word === 'failing'));
}

type TargetHeadProps = { readonly target: Target; readonly handle: ReactNode };

function TargetHead({ target, handle }: TargetHeadProps) {
  const platform = usePlatformName(target.platform);
  const { id, name, state } = target;
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-center justify-between gap-2">
        <span className="flex min-w-0 items-center gap-1">
          {handle}
          <span className="truncate text-xs text-soft">{platform}</span>
        </span>
        <StateBadge
          mark={TARGET_MARKS[state]}
          word={targetStateWord(state)}
          about={t('State')}
          testId="target-state"
        />
      </div>
      <div className="flex flex-col gap-x-2 gap-y-0.5 @min-[22.4rem]:flex-row @min-[22.4rem]:items-center">
        <h3 id={`target-${id}-name`} className="min-w-0 flex-1 truncate font-semibold" title={name}>
          {name}
        </h3>
        <TargetActions target={target} />
      </div>
    </div>
  );
}

function TargetActions({ target }: { readonly target: Target }) {
  const { own } = useParts();
  const remove = useDeleteTarget(target);
  const { id, name } = target;
  return (
    <div className="flex items-center gap-0.5">
      <TargetToggle target={target} />
      <Button
        look="ghost"
        size="icon"
        className="ml-auto"
        aria-label={t('Edit {{name}}', { name })}
        data-testid="target-edit"
        onClick={() => {
          own.setState({ dialog: { type: 'target', id } });
        }}
      >
        <Pencil aria-hidden className="size-4" />
      </Button>
      <Button
        look="ghost"
        size="icon"
        aria-label={t('Delete {{name}}', { name })}
        data-testid="target-delete"
        onClick={remove}
      >
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
