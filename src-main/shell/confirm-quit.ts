/**
 * Asks before a broadcast is ended by closing a window.
 * @module
 */
import { dialog } from 'electron';
import type { StudioState } from '../../src-shared/model/studio-state.ts';

const KEEP = 0;
const QUIT = 1;

/** Names of the targets that viewers would see end. */
export function onAir(state: StudioState): readonly string[] {
  return state.targets
    .filter((target) => ['connecting', 'live', 'retrying'].includes(target.state))
    .map((target) => target.name);
}

/** True at once when nothing is on air, else when the person says so. */
export async function mayQuit(state: StudioState): Promise<boolean> {
  const names = onAir(state);
  if (names.length === 0) return true;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Relaydeck',
    message: 'You are on air. Stop and quit?',
    detail: `Quitting ends the broadcast to ${names.join(', ')}.`,
    buttons: ['Keep streaming', 'Stop and quit'],
    defaultId: KEEP,
    cancelId: KEEP,
  });
  return response === QUIT;
}
