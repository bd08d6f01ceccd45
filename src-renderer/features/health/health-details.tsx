/**
 * @module
 */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { HealthReport } from '../../../src-shared/model/health.ts';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { healthWord } from '../../state/words.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { HEALTH_MARKS } from '../../ui/state-marks.ts';
import { meterGroups, type MeterGroup } from './meter-rows.ts';

/** All that is measured of the encoder's stream: folded, for those who look for the cause of something. */
export function HealthDetails({ ingest: { state, health } }: { readonly ingest: Ingest }) {
  const [open, setOpen] = useState(false);
  if (health === null || state !== 'live') return null;
  return (
    <details
      className="group mt-2 shrink-0 rounded-lg border border-line bg-card text-xs"
      data-testid="health-details"
      open={open}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary className="flex min-h-8 items-center gap-2 rounded-lg px-3 py-1 font-medium">
        {t('All measurements')}
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-soft group-open:rotate-180" />
      </summary>
      {open && <Measurements health={health} />}
    </details>
  );
}

function Measurements({ health }: { readonly health: HealthReport }) {
  return (
    <div className="flex flex-col gap-3 border-t border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateBadge mark={HEALTH_MARKS[health.word]} word={healthWord(health.word)} about={t('Health')} />
        {health.reasons.map((reason) => (
          <p key={reason}>{tStudio(reason)}</p>
        ))}
      </div>
      <div className="grid gap-x-6 gap-y-4 @min-[34rem]:grid-cols-2 @min-[60rem]:grid-cols-3">
        {meterGroups(health).map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </div>
    </div>
  );
}

function Group({ group: { title, rows } }: { readonly group: MeterGroup }) {
  return (
    <section>
      <h3 className="pb-1 font-semibold">{title}</h3>
      <dl className="flex flex-col gap-1">
        {rows.map(({ name, value, meaning }) => (
          <div key={name} className="grid grid-cols-[1fr_auto] gap-x-3 border-t border-line pt-1">
            <dt>{name}</dt>
            <dd className="text-right font-medium">{value}</dd>
            <dd className="col-span-2 text-faint">{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
