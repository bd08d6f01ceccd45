/**
 * @module
 */
import type { ReactNode } from 'react';
import { Field, INPUT_CLASS, type FieldProps } from './field.tsx';

export type NumberFieldProps = Omit<FieldProps, 'children'> & {
  /** What is typed; empty: nothing. */
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Stands behind the number. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number | 'any';
  readonly placeholder?: string;
  readonly testId?: string;
  /** Stands behind the unit, such as a button that saves. */
  readonly after?: ReactNode;
};

/** A number with its unit. What is typed stays text, so that a half-typed number is not turned into another one. */
export function NumberField(props: NumberFieldProps) {
  const { value, onValue, unit, min, max, step = 1, placeholder, testId, after, ...field } = props;
  return (
    <Field {...field}>
      {(parts) => (
        <span className="flex items-center gap-2">
          <input
            {...parts}
            type="number"
            min={min}
            max={max}
            step={step}
            data-testid={testId}
            placeholder={placeholder}
            className={`${INPUT_CLASS} max-w-32 text-right`}
            value={value}
            onChange={({ target }) => {
              onValue(target.value);
            }}
          />
          <span aria-hidden className="text-sm text-soft">
            {unit}
          </span>
          {after}
        </span>
      )}
    </Field>
  );
}

/** The number that was typed; NaN for nothing, so that an emptied field is refused rather than read as 0. */
export function typedNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
