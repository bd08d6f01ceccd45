/**
 * The whole window.
 * @module
 */
import { useStudio, useOwn } from '../state/window-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { Announcer } from './announcer.tsx';
import { DialogHost } from './dialog-host.tsx';
import { EventDrawer } from './events/event-drawer.tsx';
import { IngestsPanel } from './ingests/ingests-panel.tsx';
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
  const oneColumn = useMediaQuery(ONE_COLUMN);
  return (
    <>
      {!loaded && <Opening />}
      {loaded && (oneColumn ? <OneColumn /> : <ThreeColumns />)}
      {loaded && <DialogHost />}
      <Toasts />
      <Announcer />
      <NoticeTeller />
    </>
  );
}

/** Lights that may no longer be true lose their colour. */
function useStale(): boolean {
  return useStudio(({ link }) => link.type === 'lost');
}

function ThreeColumns() {
  const stale = useStale();
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <TopBar />
      <StudioLost />
      <main
        className={classNames(
          'grid min-h-0 flex-1 grid-cols-[clamp(15.5rem,21vw,22rem)_minmax(0,1fr)_clamp(20rem,28.5vw,30rem)]',
          stale && 'grayscale',
        )}
      >
        <IngestsPanel />
        <Stage />
        <TargetsPanel />
      </main>
      <EventDrawer />
    </div>
  );
}

/** What is on air and where comes first; the picture is in OBS already, so it opens on request. */
function OneColumn() {
  const stale = useStale();
  return (
    <div className="flex min-h-dvh flex-col">
      <TopBar />
      <StudioLost />
      <main className={classNames('flex flex-1 flex-col', stale && 'grayscale')}>
        <TargetsPanel />
        <IngestsPanel />
        <Stage foldable />
      </main>
      <EventDrawer />
    </div>
  );
}
