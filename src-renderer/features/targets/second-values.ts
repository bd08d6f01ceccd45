/**
 * The second connection of a target: what stands in the form and what of it is sent.
 * @module
 */
import type { CommandArgs } from '../../../src-shared/bridge/contract.ts';
import type { BackupMode, Target } from '../../../src-shared/model/target.ts';

export type SecondValues = {
  readonly backupMode: BackupMode;
  readonly backupUrl: string;
  /** Typed just now: the kept one is never read back. */
  readonly backupStreamKey: string;
  /** The kept key goes when the form is saved: the first connection's is used again. */
  readonly removeBackupKey: boolean;
};

/** The fields of the section, as the contract names them. */
export const SECOND_FIELDS: readonly string[] = ['backupMode', 'backupUrl', 'backupStreamKey'];

/** What stands in the section at first. */
export function startSecond(target: Target | null): SecondValues {
  return {
    backupMode: target?.backupMode ?? 'off',
    backupUrl: target?.backupUrl ?? '',
    backupStreamKey: '',
    removeBackupKey: false,
  };
}

type SecondArgs = Pick<CommandArgs<'target.update'>, 'backupMode' | 'backupUrl' | 'backupStreamKey'>;

/** Only what differs from the target; of a new one, only what was filled in. */
export function secondArgs(target: Target | null, values: SecondValues): SecondArgs {
  const { backupMode, backupStreamKey, removeBackupKey } = values;
  const backupUrl = values.backupUrl.trim();
  return {
    ...(backupMode === (target?.backupMode ?? 'off') ? {} : { backupMode }),
    ...(backupUrl === (target?.backupUrl ?? '') ? {} : { backupUrl }),
    ...(removeBackupKey || backupStreamKey !== '' ? { backupStreamKey } : {}),
  };
}
