/**
 * Whether single letters are shortcuts: on, until somebody who dictates or types blindly switches them off.
 * @module
 */
import type { WindowStore } from './window-store.ts';

const STORED_AS = 'relaydeck-letter-keys';

/** The choice of last time. */
export function readLetterKeys(storage: Storage): boolean {
  return storage.getItem(STORED_AS) !== 'off';
}

/** Keeps each choice for the next time. */
export function keepLetterKeys(own: WindowStore, storage: Storage): void {
  own.subscribe(({ letterKeys }, before) => {
    if (letterKeys !== before.letterKeys) storage.setItem(STORED_AS, letterKeys ? 'on' : 'off');
  });
}
