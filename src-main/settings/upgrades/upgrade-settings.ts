/**
 * Brings saved settings of any older version to the newest, one step per file.
 * @module
 */
import { z } from 'zod';
import { settingsSchema, type Settings } from '../settings.ts';
import { upgradeFrom0 } from './upgrade-from-0.ts';

/** By the version it starts from; each returns the next version and is tested with a fixture of its own. */
const UPGRADES: readonly ((value: object) => object)[] = [upgradeFrom0];

const versioned = z.object({ version: z.int().min(0).default(0) });

/** The settings in the newest form, or what is wrong with them. A file without `version` counts as version 0. */
export function upgradeSettings(value: unknown): z.ZodSafeParseResult<Settings> {
  let current = value;
  const head = versioned.safeParse(value);
  if (head.success && typeof current === 'object' && current !== null) {
    for (const upgrade of UPGRADES.slice(head.data.version)) current = upgrade(current as object);
  }
  return settingsSchema.safeParse(current);
}
