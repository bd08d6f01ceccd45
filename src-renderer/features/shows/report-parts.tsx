/**
 * @module
 */
import type { ShowOutage, ShowReport, ShowTarget } from '../../../src-shared/model/show-report.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { formatBytes, formatCount, formatDuration, formatKbps, formatTimeOfDay } from '../../ui/format.ts';
import { outageLengthWords, uptimeWords } from './show-words.ts';

/** What the encoder sent, and when it was away. */
export function EncoderPart({ report }: { readonly report: ShowReport }) {
  const { encoder, encoderOutages, encoderWorstMinute } = report;
  return (
    <section aria-labelledby="report-encoder" className="rounded-xl border border-line bg-card p-3.5">
      <h3 id="report-encoder" className="font-semibold">
        {t('Encoder')}
      </h3>
      <p className="text-sm text-soft">
        {encoder === '' ? t('What it sent is not known.') : tStudio(encoder)}
      </p>
      <WorstMinute worst={encoderWorstMinute} />
      <Outages outages={encoderOutages} none={t('The encoder was there all the time.')} />
    </section>
  );
}

/** What one target did. */
export function TargetPart({ target }: { readonly target: ShowTarget }) {
  const { targetId, name, platform, outages, worstMinute } = target;
  const figures: readonly (readonly [string, string])[] = [
    [t('Uptime'), uptimeWords(target.uptime)],
    [t('Live for'), formatDuration(target.liveSeconds)],
    [t('Reconnects'), formatCount(target.reconnects)],
    [t('Dropped frames'), formatCount(target.droppedFrames)],
    [t('Mean bitrate'), formatKbps(target.meanKbps)],
    [t('Sent'), formatBytes(target.bytesSent)],
  ];
  return (
    <section
      aria-labelledby={`report-${targetId}`}
      data-testid="report-target"
      className="rounded-xl border border-line bg-card p-3.5"
    >
      <h3 id={`report-${targetId}`} className="font-semibold wrap-anywhere">
        {name} <span className="text-sm font-normal text-soft">{platform}</span>
      </h3>
      <dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-3 md:grid-cols-6">
        {figures.map(([title, value]) => (
          <div key={title}>
            <dt className="text-xs text-soft">{title}</dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <WorstMinute worst={worstMinute} />
      <Outages outages={outages} none={t('It was never lost.')} />
    </section>
  );
}

function WorstMinute({ worst }: { readonly worst: ShowTarget['worstMinute'] }) {
  if (worst === null) return null;
  return (
    <p className="mt-2 text-sm">
      <span className="text-soft">{t('Worst minute:')} </span>
      <time dateTime={worst.at}>{formatTimeOfDay(worst.at)}</time> – {tStudio(worst.cause)}
    </p>
  );
}

type OutagesProps = { readonly outages: readonly ShowOutage[]; readonly none: string };

function Outages({ outages, none }: OutagesProps) {
  if (outages.length === 0) return <p className="mt-2 text-sm text-soft">{none}</p>;
  return (
    <div className="mt-2 overflow-x-auto" tabIndex={0} role="group" aria-label={t('Losses')}>
      <table className="w-full text-left text-sm">
        <thead className="text-xs text-soft">
          <tr>
            <th className="py-1 pr-4 font-medium">{t('Lost at')}</th>
            <th className="py-1 pr-4 font-medium">{t('For')}</th>
            <th className="py-1 font-medium">{t('Why')}</th>
          </tr>
        </thead>
        <tbody>
          {outages.map((outage) => (
            <tr
              key={`${outage.at} ${outage.code}`}
              data-code={outage.code}
              className="border-t border-line align-top"
            >
              <td className="py-1 pr-4 whitespace-nowrap">
                <time dateTime={outage.at}>{formatTimeOfDay(outage.at)}</time>
              </td>
              <td className="py-1 pr-4 whitespace-nowrap">{outageLengthWords(outage)}</td>
              <td className="py-1">{tStudio(outage.cause)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
