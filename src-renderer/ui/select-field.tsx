/**
 * @module
 */
import { Field, INPUT_CLASS, type FieldProps } from './field.tsx';

export type SelectFieldProps<T extends string> = Omit<FieldProps, 'children'> & {
  readonly value: T;
  readonly onValue: (value: T) => void;
  /** Value and words of each choice. */
  readonly options: readonly (readonly [T, string])[];
  readonly testId?: string;
};

/** One choice out of few. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { value, onValue, options, testId, ...field } = props;
  return (
    <Field {...field}>
      {(parts) => (
        <select
          {...parts}
          data-testid={testId}
          className={INPUT_CLASS}
          value={value}
          onChange={({ target }) => {
            const picked = options.find(([option]) => option === target.value)?.[0];
            if (picked !== undefined) onValue(picked);
          }}
        >
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
