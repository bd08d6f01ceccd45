/**
 * @module
 */
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { keyPlace, type KeyPlace } from './key-place.ts';
import { useHold, type HoldOptions } from './use-hold.ts';

export type HoldButtonProps = HoldOptions & {
  readonly children: ReactNode;
  /** What happens when it is held. */
  readonly description: string;
  readonly className?: string;
  readonly testId?: string;
  readonly place: KeyPlace;
};

/** A button that must be held; the fill shows how long still. */
export function HoldButton({ children, description, className, testId, place, ...hold }: HoldButtonProps) {
  const { holding, handlers } = useHold(hold);
  return (
    <button
      type="button"
      title={description}
      data-testid={testId}
      {...keyPlace(place)}
      {...handlers}
      className={classNames(
        'relative inline-flex shrink-0 touch-none items-center justify-center gap-2 overflow-hidden rounded-lg',
        'border font-semibold whitespace-nowrap select-none',
        className,
      )}
    >
      {holding && (
        <span
          aria-hidden
          className="absolute inset-0 origin-left bg-current opacity-30"
          style={{ animation: `fill-up ${hold.holdMs}ms linear` }}
        />
      )}
      <span className="relative inline-flex items-center gap-2">{children}</span>
    </button>
  );
}
