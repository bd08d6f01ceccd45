/**
 * Whether a target that comes from elsewhere is there already.
 * @module
 */
import type { ImportMatch, TargetAspect } from '../../src-shared/model/target-import.ts';
import type { KeptTarget } from './target-secrets.ts';

/** How one target stands to those that are there; `matches` is the name of the one like it. */
export type Comparison = {
  readonly match: Exclude<ImportMatch, 'unusable'>;
  readonly matches: string | null;
  readonly differs: readonly TargetAspect[];
};

const FIELDS: Readonly<Record<TargetAspect, (target: KeptTarget) => readonly unknown[]>> = {
  name: ({ saved }) => [saved.name],
  platform: ({ saved }) => [saved.platform],
  url: ({ saved }) => [trimmed(saved.url)],
  'stream-key': ({ secrets }) => [secrets.streamKey],
  delay: ({ saved }) => [saved.delaySeconds],
  schedule: ({ saved }) => [saved.startAt, saved.startAfterSeconds],
  backup: ({ saved, secrets }) => [saved.backupMode, saved.backupUrl, secrets.backupKey],
  connection: ({ saved, secrets }) => [
    ...[saved.user, saved.certificateSha256, saved.bindAddress],
    ...[secrets.password, secrets.proxy],
  ],
};

/** What a profile of OBS knows of a target. */
export const OBS_ASPECTS: readonly TargetAspect[] = ['platform', 'url', 'stream-key'];
/** What a file without its keys tells; backup and connection hold keys, too. */
export const OPEN_ASPECTS: readonly TargetAspect[] = ['name', 'platform', 'url', 'delay', 'schedule'];
/** All that there is. */
export const ALL_ASPECTS: readonly TargetAspect[] = [...OPEN_ASPECTS, 'stream-key', 'backup', 'connection'];

/**
 * Compares with the one that has the same server and key, or the same server and name.
 * @param aspects What is known of the one that comes.
 */
export function compareTarget(
  one: KeptTarget,
  others: readonly KeptTarget[],
  aspects: readonly TargetAspect[],
): Comparison {
  const sameServer = others.filter((other) => isAlike(one, other, 'url'));
  const { streamKey } = one.secrets;
  const like =
    sameServer.find(({ secrets }) => streamKey !== '' && secrets.streamKey === streamKey) ??
    sameServer.find((other) => isAlike(one, other, 'name'));
  if (like === undefined) return { match: 'new', matches: null, differs: [] };
  const differs = aspects.filter((aspect) => !isAlike(one, like, aspect));
  return { match: differs.length === 0 ? 'same' : 'differs', matches: like.saved.name, differs };
}

function isAlike(one: KeptTarget, other: KeptTarget, aspect: TargetAspect): boolean {
  const read = FIELDS[aspect];
  return JSON.stringify(read(one)) === JSON.stringify(read(other));
}

/** A slash at the end of a server URL means nothing. */
const trimmed = (url: string): string => url.replace(/\/+$/, '');
