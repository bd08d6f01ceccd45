/**
 * Keeps the computer awake while something is on air; the screen may go dark.
 * @module
 */
import { powerSaveBlocker } from 'electron';
import type { Update } from '../../src-shared/bridge/contract.ts';
import type { IngestState } from '../../src-shared/model/ingest.ts';
import type { TargetState } from '../../src-shared/model/target.ts';
import type { StudioPort } from '../studio/studio-port.ts';

/** States of all ingests and targets, by id. */
export type AirStates = {
  readonly ingests: ReadonlyMap<string, IngestState>;
  readonly targets: ReadonlyMap<string, TargetState>;
};

const AWAKE_INGEST: readonly IngestState[] = ['live', 'holding'];
const AWAKE_TARGET: readonly TargetState[] = ['connecting', 'live', 'retrying'];

/** Whether sleep would end something: an encoder that sends or is waited for, a target that viewers may see. */
export function mustStayAwake({ ingests, targets }: AirStates): boolean {
  return (
    [...ingests.values()].some((state) => AWAKE_INGEST.includes(state)) ||
    [...targets.values()].some((state) => AWAKE_TARGET.includes(state))
  );
}

/** The states after an update; the same object when it says nothing of them. */
export function statesAfter(states: AirStates, update: Update): AirStates {
  const { ingests, targets } = states;
  switch (update.type) {
    case 'snapshot':
      return {
        ingests: new Map(update.state.ingests.map(({ id, state }) => [id, state])),
        targets: new Map(update.state.targets.map(({ id, state }) => [id, state])),
      };
    case 'ingest':
      return { ingests: new Map(ingests).set(update.ingest.id, update.ingest.state), targets };
    case 'target':
      return { ingests, targets: new Map(targets).set(update.target.id, update.target.state) };
    case 'ingest-removed':
      return { ingests: new Map([...ingests].filter(([id]) => id !== update.id)), targets };
    case 'target-removed':
      return { ingests, targets: new Map([...targets].filter(([id]) => id !== update.id)) };
    case 'connection':
    case 'event':
    case 'uplink':
    case 'rehearsal':
    case 'target-order':
    case 'ingest-order':
    case 'notice':
    case 'notice-settings':
      return states;
  }
}

/** Follows the studio until the returned function is called, which lets the computer sleep again. */
export function stayAwake(studio: Pick<StudioPort, 'subscribe'>): () => void {
  let states: AirStates = { ingests: new Map(), targets: new Map() };
  let blocker: number | undefined;
  const set = (awake: boolean): void => {
    if (awake) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  const unsubscribe = studio.subscribe((update) => {
    states = statesAfter(states, update);
    set(mustStayAwake(states));
  });
  return () => {
    unsubscribe();
    set(false);
  };
}
