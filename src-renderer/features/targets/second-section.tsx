/**
 * @module
 */
import { MAX_URL_CHARS } from '../../../src-shared/bridge/contract.ts';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { t } from '../../language/translate.ts';
import { AddressInput } from '../../ui/address-input.tsx';
import { Field } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { KeptSecretField } from './kept-secret-field.tsx';
import { SECOND_FIELDS } from './second-values.ts';
import type { TargetSectionProps } from './timing-sections.tsx';

const modes = () =>
  [
    ['off', t('None')],
    ['together', t('Always: both at the same time')],
    ['on-failure', t('Only while the first one is lost')],
  ] as const;

export type SecondSectionProps = TargetSectionProps & { readonly preset: PlatformPreset };

/** A second connection to the platform's backup server. */
export function SecondSection({ preset, target, form }: SecondSectionProps) {
  const { values, refusal, set } = form;
  return (
    <FormSection
      title={t('Second connection')}
      hint={t('To the platform’s backup server, so that viewers stay when the first one fails.')}
      startsOpen={target !== null && target.backupMode !== 'off'}
      refusal={refusal}
      fields={SECOND_FIELDS}
      testId="target-second-connection"
    >
      <SelectField
        label={t('Second connection')}
        hint={
          values.backupMode === 'together' ? t('Takes the whole bitrate of your upload once more.') : null
        }
        error={refusalAt(refusal, 'backupMode', t('It'))}
        options={modes()}
        testId="target-backup-mode"
        value={values.backupMode}
        onValue={(backupMode) => {
          set({ backupMode });
        }}
      />
      {values.backupMode !== 'off' && <SecondFields preset={preset} target={target} form={form} />}
    </FormSection>
  );
}

function SecondFields({ preset: { backupUrl }, target, form: { values, refusal, set } }: SecondSectionProps) {
  return (
    <>
      <Field
        label={t('Backup server')}
        hint={
          backupUrl === null
            ? t('The platform names no backup server: copy its address from your stream settings there.')
            : t('Leave it empty to use the platform’s own backup server.')
        }
        error={refusalAt(refusal, 'backupUrl', t('The backup server'))}
      >
        {(parts) => (
          <AddressInput
            {...parts}
            data-testid="target-backup-url"
            className="font-mono"
            inputMode="url"
            maxLength={MAX_URL_CHARS}
            placeholder={backupUrl ?? 'rtmps://server/app'}
            value={values.backupUrl}
            onChange={(event) => {
              set({ backupUrl: event.target.value });
            }}
          />
        )}
      </Field>
      <KeptSecretField
        label={t('Backup stream key')}
        what={t('backup stream key')}
        hint={t('Only where the platform gives a second one. Empty: the same key as above.')}
        error={refusalAt(refusal, 'backupStreamKey', t('The backup stream key'))}
        kept={target !== null && target.backupStreamKey !== ''}
        value={values.backupStreamKey}
        removed={values.removeBackupKey}
        testId="target-backup-key"
        onChange={(backupStreamKey, removeBackupKey) => {
          set({ backupStreamKey, removeBackupKey });
        }}
      />
    </>
  );
}
