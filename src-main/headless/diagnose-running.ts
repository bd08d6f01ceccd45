/**
 * The diagnosis of a studio that runs.
 * @module
 */
import type { ShowSummary } from '../../src-shared/model/show-report.ts';
import type { Diagnosis, StudioState } from '../../src-shared/model/studio-state.ts';
import type { ListeningFact } from '../diagnosis/diagnosis-facts.ts';
import type { RecentLog } from '../diagnosis/recent-log.ts';
import type { Clock } from '../platform/clock.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { KnownSecrets } from './diagnose-secrets.ts';
import { writeDiagnosis } from './write-diagnosis.ts';

/** Where the facts come from. */
export type RunningSources = {
  readonly dataDir: string;
  /** Of Relaydeck. */
  readonly version: string;
  readonly clock: Pick<Clock, 'now' | 'wallNow'>;
  readonly settings: Pick<SettingsStore, 'value'>;
  readonly known: Pick<KnownSecrets, 'list'>;
  readonly log: Pick<RecentLog, 'lines'>;
  /** Ports that are open by now. */
  readonly listening: () => readonly ListeningFact[];
};

/** Writes a diagnosis; the shows come newest first, as the list of shows has them. */
export type Diagnose = (state: StudioState, shows: readonly ShowSummary[]) => Promise<Diagnosis>;

/** Call it when the studio starts: its uptime is counted from then on. Wishes at the same time share one file. */
export function diagnoseRunning(sources: RunningSources): Diagnose {
  const { dataDir, version, clock, settings, known, log, listening } = sources;
  const startedAt = clock.now();
  const write: Diagnose = (state, shows) =>
    writeDiagnosis({
      dataDir,
      version,
      wallNow: clock.wallNow(),
      uptimeSeconds: Math.floor((clock.now() - startedAt) / 1_000),
      settings: settings.value,
      ffmpegPath: settings.value.ffmpegPath,
      state,
      shows: shows.toReversed(),
      log: log.lines,
      listening: listening(),
      secrets: known.list(),
      secretsKnown: true,
    });
  let underWay: Promise<Diagnosis> | undefined;
  return (state, shows) => {
    underWay ??= write(state, shows).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
