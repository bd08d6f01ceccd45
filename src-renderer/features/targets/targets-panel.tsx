/**
 * @module
 */
import { Plus, Send } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import type { Studio } from '../../state/studio-store.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TargetRow } from './target-row.tsx';

const targetIds = ({ view }: Studio) => view.targets.map(({ id }) => id);

/** Where the show goes. */
export function TargetsPanel() {
  const { own } = useParts();
  const ids = useStudio(useShallow(targetIds));
  // The accent leads from step to step: first an encoder, then a target.
  const isNextStep = useStudio(
    ({ view: { ingests, targets } }) => targets.length === 0 && ingests.some(({ state }) => state === 'live'),
  );
  const add = () => {
    own.setState({ dialog: { type: 'target', id: null } });
  };
  return (
    <section
      aria-labelledby="targets-title"
      className="flex min-h-0 flex-col gap-2.5 overflow-y-auto border-line bg-panel p-3 min-[800px]:border-l"
    >
      <div className="flex h-8 items-center justify-between">
        <h2 id="targets-title" className="text-sm font-semibold text-soft">
          Targets
        </h2>
        <Button look={isNextStep ? 'primary' : 'ghost'} size="sm" data-testid="add-target" onClick={add}>
          <Plus aria-hidden className="size-4" /> Add a target
        </Button>
      </div>
      {ids.length === 0 ? (
        <EmptyState icon={Send} title="No targets yet">
          <p>
            A target is a place your show goes: Twitch, YouTube, Kick, your own server. Add as many as your
            upload carries.
          </p>
          <p>No account at hand? The rehearsal target receives the stream on this computer.</p>
        </EmptyState>
      ) : (
        <ul className="flex flex-col gap-2">
          {ids.map((id) => (
            <li key={id}>
              <TargetRow id={id} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
