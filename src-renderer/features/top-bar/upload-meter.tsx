/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { isUploadTight, uploadLimit, uploadShare } from '../../state/upload-limit.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatMbps } from '../../ui/format.ts';

/** What all targets take together, against what the line gives; press it to change the budget. */
export function UploadMeter() {
  const { own } = useParts();
  const uplink = useStudio(({ view }) => view.uplink);
  const limit = uploadLimit(uplink);
  const share = uploadShare(uplink);
  const tight = isUploadTight(uplink);
  return (
    <button
      type="button"
      data-testid="upload"
      title={t('Set the upload budget')}
      className="-mx-1.5 flex flex-col rounded-lg px-1.5 text-left leading-tight hover:bg-raised"
      onClick={() => {
        own.setState({ dialog: { type: 'settings', section: 'upload' } });
      }}
    >
      <span className="text-xs text-soft">
        {t('Upload')}
        {limit?.from === 'measured' && <span className="max-[1099px]:sr-only"> · {t('limit measured')}</span>}
        {tight && ` · ${t('close to its limit')}`}
        <span className="sr-only">, {t('set the budget')}</span>
      </span>
      <span className="flex items-center gap-2 font-semibold whitespace-nowrap">
        {formatMbps(uplink.totalKbps)}
        {limit !== null && (
          <span className="font-normal text-soft">{t('of {{all}}', { all: formatMbps(limit.kbps) })}</span>
        )}
        {share !== null && (
          <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-full bg-raised max-[999px]:hidden">
            <span
              className={classNames('block h-full', tight ? 'bg-strained' : 'bg-accent')}
              style={{ width: `${Math.min(100, share * 100)}%` }}
            />
          </span>
        )}
      </span>
    </button>
  );
}
