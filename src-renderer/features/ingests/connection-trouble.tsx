/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { troubleOf } from '../../state/stages.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { STAGE_WORDS } from '../../state/words.ts';
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
  const said = connection.outcome === 'refused' ? 'was refused' : 'failed';
  return (
    <Notice tone="error" testId="connection-trouble">
      <p className="font-semibold">
        {connection.software ?? 'An encoder'} {said} at the {STAGE_WORDS[connection.stage].name.toLowerCase()}{' '}
        stage.
      </p>
      <p>{connection.reason?.message ?? 'It did not say why.'}</p>
    </Notice>
  );
}
