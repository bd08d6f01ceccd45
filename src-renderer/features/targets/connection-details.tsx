/**
 * @module
 */
import { MAX_URL_CHARS } from '../../../src-shared/bridge/contract.ts';
import { t } from '../../language/translate.ts';
import { AddressInput } from '../../ui/address-input.tsx';
import { Field } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { CONNECTION_FIELDS, hasConnection } from './connection-values.ts';
import { KeptSecretField } from './kept-secret-field.tsx';
import type { TargetSectionProps } from './timing-sections.tsx';
import type { TargetFormState } from './use-target-form.ts';

/** How the server is reached, beyond address and key. */
export function ConnectionDetails({ target, form }: TargetSectionProps) {
  return (
    <FormSection
      title={t('Connection details')}
      hint={t('Sign-in, certificate, proxy, network card: rarely needed.')}
      startsOpen={hasConnection(target)}
      refusal={form.refusal}
      fields={CONNECTION_FIELDS}
      testId="target-connection"
    >
      <TextField
        form={form}
        field="user"
        label={t('User')}
        testId="target-user"
        hint={t('Only for servers that ask who you are.')}
      />
      <PasswordField target={target} form={form} />
      <TextField
        form={form}
        field="certificateSha256"
        label={t('Certificate fingerprint (SHA-256)')}
        refusedAs={t('The fingerprint')}
        testId="target-certificate"
        placeholder="AB:CD:EF:…"
        hint={t('For your own rtmps:// server with a self-made certificate.')}
      />
      <TextField
        form={form}
        field="proxy"
        label={t('Proxy')}
        testId="target-proxy"
        placeholder="socks5://host:1080"
        hint={t('socks5://… or http://…, with user:password@ before the host if it asks for them.')}
      />
      <TextField
        form={form}
        field="bindAddress"
        label={t('Connect from address')}
        refusedAs={t('The address')}
        testId="target-bind-address"
        placeholder="192.168.1.20"
        hint={t('An address of this computer, to choose its network card. Empty: the system chooses.')}
      />
    </FormSection>
  );
}

type TextFieldProps = {
  readonly form: TargetFormState;
  readonly field: 'user' | 'certificateSha256' | 'proxy' | 'bindAddress';
  readonly label: string;
  /** What a refusal calls it, where the label does not fit into a sentence. */
  readonly refusedAs?: string;
  readonly testId: string;
  readonly hint: string;
  readonly placeholder?: string;
};

function TextField({ form, field, label, refusedAs = label, testId, hint, placeholder }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={refusalAt(form.refusal, field, refusedAs)}>
      {(parts) => (
        <AddressInput
          {...parts}
          data-testid={testId}
          className={field === 'user' ? '' : 'font-mono'}
          maxLength={MAX_URL_CHARS}
          placeholder={placeholder}
          value={form.values[field]}
          onChange={({ target }) => {
            form.set({ [field]: target.value });
          }}
        />
      )}
    </Field>
  );
}

function PasswordField({ target, form: { values, refusal, set } }: TargetSectionProps) {
  return (
    <KeptSecretField
      label={t('Password')}
      what={t('password')}
      error={refusalAt(refusal, 'password', t('Password'))}
      kept={target?.hasPassword === true}
      value={values.password}
      removed={values.removePassword}
      testId="target-password"
      onChange={(password, removePassword) => {
        set({ password, removePassword });
      }}
    />
  );
}
