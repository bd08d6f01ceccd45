/**
 * @module
 */
import { Hand, Radio, Square } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { t } from '../../language/translate.ts';
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
      title={none ? t('Add a target first: then this starts all of them.') : t('Starts every target')}
      onClick={() => {
        run('targets.start-all', {});
      }}
    >
      <Radio aria-hidden className="size-4" /> {t('Go live')}
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
      title={t('The targets wait for the encoder. This takes going live back.')}
      onClick={() => {
        run('targets.stop-all', {});
      }}
    >
      <Hand aria-hidden className="size-4" /> {t('Don’t go live')}
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
      description={t('Hold for a second to end the show. {{consequence}}', { consequence })}
      holdMs={END_HOLD_MS}
      onHeld={end}
      onShort={() => {
        say(own, 'info', t('Keep holding for a second to end the show. {{consequence}}', { consequence }));
      }}
      onPlainClick={() => {
        ask(own, {
          title: t('End the show?'),
          text: consequence,
          confirm: t('End the show'),
          onConfirm: end,
        });
      }}
    >
      <Square aria-hidden className="size-4 fill-current" /> {t('End show')}
      <span className="text-xs font-normal text-soft">{t('hold')}</span>
    </HoldButton>
  );
}

function whatViewersSee(watched: number): string {
  if (watched === 0) return t('Nobody is watching yet.');
  return t('Viewers on {{count}} targets will see the stream end.', { count: watched });
}
