/**
 * @module
 */
import { OctagonX } from 'lucide-react';
import { useId, type ReactNode } from 'react';

/** What an input takes from its field. */
export type FieldParts = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
};

export type FieldProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error: string | null;
  readonly children: (parts: FieldParts) => ReactNode;
};

/** The look of text inputs and selects. */
export const INPUT_CLASS =
  'field-frame h-9 w-full min-w-0 px-2.5 text-sm placeholder:text-faint aria-invalid:border-failing';

/** A labelled input with its hint and what the studio says against it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const hasHint = hint !== undefined && hint !== null;
  const described = [hasHint ? `${id}-hint` : '', error === null ? '' : `${id}-error`].filter(
    (part) => part !== '',
  );
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
        'aria-invalid': error !== null,
      })}
      {hasHint && (
        <div id={`${id}-hint`} className="text-xs text-soft">
          {hint}
        </div>
      )}
      <div id={`${id}-error`} role="alert" className="text-xs text-failing empty:hidden">
        {error !== null && (
          <span className="flex gap-1.5">
            <OctagonX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            {error}
          </span>
        )}
      </div>
    </div>
  );
}
