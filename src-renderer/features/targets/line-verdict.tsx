/**
 * @module
 */
import { tStudio } from '../../language/translate-studio.ts';
import { useStudio } from '../../state/window-context.tsx';
import { lineVerdictWords } from '../../state/words.ts';
import { Notice } from '../../ui/notice.tsx';

/** Which side is to blame when targets lag. The place for it is always there, so that it is read out. */
export function LineVerdict() {
  const { kind, message } = useStudio(({ view }) => view.uplink.verdict);
  return (
    <div role="status" className="empty:hidden" data-testid="line-verdict" data-kind={kind}>
      {kind !== 'ok' && (
        <Notice tone="warning">
          <p className="font-semibold">{lineVerdictWords(kind)}</p>
          <p>{tStudio(message)}</p>
        </Notice>
      )}
    </div>
  );
}
