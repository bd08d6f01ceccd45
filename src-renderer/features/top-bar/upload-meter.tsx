/**
 * @module
 */
import { useStudio } from '../../state/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatMbps } from '../../ui/format.ts';

/** Above this share of the budget the line has no room left for the encoder's peaks. */
const TIGHT_SHARE = 0.85;

/** What all targets take together, against what the line gives. */
export function UploadMeter() {
  const { totalKbps, budgetKbps } = useStudio(({ view }) => view.uplink);
  const share = budgetKbps === null || budgetKbps === 0 ? null : totalKbps / budgetKbps;
  const tight = share !== null && share > TIGHT_SHARE;
  return (
    <div className="flex flex-col leading-tight" data-testid="upload">
      <span className="text-xs text-soft">Upload{tight ? ' · close to its limit' : ''}</span>
      <span className="flex items-center gap-2 font-semibold whitespace-nowrap">
        {formatMbps(totalKbps)}
        {budgetKbps !== null && <span className="font-normal text-soft">of {formatMbps(budgetKbps)}</span>}
        {share !== null && (
          <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-full bg-raised max-[999px]:hidden">
            <span
              className={classNames('block h-full', tight ? 'bg-strained' : 'bg-accent')}
              style={{ width: `${Math.min(100, share * 100)}%` }}
            />
          </span>
        )}
      </span>
    </div>
  );
}
