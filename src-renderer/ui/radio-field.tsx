/**
 * @module
 */
import { useId } from 'react';

export type RadioFieldProps<T extends string> = {
  readonly legend: string;
  /** Left out where a heading above says the same. */
  readonly showsLegend?: boolean;
  readonly value: T;
  /** Value and words of each choice, and what it comes to. */
  readonly options: readonly (readonly [value: T, words: string, hint?: string])[];
  readonly onValue: (value: T) => void;
  readonly testId?: string;
};

/** One choice out of few, all of them in sight. */
export function RadioField<T extends string>(props: RadioFieldProps<T>) {
  const { legend, showsLegend = true, value, options, onValue, testId } = props;
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2" data-testid={testId}>
      <legend className={showsLegend ? 'mb-2 text-sm font-medium' : 'sr-only'}>{legend}</legend>
      {options.map(([option, words, hint]) => (
        <label key={option} className="flex items-start gap-2.5 text-sm">
          <input
            type="radio"
            name={name}
            value={option}
            className="mt-0.5 size-4.5 shrink-0 accent-accent-fill"
            checked={value === option}
            onChange={() => {
              onValue(option);
            }}
          />
          <span>
            {words}
            {hint !== undefined && <span className="block text-xs text-soft">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
