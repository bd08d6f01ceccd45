/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { hasViewers } from '../../state/show.ts';
import { useNow, useParts, useRun, useStudio } from '../../state/window-context.tsx';
import { ask } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { formatCountdown } from '../../ui/format.ts';

/** While the encoder is gone and the targets are kept alive: how long still, and the way to end it. */
export function HoldNotice({ ingest }: { readonly ingest: Ingest }) {
  const run = useRun();
  const { own } = useParts();
  const { id, name, holdEndsAt } = ingest;
  const watched = useStudio(
    ({ view }) => view.targets.filter((target) => target.ingestId === id && hasViewers(target)).length,
  );
  const left = useNow((nowMs) =>
    holdEndsAt === null ? '' : formatCountdown(Date.parse(holdEndsAt) - nowMs),
  );
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-hold/60 p-2.5 text-xs">
      <p>
        The encoder is gone. Targets are kept alive for <strong className="whitespace-nowrap">{left}</strong>;
        start the encoder again and the show goes on.
      </p>
      <Button
        look="grave"
        size="sm"
        onClick={() => {
          ask(own, {
            title: `End the show of ${name} now?`,
            text:
              watched === 0
                ? 'Nobody is watching. The targets are told goodbye.'
                : `Viewers on ${watched} ${watched === 1 ? 'target' : 'targets'} will see the stream end.`,
            confirm: 'End show now',
            onConfirm: () => {
              run('ingest.end-hold', { id });
            },
          });
        }}
      >
        End show now
      </Button>
    </div>
  );
}
