/**
 * @module
 */
import { MAX_URL_CHARS } from '../../../src-shared/bridge/contract.ts';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { AddressInput } from '../../ui/address-input.tsx';
import { Field } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { KeptSecretField } from './kept-secret-field.tsx';
import { SECOND_FIELDS } from './second-values.ts';
import type { TargetSectionProps } from './timing-sections.tsx';

const MODES = [
  ['off', 'None'],
  ['together', 'Always: both at the same time'],
  ['on-failure', 'Only while the first one is lost'],
] as const;

export type SecondSectionProps = TargetSectionProps & { readonly preset: PlatformPreset };

/** A second connection to the platform's backup server. */
export function SecondSection({ preset, target, form }: SecondSectionProps) {
  const { values, refusal, set } = form;
  return (
    <FormSection
      title="Second connection"
      hint="To the platform’s backup server, so that viewers stay when the first one fails."
      startsOpen={target !== null && target.backupMode !== 'off'}
      refusal={refusal}
      fields={SECOND_FIELDS}
      testId="target-second-connection"
    >
      <SelectField
        label="Second connection"
        hint={values.backupMode === 'together' ? 'Takes the whole bitrate of your upload once more.' : null}
        error={refusalAt(refusal, 'backupMode', 'It')}
        options={MODES}
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
        label="Backup server"
        hint={
          backupUrl === null
            ? 'The platform names no backup server: copy its address from your stream settings there.'
            : 'Leave it empty to use the platform’s own backup server.'
        }
        error={refusalAt(refusal, 'backupUrl', 'The backup server')}
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
        label="Backup stream key"
        what="backup stream key"
        hint="Only where the platform gives a second one. Empty: the same key as above."
        error={refusalAt(refusal, 'backupStreamKey', 'The backup stream key')}
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
