/**
 * @module
 */
import { useMemo } from 'react';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { NO_SERIES } from '../../state/figures.ts';
import { column } from '../../state/series.ts';
import { useNow, useStudio } from '../../state/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatBytes, formatClock, formatCount, formatKbps, formatUnit } from '../../ui/format.ts';
import { Sparkline } from '../../ui/sparkline.tsx';

/** From here on viewers notice that this target lags, ms. */
const LATE_MS = 3000;

/** A live target's figures: always in the same places, so that they can be found without reading. */
export function TargetFigures({ target }: { readonly target: Target }) {
  const { since, bitrateKbps, droppedFrames, queueMs, reconnects } = target;
  const up = useNow((nowMs) => formatClock(nowMs - Date.parse(since)));
  return (
    <>
      <dl className="grid grid-cols-[0.75fr_0.8fr_1.1fr_1fr] gap-x-2 gap-y-1 text-xs @min-[22.4rem]:grid-cols-[1.4fr_0.7fr_0.75fr_1.15fr_1fr]">
        <Bitrate id={target.id} kbps={bitrateKbps} />
        <Figure
          name={t('Drops')}
          value={formatCount(droppedFrames)}
          strained={droppedFrames > 0}
          title={t('Video frames dropped')}
        />
        <Figure
          name={t('Lag')}
          value={formatUnit(queueMs / 1000, 's', 1)}
          strained={queueMs > LATE_MS}
          title={t('Stream time waiting to be sent')}
        />
        <Figure
          name={t('Reconnects')}
          value={`${formatCount(reconnects)}×`}
          strained={false}
          title={t('Reconnects since the show began')}
        />
        <Figure name={t('Up')} value={up} strained={false} title={t('On air for')} />
      </dl>
      {target.received !== null && <Received received={target.received} />}
    </>
  );
}

/** The bitrate, with its last minutes in place of a label. */
function Bitrate({ id, kbps }: { readonly id: string; readonly kbps: number }) {
  const series = useStudio(({ figures }) => figures.targets[id] ?? NO_SERIES);
  const [seconds, values] = useMemo(() => column(series, 0), [series]);
  return (
    <div className="col-span-4 @min-[22.4rem]:col-span-1">
      <dt className="sr-only">{t('Bitrate')}</dt>
      <dd className="flex items-center gap-x-3 @min-[22.4rem]:flex-col @min-[22.4rem]:items-start">
        <Sparkline
          seconds={seconds}
          values={values}
          className="h-[1.4em] min-w-0 flex-1 text-accent @min-[22.4rem]:w-full @min-[22.4rem]:flex-none"
        />
        <span className="text-right text-sm leading-[1.4] font-semibold tracking-tight whitespace-nowrap">
          {formatKbps(kbps)}
        </span>
      </dd>
    </div>
  );
}

type FigureProps = {
  readonly name: string;
  readonly value: string;
  readonly strained: boolean;
  readonly title: string;
};

function Figure({ name, value, strained, title }: FigureProps) {
  return (
    <div className="flex flex-col" title={title}>
      <dt className="text-faint">{name}</dt>
      <dd className={classNames('font-medium whitespace-nowrap', strained && 'text-strained')}>
        {value}
        {strained && <span aria-hidden> ▲</span>}
      </dd>
    </div>
  );
}

function Received({ received }: { readonly received: NonNullable<Target['received']> }) {
  const { videoFrames, keyframes, audioFrames, bytes } = received;
  return (
    <p className="text-xs text-soft" data-testid="target-received">
      {t(
        'Received here: {{pictures}} pictures ({{keyframes}} keyframes), {{sounds}} sound frames, {{bytes}}',
        {
          pictures: formatCount(videoFrames),
          keyframes: formatCount(keyframes),
          sounds: formatCount(audioFrames),
          bytes: formatBytes(bytes),
        },
      )}
    </p>
  );
}
