/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { troubleOf } from '../../state/stages.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { stageInSentence } from '../../state/words.ts';
import { Notice } from '../../ui/notice.tsx';

/** The last encoder that tried and was refused or failed: at which stage, and why. */
export function ConnectionTrouble({ ingest }: { readonly ingest: Ingest }) {
  const { studio } = useParts();
  // Only whether it is still recent depends on the time, so the card does not draw again each second.
  const troubleId = useOwn(
    ({ nowMs }) => troubleOf(studio.getState().view.connections, ingest, nowMs)?.id ?? null,
  );
  const connection = useStudio(({ view }) => view.connections.find(({ id }) => id === troubleId));
  if (connection === undefined) return null;
  const encoder = connection.software ?? t('An encoder');
  const stage = stageInSentence(connection.stage);
  return (
    <Notice tone="error" testId="connection-trouble">
      <p className="font-semibold">
        {connection.outcome === 'refused'
          ? t('{{encoder}} was refused at the {{stage}} stage.', { encoder, stage })
          : t('{{encoder}} failed at the {{stage}} stage.', { encoder, stage })}
      </p>
      <p>{connection.reason === null ? t('It did not say why.') : tStudio(connection.reason.message)}</p>
    </Notice>
  );
}
