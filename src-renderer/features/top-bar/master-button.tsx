/**
 * @module
 */
import { Hand, Radio, Square } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { hasViewers, masterAction } from '../../state/show.ts';
import { useParts, useRun, useStudio } from '../../state/window-context.tsx';
import { ask, say } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { HoldButton } from '../../ui/hold-button.tsx';
import { keyPlace } from '../../ui/key-place.ts';
import { useFocusRefuge } from '../../ui/use-focus-refuge.ts';

/** Long enough not to happen by accident, short enough not to be cursed. */
const END_HOLD_MS = 1000;

/** Go live, take that back, or end the show. */
export function MasterButton() {
  const action = useStudio(({ view }) => masterAction(view.targets));
  return (
    <MasterPlace key={action}>
      {action === 'end-show' && <EndShowButton />}
      {action === 'cancel' && <CancelButton />}
      {action === 'go-live' && <GoLiveButton />}
    </MasterPlace>
  );
}

/** One button follows the other at the same place, and so does the focus. */
function MasterPlace({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useFocusRefuge(place, 'master');
  return (
    <div ref={place} className="flex *:flex-1">
      {children}
    </div>
  );
}

function GoLiveButton() {
  const run = useRun();
  const none = useStudio(({ view }) => view.targets.length === 0);
  return (
    <Button
      look={none ? 'quiet' : 'primary'}
      size="md"
      className="h-10 min-w-32 font-semibold"
      data-testid="master"
      {...keyPlace('master')}
      disabled={none}
      title={none ? 'Add a target first: then this starts all of them.' : 'Starts every target'}
      onClick={() => {
        run('targets.start-all', {});
      }}
    >
      <Radio aria-hidden className="size-4" /> Go live
    </Button>
  );
}

function CancelButton() {
  const run = useRun();
  return (
    <Button
      className="h-10 min-w-32 font-semibold"
      data-testid="master"
      {...keyPlace('master')}
      title="The targets wait for the encoder. This takes going live back."
      onClick={() => {
        run('targets.stop-all', {});
      }}
    >
      <Hand aria-hidden className="size-4" /> Don’t go live
    </Button>
  );
}

function EndShowButton() {
  const run = useRun();
  const { own } = useParts();
  const watched = useStudio(({ view }) => view.targets.filter(hasViewers).length);
  const consequence = whatViewersSee(watched);
  const end = () => {
    run('targets.stop-all', {});
  };
  return (
    <HoldButton
      testId="master"
      place="master"
      className="h-10 min-w-32 border-edge bg-raised px-4 text-sm text-ink"
      description={`Hold for a second to end the show. ${consequence}`}
      holdMs={END_HOLD_MS}
      onHeld={end}
      onShort={() => {
        say(own, 'info', `Keep holding for a second to end the show. ${consequence}`);
      }}
      onPlainClick={() => {
        ask(own, { title: 'End the show?', text: consequence, confirm: 'End the show', onConfirm: end });
      }}
    >
      <Square aria-hidden className="size-4 fill-current" /> End show
      <span className="text-xs font-normal text-soft">hold</span>
    </HoldButton>
  );
}

function whatViewersSee(watched: number): string {
  if (watched === 0) return 'Nobody is watching yet.';
  return `Viewers on ${watched === 1 ? 'one target' : `${watched} targets`} will see the stream end.`;
}
