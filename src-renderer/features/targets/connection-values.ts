/**
 * How a target is reached, beyond address and key: what stands in the form and what of it is sent.
 * @module
 */
import type { CommandArgs, Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';

const SHOWN_FIELDS = ['user', 'certificateSha256', 'proxy', 'bindAddress'] as const;

/** The fields of the section, as the contract names them. */
export const CONNECTION_FIELDS: readonly string[] = [...SHOWN_FIELDS, 'password'];

export type ConnectionValues = Readonly<Record<(typeof SHOWN_FIELDS)[number], string>> & {
  /** Typed just now: the kept one is never read back. */
  readonly password: string;
  /** The kept password goes when the form is saved. */
  readonly removePassword: boolean;
};

/** What stands in the section at first. */
export function startConnection(target: Target | null): ConnectionValues {
  return {
    user: target?.user ?? '',
    password: '',
    removePassword: false,
    certificateSha256: target?.certificateSha256 ?? '',
    proxy: target?.proxy ?? '',
    bindAddress: target?.bindAddress ?? '',
  };
}

/** Whether the target has any of them: the section is open then. */
export function hasConnection(target: Target | null): boolean {
  return target !== null && (target.hasPassword || SHOWN_FIELDS.some((field) => target[field] !== ''));
}

type ConnectionArgs = Pick<
  CommandArgs<'target.update'>,
  'user' | 'password' | 'certificateSha256' | 'proxy' | 'bindAddress'
>;

/** Only what differs from the target; of a new one, only what was filled in. */
export function connectionArgs(target: Target | null, values: ConnectionValues): ConnectionArgs {
  const changed = SHOWN_FIELDS.filter((field) => isChanged(target, values, field));
  const password = values.removePassword || values.password !== '' ? { password: values.password } : {};
  return { ...Object.fromEntries(changed.map((field) => [field, values[field].trim()])), ...password };
}

/**
 * The proxy is read back with dots for its password. Once another part of it is changed, the dots would be saved as
 * the password itself.
 */
export function maskedProxyRefusal(target: Target | null, values: ConnectionValues): Refusal | null {
  if (!isChanged(target, values, 'proxy') || !/:•+@/.test(values.proxy)) return null;
  const message = t('Type the password of the proxy in place of the dots: the kept one cannot be read back.');
  return { code: 'masked-proxy', message, field: 'proxy' };
}

function isChanged(
  target: Target | null,
  values: ConnectionValues,
  field: (typeof SHOWN_FIELDS)[number],
): boolean {
  return values[field].trim() !== (target?.[field] ?? '');
}
