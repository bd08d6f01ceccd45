/**
 * The three stages of an incoming connection, and what of it is worth showing.
 * @module
 */
import type { ConnectionStage, IncomingConnection, Ingest } from '../../src-shared/model/ingest.ts';

/** How long a refused or failed connection is shown beside its ingest, ms: two tries of a slow encoder. */
export const TROUBLE_SHOWN_MS = 120_000;

export const STAGES: readonly ConnectionStage[] = ['handshake', 'connection', 'stream'];

export type StageMark = 'pending' | 'active' | 'done' | 'refused' | 'failed';

/** How each stage stands; all pending when there is no connection. */
export function stageMarks(connection: IncomingConnection | null): readonly StageMark[] {
  if (connection === null) return STAGES.map(() => 'pending');
  const reached = STAGES.indexOf(connection.stage);
  return STAGES.map((_, index) => {
    if (index < reached || connection.outcome === 'ok' || connection.outcome === 'closed') {
      return index <= reached ? 'done' : 'pending';
    }
    return index > reached ? 'pending' : markAt(connection.outcome);
  });
}

function markAt(outcome: IncomingConnection['outcome']): StageMark {
  return outcome === 'refused' || outcome === 'failed' ? outcome : 'active';
}

/** The newest connection that is, or may become, an encoder's. */
export function newestEncoderConnection(
  connections: readonly IncomingConnection[],
): IncomingConnection | null {
  return connections.findLast(({ role }) => role === 'encoder' || role === 'unknown') ?? null;
}

/** The newest trouble that concerns `ingest` and has not been overcome since. */
export function troubleOf(
  connections: readonly IncomingConnection[],
  ingest: Ingest,
  nowMs: number,
): IncomingConnection | null {
  const mine = connections.filter(
    ({ role, ingestId }) =>
      (role === 'encoder' || role === 'unknown') && (ingestId === null || ingestId === ingest.id),
  );
  const newest = mine.at(-1);
  if (newest === undefined || (newest.outcome !== 'refused' && newest.outcome !== 'failed')) return null;
  // A stranger's wrong key is no trouble of an ingest that is being fed.
  if (newest.ingestId === null && ingest.state === 'live') return null;
  return nowMs - Date.parse(newest.startedAt) < TROUBLE_SHOWN_MS ? newest : null;
}
