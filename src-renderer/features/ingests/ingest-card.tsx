/**
 * @module
 */
import { MonitorPlay } from 'lucide-react';
import { useRef } from 'react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { healthWord, ingestStateWord } from '../../state/words.ts';
import { classNames } from '../../ui/class-names.ts';
import { keyPlace } from '../../ui/key-place.ts';
import { Notice } from '../../ui/notice.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { HEALTH_MARKS, INGEST_MARKS } from '../../ui/state-marks.ts';
import { useFocusRefuge } from '../../ui/use-focus-refuge.ts';
import { ConnectionTrouble } from './connection-trouble.tsx';
import { EncoderLines } from './encoder-lines.tsx';
import { BackupAddressFolded, BackupEncoder } from './backup-encoder.tsx';
import { HoldNotice, SlateTrouble } from './hold-notice.tsx';
import { IngestActions } from './ingest-actions.tsx';
import { IngestAddress } from './ingest-address.tsx';
import { IngestBitrate } from './ingest-bitrate.tsx';
import { OnAirLine } from './on-air-line.tsx';
import { ShowDelay } from './show-delay.tsx';
import { playersWords } from './watch-words.ts';

export type IngestCardProps = { readonly id: string; readonly selected: boolean };

/** One ingest. The selected one drives the middle and shows its address. */
export function IngestCard({ id, selected }: IngestCardProps) {
  const ingest = useStudio(({ view }) => view.ingests.find((one) => one.id === id));
  const card = useRef<HTMLElement>(null);
  useFocusRefuge(card, 'add-ingest');
  if (ingest === undefined) return null;
  return (
    <article
      ref={card}
      data-testid={`ingest-${id}`}
      data-state={ingest.state}
      aria-labelledby={`ingest-${id}-name`}
      className={classNames(
        'relative flex flex-col gap-2.5 rounded-xl border bg-card p-3',
        selected ? 'border-accent' : 'border-line',
      )}
    >
      <IngestHead ingest={ingest} selected={selected} />
      <EncoderLines ingest={ingest} />
      {ingest.state !== 'waiting' && <IngestBitrate ingest={ingest} />}
      {ingest.state === 'holding' ? <HoldNotice ingest={ingest} /> : <OnAirLine ingest={ingest} />}
      <SlateTrouble ingest={ingest} />
      <HealthReasons ingest={ingest} />
      <ConnectionTrouble ingest={ingest} />
      {ingest.backup !== null && (selected || ingest.onAir === 'backup') && (
        <BackupEncoder ingest={ingest} backup={ingest.backup} />
      )}
      {(selected || ingest.delay.state !== 'off') && <ShowDelay ingest={ingest} />}
      {selected && <IngestAddress ingest={ingest} />}
      {selected && ingest.backup !== null && <BackupAddressFolded ingest={ingest} backup={ingest.backup} />}
      {selected &&
        ingest.warnings.map((warning) => (
          <Notice key={warning} tone="warning">
            {tStudio(warning)}
          </Notice>
        ))}
      {selected && <IngestActions ingest={ingest} />}
    </article>
  );
}

function IngestHead({ ingest, selected }: { readonly ingest: Ingest; readonly selected: boolean }) {
  const { own } = useParts();
  const { id, name, state, health } = ingest;
  const players = playersWords(ingest);
  return (
    <div className="flex flex-col gap-2">
      <h3 id={`ingest-${id}-name`} className="min-w-0 font-semibold">
        <button
          type="button"
          {...keyPlace(`ingest-${id}`)}
          aria-pressed={selected}
          className="w-full truncate rounded text-left after:absolute after:inset-0 after:rounded-xl aria-pressed:after:hidden"
          onClick={() => {
            own.setState({ selectedIngestId: id, guideOpen: null });
          }}
        >
          {name}
        </button>
      </h3>
      <div className="flex flex-wrap gap-1.5">
        <StateBadge
          mark={INGEST_MARKS[state]}
          word={ingestStateWord(state)}
          about={t('State')}
          testId="ingest-state"
        />
        {state === 'live' && health !== null && (
          <StateBadge mark={HEALTH_MARKS[health.word]} word={healthWord(health.word)} about={t('Health')} />
        )}
        {players !== null && (
          <span
            data-testid="ingest-players"
            title={t('Players that watch this ingest; our own preview is not counted')}
            className="inline-flex h-6 items-center gap-1.5 text-xs whitespace-nowrap text-soft"
          >
            <MonitorPlay aria-hidden className="size-3.5" /> {players}
          </span>
        )}
      </div>
    </div>
  );
}

function HealthReasons({ ingest: { state, health } }: { readonly ingest: Ingest }) {
  if (state !== 'live' || health === null || health.reasons.length === 0) return null;
  const tone = health.word === 'failing' ? 'error' : health.word === 'strained' ? 'warning' : 'info';
  return (
    <Notice tone={tone}>
      {health.reasons.map((reason) => (
        <p key={reason}>{tStudio(reason)}</p>
      ))}
    </Notice>
  );
}
