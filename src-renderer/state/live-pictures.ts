/**
 * Whether this window shows live pictures at all: without them it costs next to nothing.
 * @module
 */
import type { WindowStore } from './window-store.ts';

const STORED_AS = 'relaydeck-live-pictures';

/** The choice of last time; on until it was made. */
export function readLivePictures(storage: Pick<Storage, 'getItem'>): boolean {
  return storage.getItem(STORED_AS) !== 'off';
}

/** Keeps the choice whenever it changes. */
export function keepLivePictures(own: WindowStore, storage: Pick<Storage, 'setItem'>): void {
  own.subscribe(({ livePictures }, before) => {
    if (livePictures !== before.livePictures) storage.setItem(STORED_AS, livePictures ? 'on' : 'off');
  });
}
