/**
 * @module
 */
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

const LOOKS = {
  primary: 'bg-accent-fill text-on-accent border-transparent hover:brightness-110',
  quiet: 'bg-raised text-ink border-line hover:border-edge',
  ghost: 'bg-transparent text-soft border-transparent hover:bg-raised hover:text-ink',
  grave: 'bg-transparent text-failing border-failing hover:bg-raised',
  /** Over a picture, whatever the theme. */
  picture: 'bg-black/80 text-white border-white/35 hover:border-white',
} as const;

const SIZES = {
  sm: 'h-8 px-2.5 text-xs',
  md: 'h-9 px-3.5 text-sm',
  lg: 'h-11 px-5 text-base font-semibold',
  icon: 'size-8 justify-center',
} as const;

export type ButtonLook = keyof typeof LOOKS;

export type ButtonProps = ComponentProps<'button'> & {
  readonly look?: ButtonLook;
  readonly size?: keyof typeof SIZES;
};

/** A button. Icon-only ones need an `aria-label`, which is their tooltip too. A key that stays down presses it once. */
export function Button({ look = 'quiet', size = 'md', className, onKeyDown, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      title={rest['aria-label']}
      {...rest}
      onKeyDown={(event) => {
        // A key that was held for the button before this one must not press this one, too.
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
        onKeyDown?.(event);
      }}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap',
        'transition-colors disabled:cursor-not-allowed disabled:opacity-55',
        LOOKS[look],
        SIZES[size],
        className,
      )}
    />
  );
}
