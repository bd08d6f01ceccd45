/**
 * @module
 */
import { Globe, Monitor } from 'lucide-react';
import type { Rehearsal, RehearsalRow } from '../../../src-shared/model/rehearsal.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { rehearsalStateWord } from '../../state/words.ts';
import { formatCount, formatKbps, formatMbps, formatUnit } from '../../ui/format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { REHEARSAL_ROW_MARKS } from '../../ui/state-marks.ts';
import { wayWords } from './rehearsal-words.ts';

/** What became of each target, and of all together. */
export function RehearsalRows({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { rows, platformKbps, totalKbps } = rehearsal;
  return (
    <div className="@container flex flex-col gap-2" data-testid="rehearsal-rows">
      <ul aria-label={t('Targets')} className="flex flex-col gap-2">
        {rows.map((row) => (
          <Row key={row.targetId} row={row} />
        ))}
      </ul>
      <dl className="flex flex-wrap justify-end gap-x-6 gap-y-1 px-3 text-sm">
        <Sum name={t('To platforms')} kbps={platformKbps} />
        <Sum name={t('All together')} kbps={totalKbps} />
      </dl>
    </div>
  );
}

function Row({ row }: { readonly row: RehearsalRow }) {
  const { name, way, state, message } = row;
  const WayIcon = way === 'platform' ? Globe : Monitor;
  return (
    <li
      data-testid={`rehearsal-${row.targetId}`}
      className="flex flex-col gap-1.5 rounded-xl border border-line bg-card px-3 py-2"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <p className="min-w-0 truncate font-semibold" title={name}>
          {name}
        </p>
        <StateBadge mark={REHEARSAL_ROW_MARKS[state]} word={rehearsalStateWord(state)} about={t('State')} />
      </div>
      <p className="flex items-center gap-1.5 text-xs text-soft">
        <WayIcon aria-hidden className="size-3.5 shrink-0" /> {wayWords(way)}
      </p>
      <Figures row={row} />
      {message !== '' && <p className="text-xs break-words">{tStudio(message)}</p>}
    </li>
  );
}

function Figures({ row }: { readonly row: RehearsalRow }) {
  const { connectMs, kbps, worstKbps, worstQueueMs, droppedFrames, state } = row;
  const sent = state === 'sending' || state === 'done';
  return (
    <dl className="grid grid-cols-2 gap-x-3 gap-y-1 text-xs @min-[30rem]:grid-cols-5">
      <Figure name={t('Connected in')} value={formatUnit(connectMs, 'ms')} />
      <Figure name={t('Mean')} value={formatKbps(sent ? kbps : null)} />
      <Figure name={t('Worst second')} value={formatKbps(sent ? worstKbps : null)} />
      <Figure name={t('Longest queue')} value={formatUnit(sent ? worstQueueMs / 1000 : null, 's', 1)} />
      <Figure name={t('Drops')} value={sent ? formatCount(droppedFrames) : '–'} />
    </dl>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-faint">{name}</dt>
      <dd className="font-medium whitespace-nowrap">{value}</dd>
    </div>
  );
}

function Sum({ name, kbps }: { readonly name: string; readonly kbps: number }) {
  return (
    <div className="flex gap-2">
      <dt className="text-soft">{name}</dt>
      <dd className="font-semibold whitespace-nowrap">{formatMbps(kbps)}</dd>
    </div>
  );
}
