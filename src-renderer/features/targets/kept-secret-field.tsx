/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { Field } from '../../ui/field.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';

export type KeptSecretFieldProps = {
  readonly label: string;
  /** As it stands in a sentence: "password". */
  readonly what: string;
  readonly hint?: string;
  readonly error: string | null;
  /** Whether one is kept: it is never read back. */
  readonly kept: boolean;
  readonly value: string;
  /** The kept one goes when the form is saved. */
  readonly removed: boolean;
  readonly onChange: (value: string, removed: boolean) => void;
  readonly testId: string;
};

/** A secret that can be written and removed but not read. */
export function KeptSecretField(props: KeptSecretFieldProps) {
  const { label, what, hint, error, kept, value, removed, onChange, testId } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(parts) => (
        <div className="flex flex-col items-start gap-1">
          <SecretInput
            parts={parts}
            what={what}
            testId={testId}
            value={value}
            placeholder={kept ? keptWords(removed) : ''}
            onValue={(typed) => {
              onChange(typed, false);
            }}
          />
          {kept && (
            <button
              type="button"
              data-testid={`${testId}-remove`}
              aria-label={
                removed ? t('Keep the {{what}} after all', { what }) : t('Remove the {{what}}', { what })
              }
              className="h-6 rounded text-xs font-medium text-accent underline"
              onClick={() => {
                onChange('', !removed);
              }}
            >
              {removed ? t('Keep') : t('Remove')}
            </button>
          )}
          <span role="status" className="sr-only">
            {removed && t('The {{what}} is removed when you save.', { what })}
          </span>
        </div>
      )}
    </Field>
  );
}

function keptWords(removed: boolean): string {
  return removed ? t('removed when you save') : t('kept – leave empty to keep it');
}
