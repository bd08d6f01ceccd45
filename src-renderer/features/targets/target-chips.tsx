/**
 * @module
 */
import type { BackupLeg, Target } from '../../../src-shared/model/target.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { shedSentence, shedWord, targetStateWord } from '../../state/words.ts';
import { Notice } from '../../ui/notice.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { BEHIND_FILLS_MARK, BEHIND_MARK, SECOND_LEG_MARKS, SHED_MARK } from '../../ui/state-marks.ts';
import { behindOf } from './behind-words.ts';

/** What is special about a target right now: behind on purpose, given less, connected twice. */
export function TargetChips({ target }: { readonly target: Target }) {
  const { shed, backupLeg } = target;
  const behind = behindOf(target);
  if (behind === null && shed === 'none' && backupLeg === null) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap gap-1.5">
        {behind !== null && (
          <StateBadge
            mark={behind.fills ? BEHIND_FILLS_MARK : BEHIND_MARK}
            word={behind.words}
            about={t('Delay')}
            testId="target-behind"
          />
        )}
        {shed !== 'none' && <StateBadge mark={SHED_MARK} word={shedWord(shed)} testId="target-shed" />}
        {backupLeg !== null && (
          <StateBadge
            mark={SECOND_LEG_MARKS[backupLeg.state]}
            word={t('Backup server: {{state}}', { state: targetStateWord(backupLeg.state).toLowerCase() })}
            testId="target-second"
          />
        )}
      </div>
      {shed !== 'none' && <p className="text-xs">{shedSentence(shed)}</p>}
      {backupLeg !== null && <SecondTrouble leg={backupLeg} />}
    </div>
  );
}

function SecondTrouble({ leg: { state, lastError } }: { readonly leg: BackupLeg }) {
  if (lastError === null || (state !== 'failed' && state !== 'retrying')) return null;
  return (
    <Notice tone={state === 'failed' ? 'error' : 'warning'} testId="target-second-error">
      <p>{t('Backup server: {{message}}', { message: tStudio(lastError.message) })}</p>
    </Notice>
  );
}
