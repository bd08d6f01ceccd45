/**
 * What a settings file edited by hand may lack.
 * @module
 */
import { FIRST_SETTINGS } from '../settings/settings.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { EventLog } from './event-log.ts';

/** Targets that name an ingest which is not there go to the first one, switched off; without any ingest one is made. */
export function repairTargets(store: SettingsStore, events: EventLog): void {
  const [firstEver] = FIRST_SETTINGS.ingests;
  store.update((value) => {
    const ingests = value.ingests.length > 0 || firstEver === undefined ? value.ingests : [firstEver];
    const ids = new Set(ingests.map(({ id }) => id));
    const [first = ''] = ids;
    if (ingests === value.ingests && value.targets.every(({ ingestId }) => ids.has(ingestId))) return value;
    const targets = value.targets.map((target) =>
      ids.has(target.ingestId) ? target : { ...target, ingestId: first, enabled: false },
    );
    const words =
      'Some targets named an ingest that does not exist. They were moved to the first ingest and switched off.';
    events.write('warning', 'targets-moved', words);
    return { ...value, ingests, targets };
  });
}
