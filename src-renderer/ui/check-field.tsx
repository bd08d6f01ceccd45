/**
 * @module
 */
import { useId } from 'react';

export type CheckFieldProps = {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly testId?: string;
};

/** Something that is on or off, with what that comes to. */
export function CheckField({ label, hint, checked, onChecked, testId }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        data-testid={testId}
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-4.5 shrink-0 accent-accent-fill"
        checked={checked}
        onChange={({ target }) => {
          onChecked(target.checked);
        }}
      />
      <div>
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-xs text-soft">
          {hint}
        </p>
      </div>
    </div>
  );
}
