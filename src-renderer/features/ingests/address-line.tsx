/**
 * @module
 */
import { useState } from 'react';
import { t } from '../../language/translate.ts';
import { useOwn } from '../../state/window-context.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ShowWhileHeld } from '../../ui/show-while-held.tsx';

/** The same length for every key: a mask must not tell how long the key is. */
const MASK = '••••••••••••';

export type AddressLineProps = {
  readonly label: string;
  /** The same as it stands in a sentence: "stream key". */
  readonly what: string;
  readonly value: string;
  /** Masked, and shown only while held. */
  readonly secret: boolean;
  readonly valueTestId: string;
  readonly copyTestId: string;
};

/** One value to paste into the encoder. */
export function AddressLine({ label, what, value, secret, valueTestId, copyTestId }: AddressLineProps) {
  const [held, setHeld] = useState(false);
  const discreet = useOwn((own) => own.discreet);
  const shown = !discreet && (!secret || held);
  return (
    <div className="flex flex-col gap-1">
      <dt className="text-xs text-soft">{label}</dt>
      <dd className="flex items-center gap-1">
        <span
          data-testid={valueTestId}
          title={shown && !secret ? value : undefined}
          className="field-frame flex h-8 min-w-0 flex-1 items-center px-2.5 font-mono text-xs"
        >
          <span className="truncate">{shown ? value : MASK}</span>
        </span>
        {secret && !discreet && <ShowWhileHeld what={what} onShown={setHeld} />}
        <CopyButton text={value} label={t('Copy {{what}}', { what })} testId={copyTestId} />
      </dd>
    </div>
  );
}
