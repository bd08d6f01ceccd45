/**
 * @module
 */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { MAX_URL_CHARS } from '../../../src-shared/bridge/contract.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { CONNECTION_FIELDS, hasConnection } from './connection-values.ts';
import type { TargetFormState } from './use-target-form.ts';

export type ConnectionDetailsProps = { readonly target: Target | null; readonly form: TargetFormState };

/** What most targets need none of: folded, unless it is in use or was refused. */
export function ConnectionDetails({ target, form }: ConnectionDetailsProps) {
  const { refusal } = form;
  const [open, setOpen] = useState(() => hasConnection(target));
  const [refusalBefore, setRefusalBefore] = useState(refusal);
  if (refusal !== refusalBefore) {
    setRefusalBefore(refusal);
    // Before the refused field is given the focus, which it cannot have while folded away.
    if (CONNECTION_FIELDS.includes(refusal?.field ?? '')) setOpen(true);
  }
  return (
    <details
      data-testid="target-connection"
      className="group rounded-xl border border-line bg-card"
      open={open}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary className="flex min-h-9 items-center gap-2 rounded-xl px-3 py-1.5 text-sm font-medium">
        <span className="flex-1">
          Connection details
          <span className="block text-xs font-normal text-soft">
            Sign-in, certificate, proxy, network card: rarely needed.
          </span>
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-soft group-open:rotate-180" />
      </summary>
      <div className="flex flex-col gap-4 border-t border-line p-3">
        <TextField
          form={form}
          field="user"
          label="User"
          testId="target-user"
          hint="Only for servers that ask who you are."
        />
        <PasswordField target={target} form={form} />
        <TextField
          form={form}
          field="certificateSha256"
          label="Certificate fingerprint (SHA-256)"
          refusedAs="The fingerprint"
          testId="target-certificate"
          placeholder="AB:CD:EF:…"
          hint="For your own rtmps:// server with a self-made certificate."
        />
        <TextField
          form={form}
          field="proxy"
          label="Proxy"
          testId="target-proxy"
          placeholder="socks5://host:1080"
          hint="socks5://… or http://…, with user:password@ before the host if it asks for them."
        />
        <TextField
          form={form}
          field="bindAddress"
          label="Connect from address"
          refusedAs="The address"
          testId="target-bind-address"
          placeholder="192.168.1.20"
          hint="An address of this computer, to choose its network card. Empty: the system chooses."
        />
      </div>
    </details>
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
        <input
          {...parts}
          data-testid={testId}
          className={`${INPUT_CLASS} ${field === 'user' ? '' : 'font-mono'}`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
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

function PasswordField({ target, form }: ConnectionDetailsProps) {
  const { removePassword, password } = form.values;
  const kept = target?.hasPassword === true;
  return (
    <Field label="Password" error={refusalAt(form.refusal, 'password', 'Password')}>
      {(parts) => (
        <div className="flex flex-col items-start gap-1">
          <SecretInput
            parts={parts}
            what="password"
            testId="target-password"
            value={password}
            placeholder={kept ? keptWords(removePassword) : ''}
            onValue={(typed) => {
              form.set({ password: typed, removePassword: false });
            }}
          />
          {kept && (
            <button
              type="button"
              data-testid="target-password-remove"
              aria-label={removePassword ? 'Keep the password after all' : 'Remove the password'}
              className="h-6 rounded text-xs font-medium text-accent underline"
              onClick={() => {
                form.set({ password: '', removePassword: !removePassword });
              }}
            >
              {removePassword ? 'Keep' : 'Remove'}
            </button>
          )}
          <span role="status" className="sr-only">
            {removePassword && 'The password is removed when you save.'}
          </span>
        </div>
      )}
    </Field>
  );
}

function keptWords(removePassword: boolean): string {
  return removePassword ? 'removed when you save' : 'kept – leave empty to keep it';
}
