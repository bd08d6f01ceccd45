/**
 * The backup encoder of an ingest, in words.
 * @module
 */
import type { BackupReport, Ingest, SourceRole } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import type { BackupState } from '../../ui/state-marks.ts';

/** How the backup encoder stands. */
export function backupState(onAir: Ingest['onAir'], backup: BackupReport): BackupState {
  if (onAir === 'backup') return 'on-air';
  return backup.encoder === null ? 'absent' : 'standby';
}

export function backupStateWord(state: BackupState): string {
  return { absent: t('Not connected'), standby: t('Standing by'), 'on-air': t('On air') }[state];
}

/** The one encoder that can be switched to now, and why it cannot be; `why` is null when it can. */
export type SwitchOffer = { readonly to: SourceRole; readonly words: string; readonly why: string | null };

/** What the switch between the two encoders offers. */
export function switchOffer({ onAir, encoder }: Ingest, backup: BackupReport): SwitchOffer {
  if (onAir === 'backup') {
    const why = encoder === null ? t('The main encoder is not connected.') : null;
    return { to: 'main', words: t('Back to main'), why };
  }
  const why = backup.encoder === null ? t('The backup encoder is not connected.') : null;
  return { to: 'backup', words: t('Switch to backup'), why };
}

/** When viewers go back to the main encoder. */
export function switchBackWords({ switchBack, switchBackSeconds }: Ingest): string {
  return switchBack === 'auto'
    ? t('Goes back to the main encoder by itself once that has been healthy for {{seconds}} s.', {
        seconds: switchBackSeconds,
      })
    : t('Stays on the backup encoder until you go back.');
}
