/**
 * @module
 */
import { ChevronDown, MonitorPlay } from 'lucide-react';
import type { BackupLeg, Target } from '../../../src-shared/model/target.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { healthWord, targetStateWord } from '../../state/words.ts';
import { Button } from '../../ui/button.tsx';
import { formatBytes, formatCount, formatKbps, formatUnit } from '../../ui/format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { HEALTH_MARKS } from '../../ui/state-marks.ts';

/** Health in a word; its reasons and figures that are looked up rather than watched are folded. */
export function TargetDetails({ target }: { readonly target: Target }) {
  const { roundTripMs, bytesSent, bytesAcknowledged, backlogBytes, backupLeg } = target;
  return (
    <details className="group text-xs" data-testid="target-details">
      <summary className="flex min-h-6 items-center gap-1.5 rounded text-soft">
        <HealthWord target={target} />
        {t('Details')}
        <ChevronDown aria-hidden className="size-3.5 shrink-0 group-open:rotate-180" />
      </summary>
      <HealthReasons target={target} />
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 border-l border-line pl-3">
        <Line
          name={t('Round trip')}
          value={roundTripMs === null ? t('the server does not answer pings') : formatUnit(roundTripMs, 'ms')}
        />
        <Line
          name={t('Sent')}
          value={t('{{sent}}, {{confirmed}} confirmed', {
            sent: formatBytes(bytesSent),
            confirmed: formatBytes(bytesAcknowledged),
          })}
        />
        <Line name={t('Waiting in this computer')} value={formatBytes(backlogBytes)} />
        {backupLeg !== null && <Line name={t('Backup server')} value={legWords(backupLeg)} />}
      </dl>
      {target.state === 'live' && <WatchSent target={target} />}
    </details>
  );
}

function WatchSent({ target: { id, name } }: { readonly target: Target }) {
  const { own } = useParts();
  return (
    <Button
      size="sm"
      className="mt-2"
      data-testid="watch-sent"
      onClick={() => {
        own.setState({ dialog: { type: 'sent', targetId: id } });
      }}
    >
      <MonitorPlay aria-hidden className="size-4" /> {t('Watch what viewers get')}
      <span className="sr-only">: {name}</span>
    </Button>
  );
}

/** Good is said quietly: only trouble should draw the eye. */
function HealthWord({ target: { health } }: { readonly target: Target }) {
  const { word } = health;
  const mark = HEALTH_MARKS[word];
  if (word !== 'good') {
    return <StateBadge mark={mark} word={healthWord(word)} about={t('Health')} testId="target-health" />;
  }
  const Icon = mark.icon;
  return (
    <span className="inline-flex items-center gap-1 font-medium text-good">
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{t('Health:')} </span>
      <span data-testid="target-health">{healthWord(word)}</span>
    </span>
  );
}

function HealthReasons({ target: { health } }: { readonly target: Target }) {
  if (health.reasons.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-1 border-l border-line pl-3" data-testid="target-health-reasons">
      {health.reasons.map((reason) => (
        <li key={reason}>{tStudio(reason)}</li>
      ))}
    </ul>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function legWords({ state, bitrateKbps, droppedFrames, reconnects }: BackupLeg): string {
  if (state !== 'live') return targetStateWord(state);
  return t('{{bitrate}}, {{drops}} drops, {{reconnects}} reconnects', {
    bitrate: formatKbps(bitrateKbps),
    drops: formatCount(droppedFrames),
    reconnects: formatCount(reconnects),
  });
}
