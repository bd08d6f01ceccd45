/**
 * @module
 */
import { DiscreetMark } from './discreet-mark.tsx';
import { MasterButton } from './master-button.tsx';
import { OptionsMenu } from './options-menu.tsx';
import { ShowBadge } from './show-badge.tsx';
import { TargetCount } from './target-count.tsx';
import { UploadMeter } from './upload-meter.tsx';

/** Answers from two metres away: on air, everywhere, within the line? */
export function TopBar() {
  return (
    <header className="sticky top-0 z-10 flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line bg-panel px-4 py-2">
      <h1 className="flex items-center gap-2 font-semibold max-[479px]:sr-only">
        <Sign />
        Relaydeck
      </h1>
      <ShowBadge />
      <TargetCount />
      <UploadMeter />
      <DiscreetMark />
      <div className="ml-auto flex items-center gap-2 max-[479px]:w-full max-[479px]:[&>:first-child]:flex-1">
        <MasterButton />
        <OptionsMenu />
      </div>
    </header>
  );
}

/** One line in, two out. */
function Sign() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      className="size-5 text-accent"
      fill="none"
      stroke="currentColor"
      strokeWidth={2.4}
    >
      <path d="M3 12h7m0 0 9-7m-9 7h11m-11 0 9 7" strokeLinecap="round" />
    </svg>
  );
}
