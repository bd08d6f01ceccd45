/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { Field } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { BackupAddress } from './backup-encoder.tsx';
import type { IngestSectionProps } from './ingest-hold-section.tsx';
import { BACKUP_FIELDS } from './ingest-values.ts';

/** Longest wait for a healthy main encoder, seconds; the contract's. */
const MAX_SWITCH_BACK_SECONDS = 600;

const waysBack = () =>
  [
    ['auto', t('By itself, once the main encoder is healthy')],
    ['manual', t('By hand')],
  ] as const;

export type BackupSectionProps = IngestSectionProps & { readonly ingest: Ingest | null };

/** A second encoder that takes over when the first one fails. */
export function BackupSection({ ingest, form }: BackupSectionProps) {
  const { values, refusal, set } = form;
  return (
    <FormSection
      title={t('Backup encoder')}
      hint={t('A second encoder that takes over when the first one fails.')}
      startsOpen={values.backup}
      refusal={refusal}
      fields={BACKUP_FIELDS}
      testId="ingest-backup"
    >
      <CheckField
        label={t('A backup encoder may stand by')}
        hint={t(
          'It sends under a key of its own. Give it the same codecs, picture size and frame rate as the main one.',
        )}
        checked={values.backup}
        testId="backup-on"
        onChecked={(backup) => {
          set({ backup });
        }}
      />
      {values.backup && <BackupFields ingest={ingest} form={form} />}
    </FormSection>
  );
}

function BackupFields({ ingest, form }: BackupSectionProps) {
  const { values, refusal, set } = form;
  const backup = ingest?.backup ?? null;
  return (
    <>
      {ingest !== null && backup !== null && (
        <BackupAddress ingest={ingest} backup={backup} testPrefix="form-backup-" />
      )}
      <Field
        label={t('Key of the backup encoder')}
        hint={
          backup === null
            ? t('Leave it empty and a strong key is made for you; its address is then on the ingest’s card.')
            : t('Changing it locks out a backup encoder that uses the old one.')
        }
        error={refusalAt(refusal, 'backupStreamKey', t('The key'))}
      >
        {(parts) => (
          <SecretInput
            parts={parts}
            what={t('backup key')}
            testId="backup-key"
            value={values.backupStreamKey}
            onValue={(backupStreamKey) => {
              set({ backupStreamKey });
            }}
          />
        )}
      </Field>
      <WayBackFields form={form} />
    </>
  );
}

function WayBackFields({ form: { values, refusal, set } }: IngestSectionProps) {
  return (
    <>
      <SelectField
        label={t('Back to the main encoder')}
        error={refusalAt(refusal, 'switchBack', t('It'))}
        options={waysBack()}
        testId="switch-back"
        value={values.switchBack}
        onValue={(switchBack) => {
          set({ switchBack });
        }}
      />
      {values.switchBack === 'auto' && (
        <NumberField
          label={t('Healthy for, seconds')}
          hint={t('So that viewers are not thrown to and fro.')}
          error={refusalAt(refusal, 'switchBackSeconds', t('It'))}
          unit="s"
          min={0}
          max={MAX_SWITCH_BACK_SECONDS}
          value={values.switchBackSeconds}
          onValue={(switchBackSeconds) => {
            set({ switchBackSeconds });
          }}
        />
      )}
    </>
  );
}
