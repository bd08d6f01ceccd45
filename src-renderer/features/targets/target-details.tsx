/**
 * @module
 */
import { ChevronDown } from 'lucide-react';
import type { BackupLeg, Target } from '../../../src-shared/model/target.ts';
import { TARGET_STATE_WORDS } from '../../state/words.ts';
import { formatBytes, formatCount, formatKbps, formatUnit } from '../../ui/format.ts';

/** Figures that are looked up rather than watched: folded. */
export function TargetDetails({ target }: { readonly target: Target }) {
  const { roundTripMs, bytesSent, bytesAcknowledged, backlogBytes, backupLeg } = target;
  return (
    <details className="group text-xs" data-testid="target-details">
      <summary className="flex h-6 items-center gap-1.5 rounded text-soft">
        Details
        <ChevronDown aria-hidden className="size-3.5 shrink-0 group-open:rotate-180" />
      </summary>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 border-l border-line pl-3">
        <Line
          name="Round trip"
          value={roundTripMs === null ? 'the server does not answer pings' : formatUnit(roundTripMs, 'ms')}
        />
        <Line name="Sent" value={`${formatBytes(bytesSent)}, ${formatBytes(bytesAcknowledged)} confirmed`} />
        <Line name="Waiting in this computer" value={formatBytes(backlogBytes)} />
        {backupLeg !== null && <Line name="Backup server" value={legWords(backupLeg)} />}
      </dl>
    </details>
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
  if (state !== 'live') return TARGET_STATE_WORDS[state];
  return `${formatKbps(bitrateKbps)}, ${formatCount(droppedFrames)} drops, ${formatCount(reconnects)} reconnects`;
}
