/**
 * The targets as a file.
 * @module
 */
import type { CommandAnswer } from '../../src-shared/bridge/contract.ts';
import type { TravellingTarget } from '../portable/portable-target.ts';
import { writeTargetFile, type Locksmith } from '../portable/target-file.ts';
import { isoTime } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';
import type { KeptTarget } from './target-secrets.ts';

/**
 * Writes all targets into a file's text.
 * @param options.passphrase Undefined: keys stay here.
 * @throws {CommandRefused} There is nothing to write.
 */
export async function exportTargets(
  kept: readonly KeptTarget[],
  options: Locksmith & {
    readonly passphrase: string | undefined;
    readonly wallNow: number;
    readonly ingestName: (ingestId: string) => string | undefined;
  },
): Promise<CommandAnswer<'targets.export'>> {
  if (kept.length === 0) {
    throw new CommandRefused('no-targets', 'There are no targets to export yet. Add one first.');
  }
  const savedAt = isoTime(options.wallNow);
  const travelling = kept.map((one) => toTravelling(one, options.ingestName(one.saved.ingestId)));
  const text = await writeTargetFile(travelling, { ...options, savedAt });
  return {
    fileName: `relaydeck-targets-${savedAt.slice(0, 10)}.json`,
    text,
    targets: kept.length,
    withKeys: options.passphrase !== undefined,
  };
}

function toTravelling({ saved, secrets }: KeptTarget, ingest: string | undefined): TravellingTarget {
  const { id: _, ingestId: _ingestId, enabled: _enabled, url, ...rest } = saved;
  const opensProxy = secrets.proxy === '' || !hasLogin(secrets.proxy);
  return {
    target: {
      ...rest,
      ...(url === '' ? {} : { url }),
      ...(ingest === undefined ? {} : { ingest }),
      proxy: opensProxy ? secrets.proxy : '',
    },
    secrets: { ...secrets, proxy: opensProxy ? '' : secrets.proxy },
  };
}

/** A proxy's address that cannot be taken apart may hold anything. */
function hasLogin(proxy: string): boolean {
  if (!URL.canParse(proxy)) return true;
  const { username, password } = new URL(proxy);
  return username !== '' || password !== '';
}
