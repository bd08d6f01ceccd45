/**
 * @module
 */
import type { HealthReport } from '../../../src-shared/model/health.ts';
import type { Watched } from './use-preview.ts';

/** The track that a stream does not have, when it is known to have the other one. */
export function missingTrack(health: HealthReport | null): Watched['missing'] {
  if (health === null || (health.video === null) === (health.audio === null)) return 'none';
  return health.audio === null ? 'audio' : 'video';
}
