/**
 * Which kinds of events and which targets are muted.
 * @module
 */
import type { LogEvent } from '../../../src-shared/model/log-event.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';

/** A kind of event, with what the newest of it said; null: none of it is in the log any more. */
export type EventKind = {
  readonly code: string;
  readonly muted: boolean;
  readonly newest: LogEvent | null;
};

/** Kinds offered: what bothers somebody has just happened. */
const MAX_RECENT = 12;

/** The muted kinds first, then the newest others that are worth a notice. */
export function eventKinds(events: readonly LogEvent[], mutedCodes: readonly string[]): readonly EventKind[] {
  const newest = new Map<string, LogEvent>();
  for (const event of events.toReversed()) {
    if (!newest.has(event.code)) newest.set(event.code, event);
  }
  const muted = mutedCodes.map((code) => ({ code, muted: true, newest: newest.get(code) ?? null }));
  const others = [...newest.values()]
    .filter(({ code, level }) => level !== 'info' && !mutedCodes.includes(code))
    .slice(0, MAX_RECENT)
    .map((event) => ({ code: event.code, muted: false, newest: event }));
  return [...muted, ...others];
}

/** The muted codes once `code` is muted, or is not any more. */
export function withMuted(mutedCodes: readonly string[], code: string, muted: boolean): string[] {
  const others = mutedCodes.filter((one) => one !== code);
  return muted ? [...others, code] : others;
}

/** The muted targets once one is muted, or is not any more; those that are gone are left out. */
export function targetsMuted(
  targets: readonly { readonly id: string }[],
  muted: readonly string[],
  change: { readonly id: string; readonly muted: boolean },
): string[] {
  const isMuted = (id: string) => (id === change.id ? change.muted : muted.includes(id));
  return targets.map(({ id }) => id).filter(isMuted);
}

/** "target-lost" as "target lost". */
export function codeWords(code: string): string {
  return tStudio(code.replaceAll('-', ' '));
}

/** The least level that is told, for a choice. */
export const leastLevels = () =>
  [
    ['info', t('Everything')],
    ['warning', t('Warnings and errors')],
    ['error', t('Errors only')],
  ] as const;
