/**
 * @module
 */
import { useId, useState } from 'react';
import { t } from '../../language/translate.ts';
import { useStudio } from '../../state/window-context.tsx';
import { formatKbps } from '../../ui/format.ts';
import { recommendedVideoKbps } from './recommended-bitrate.ts';

const settings = (): readonly (readonly [string, string, string])[] => [
  [t('Rate control'), 'CBR', t('platforms cut off peaks')],
  [t('Keyframe interval'), '2 s', t('viewers join and recover at keyframes')],
  [t('Video'), 'H.264', t('the one codec every platform takes')],
  [t('Audio'), t('AAC, 48 kHz, stereo, 160\u202fkbit/s'), t('other rates are converted or refused')],
];

/** Encoder settings that every platform takes. */
export function RecommendedSettings() {
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('Settings every platform takes')}</h3>
      <dl className="grid gap-x-6 gap-y-1.5 text-sm sm:grid-cols-[auto_1fr]">
        {settings().map(([name, value, why]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd>
              <span className="font-medium">{value}</span> <span className="text-soft">– {why}</span>
            </dd>
          </div>
        ))}
      </dl>
      <BitrateCalculator />
    </div>
  );
}

/** The one setting that depends on the line: each target takes the whole bitrate once more. */
function BitrateCalculator() {
  const id = useId();
  const targets = useStudio(({ view }) => view.targets.length);
  const budgetKbps = useStudio(({ view }) => view.uplink.budgetKbps);
  const [upload, setUpload] = useState(budgetKbps === null ? '20' : String(budgetKbps / 1000));
  const count = Math.max(1, targets);
  const kbps = recommendedVideoKbps(Number(upload) || 0, count);
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1.5 rounded-xl border border-line bg-card p-3 text-sm">
      <label htmlFor={id}>{t('Your upload')}</label>
      <input
        id={id}
        type="number"
        min={0}
        step="any"
        className="field-frame h-8 w-20 px-2 text-right"
        value={upload}
        onChange={({ target }) => {
          setUpload(target.value);
        }}
      />
      <span>{t('Mbit/s ÷ {{count}} targets, with a reserve:', { count })}</span>
      <output htmlFor={id} className="font-semibold">
        {t('video bitrate up to {{most}}', { most: formatKbps(kbps) })}
      </output>
    </p>
  );
}
