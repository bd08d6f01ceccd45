/**
 * When a target goes live and how far behind it is: what stands in the form and what of it is sent.
 * @module
 */
import type { CommandArgs } from '../../../src-shared/bridge/contract.ts';
import type { Target } from '../../../src-shared/model/target.ts';

/** Numbers stay text while they are typed; `startAt` is local time as a date-time input has it. */
export type TimingValues = {
  readonly delaySeconds: string;
  readonly startAt: string;
  readonly startAfterSeconds: string;
};

/** The fields of "Delay" and of "When it goes live", as the contract names them. */
export const DELAY_FIELDS: readonly string[] = ['delaySeconds'];
export const SCHEDULE_FIELDS: readonly string[] = ['startAt', 'startAfterSeconds'];

/** What stands in the sections at first. */
export function startTiming(target: Target | null): TimingValues {
  const { delaySeconds, startAt, startAfterSeconds } = target ?? AT_ONCE;
  return {
    delaySeconds: String(delaySeconds),
    startAt: startAt === null ? '' : localInput(startAt),
    startAfterSeconds: startAfterSeconds === null ? '' : String(startAfterSeconds),
  };
}

const AT_ONCE = { delaySeconds: 0, startAt: null, startAfterSeconds: null } as const;

type TimingArgs = Pick<CommandArgs<'target.update'>, 'delaySeconds' | 'startAt' | 'startAfterSeconds'>;

/** Only what differs from the target; of a new one, only what was filled in. */
export function timingArgs(target: Target | null, values: TimingValues): TimingArgs {
  const before = startTiming(target);
  const { delaySeconds, startAt, startAfterSeconds } = values;
  return {
    ...(delaySeconds === before.delaySeconds ? {} : { delaySeconds: Number(delaySeconds) }),
    ...(startAt === before.startAt ? {} : { startAt: isoOfLocal(startAt) }),
    ...(startAfterSeconds === before.startAfterSeconds
      ? {}
      : { startAfterSeconds: startAfterSeconds === '' ? null : Number(startAfterSeconds) }),
  };
}

/** A point in time as a date-time input shows it: local, to the minute, or to the second where it has any. */
export function localInput(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return at.getSeconds() === 0 ? `${day}T${time}` : `${day}T${time}:${two(at.getSeconds())}`;
}

/** ISO 8601 of what a date-time input holds; null when it is empty or half typed. */
export function isoOfLocal(text: string): string | null {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
