/**
 * The whole window.
 * @module
 */
import { useOwn, useStudio } from '../state/window-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { DiscreetContext } from '../ui/discreet-context.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { Announcer } from './announcer.tsx';
import { DialogHost } from './dialog-host.tsx';
import { EventDrawer } from './events/event-drawer.tsx';
import { IngestsPanel } from './ingests/ingests-panel.tsx';
import { useShortcuts } from './keyboard/use-shortcuts.ts';
import { NoticeTeller } from './notices/notice-teller.tsx';
import { Opening } from './opening.tsx';
import { Stage } from './stage.tsx';
import { StudioLost } from './studio-lost.tsx';
import { TargetsPanel } from './targets/targets-panel.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar/top-bar.tsx';

/** Below this width the three columns become one, as in a dock of OBS. */
const ONE_COLUMN = '(max-width: 799px)';

export function App() {
  // What draws words draws again when the language changes; what is typed, open or playing stays.
  useOwn((own) => own.spoken);
  const loaded = useStudio(({ view }) => view.loaded);
  const discreet = useOwn((own) => own.discreet);
  return (
    <DiscreetContext value={discreet}>
      {!loaded && <Opening />}
      {loaded && <Screen />}
      {loaded && <DialogHost />}
      <Toasts />
      <Announcer />
      <NoticeTeller />
    </DiscreetContext>
  );
}

/**
 * In one column, what is on air and where comes first; the picture is in OBS already, so it opens on request.
 * The parts stay the same ones while their order changes: what is typed, unfolded or focused in them stays, too, and a
 * dialog finds the button it gives the focus back to.
 */
function Screen() {
  useShortcuts();
  // Lights that may no longer be true lose their colour.
  const stale = useStudio(({ link }) => link.type === 'lost');
  const oneColumn = useMediaQuery(ONE_COLUMN);
  const ingests = <IngestsPanel key="ingests" />;
  const stage = <Stage key="stage" foldable={oneColumn} />;
  const targets = <TargetsPanel key="targets" />;
  return (
    <div className={classNames('flex flex-col', oneColumn ? 'min-h-dvh' : 'h-dvh overflow-hidden')}>
      <TopBar />
      <StudioLost />
      <main
        className={classNames(
          oneColumn
            ? 'flex flex-1 flex-col'
            : 'grid min-h-0 flex-1 grid-cols-[clamp(15.5rem,21vw,22rem)_minmax(0,1fr)_clamp(20rem,28.5vw,30rem)]',
          stale && 'grayscale',
        )}
      >
        {oneColumn ? [targets, ingests, stage] : [ingests, stage, targets]}
      </main>
      <EventDrawer />
    </div>
  );
}
