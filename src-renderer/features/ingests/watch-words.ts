/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';

/** The address players open. Its key lets them watch, never send. */
export function playUrl({ serverUrl, playKey }: Ingest): string {
  return `${serverUrl}/${playKey}`;
}

/** How many players watch; null when none does. */
export function playersWords({ players }: Ingest): string | null {
  if (players === 0) return null;
  return t('{{count}} players', { count: players });
}
