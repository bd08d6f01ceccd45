/**
 * @module
 */
import { use, useState } from 'react';
import { t } from '../language/translate.ts';
import { DiscreetContext } from './discreet-context.ts';
import { INPUT_CLASS, type FieldParts } from './field.tsx';
import { FIRST_FOCUS } from './focus-first.ts';
import { ShowWhileHeld } from './show-while-held.tsx';

export type SecretInputProps = {
  readonly parts: FieldParts;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Told of pasted text; true: it was dealt with, and does not go into the field as it is. */
  readonly onPasted?: (text: string) => boolean;
  readonly placeholder?: string;
  readonly firstFocus?: boolean;
  /** What is hidden, in words. */
  readonly what?: string;
  readonly testId?: string;
};

/** An input whose text is shown only while held. */
export function SecretInput({
  parts,
  value,
  onValue,
  onPasted,
  placeholder,
  firstFocus = false,
  what = t('stream key'),
  testId,
}: SecretInputProps) {
  const [shown, setShown] = useState(false);
  const discreet = use(DiscreetContext);
  return (
    <div className="flex w-full items-center gap-1">
      <input
        {...parts}
        {...(firstFocus ? FIRST_FOCUS : {})}
        data-testid={testId}
        type={shown && !discreet ? 'text' : 'password'}
        // Browsers must neither offer a saved password here nor keep a stream key as one.
        autoComplete="new-password"
        spellCheck={false}
        placeholder={placeholder}
        className={`${INPUT_CLASS} font-mono placeholder:font-sans`}
        value={value}
        onPaste={(event) => {
          if (onPasted?.(event.clipboardData.getData('text')) === true) event.preventDefault();
        }}
        onChange={({ target }) => {
          onValue(target.value);
        }}
      />
      {!discreet && <ShowWhileHeld what={what} onShown={setShown} />}
    </div>
  );
}
