/**
 * What is done and said when the computer slept, its clock jumped, or its network changed.
 * @module
 */
import type { Clock } from '../platform/clock.ts';
import { ComputerWatch } from './computer-watch.ts';
import type { EventLog } from './event-log.ts';

/** Builds the watch; the owner starts and stops it. */
export function watchComputer(options: {
  readonly clock: Clock;
  readonly addresses: () => readonly string[];
  readonly events: EventLog;
  readonly lineMayHaveChanged: () => void;
}): ComputerWatch {
  const { clock, addresses, events, lineMayHaveChanged } = options;
  const tell = (code: string, words: string): void => {
    events.write('warning', code, words);
    lineMayHaveChanged();
  };
  return new ComputerWatch({
    clock,
    addresses,
    listener: {
      slept: (ms) => {
        tell('computer-slept', WORDS.slept(ms));
      },
      clockJumped: (ms) => {
        tell('clock-jumped', WORDS.clockJumped(ms));
      },
      networkChanged: (gone, added) => {
        tell('network-changed', WORDS.networkChanged(gone, added));
      },
    },
  });
}

const WORDS = {
  slept: (ms: number): string =>
    `This computer slept, or was as good as asleep, for about ${span(ms)}. Targets that were lost are called again. Keep the computer awake while you are live.`,
  clockJumped: (ms: number): string =>
    `This computer's clock jumped ${ms > 0 ? 'forwards' : 'back'} by ${span(Math.abs(ms))}: it was set, or the computer slept. Streams are timed by another clock and go on.`,
  networkChanged: (gone: readonly string[], added: readonly string[]): string => {
    const parts = [
      ...(gone.length > 0 ? [`gone: ${gone.join(', ')}`] : []),
      ...(added.length > 0 ? [`new: ${added.join(', ')}`] : []),
    ];
    return `This computer's network has changed (${parts.join('; ')}). Targets that were lost are called again.`;
  },
};

function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
