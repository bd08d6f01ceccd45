/**
 * @module
 */
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useStudio } from '../../state/window-context.tsx';
import { newestEncoderConnection, stageMarks, STAGES } from '../../state/stages.ts';
import { stageInSentence, stageMeaning, stageWord, stageMarkWord } from '../../state/words.ts';
import { classNames } from '../../ui/class-names.ts';
import { Notice } from '../../ui/notice.tsx';
import { STAGE_MARKS } from '../../ui/state-marks.ts';

const TEXT_COLOURS = {
  idle: 'text-faint',
  busy: 'text-accent',
  good: 'text-good',
  strained: 'text-strained',
  failing: 'text-failing',
  hold: 'text-strained',
  onair: 'text-onair',
} as const;

/** How far the newest encoder has come, and why it came no further. */
export function ConnectionStages() {
  const connection = useStudio(({ view }) => newestEncoderConnection(view.connections));
  const marks = stageMarks(connection);
  const stopped = connection?.outcome === 'refused' || connection?.outcome === 'failed';
  return (
    <div className="@container flex flex-col gap-2.5" data-testid="connection-stages">
      <h3 className="flex flex-wrap items-baseline justify-between gap-x-3 font-semibold">
        {t('What happens when it connects')}
        <span className="text-xs font-normal text-soft">
          {connection === null ? t('Nobody has knocked yet') : (connection.software ?? connection.address)}
        </span>
      </h3>
      <ol className="grid gap-2 @min-[34rem]:grid-cols-3" aria-live="polite">
        {STAGES.map((stage, index) => {
          const mark = marks[index] ?? 'pending';
          const { icon: Icon, tone, motion } = STAGE_MARKS[mark];
          return (
            <li
              key={stage}
              data-testid={`stage-${stage}`}
              data-mark={marks[index]}
              className={classNames(
                'flex flex-col gap-1 rounded-xl border bg-card p-3',
                tone === 'idle' ? 'border-line' : 'border-current',
                TEXT_COLOURS[tone],
              )}
            >
              <span className="flex flex-wrap items-center gap-x-2 text-sm font-semibold">
                <Icon
                  aria-hidden
                  className={classNames('size-4 shrink-0', motion === 'spin' && 'spin-slow')}
                />
                <span className="text-ink">
                  {index + 1}. {stageWord(stage)}
                </span>
                <span className="ml-auto text-xs font-medium whitespace-nowrap">{stageMarkWord(mark)}</span>
              </span>
              <span className="text-xs text-soft">{stageMeaning(stage)}</span>
            </li>
          );
        })}
      </ol>
      {stopped && (
        <Notice tone="error" testId="stage-reason">
          <p className="font-semibold">
            {connection.outcome === 'refused'
              ? t('Refused at the {{stage}} stage.', { stage: stageInSentence(connection.stage) })
              : t('Failed at the {{stage}} stage.', { stage: stageInSentence(connection.stage) })}
          </p>
          <p>
            {connection.reason === null
              ? t('The encoder did not say why.')
              : tStudio(connection.reason.message)}
          </p>
        </Notice>
      )}
    </div>
  );
}
