/**
 * What needs a person, as notifications of the operating system.
 * @module
 */
import { Notification } from 'electron';
import type { StudioPort } from '../studio/studio-port.ts';

/** Follows the studio until the returned function is called. A click leads to the window. */
export function tellNotices(studio: Pick<StudioPort, 'subscribe'>, show: () => void): () => void {
  return studio.subscribe((update) => {
    if (update.type !== 'notice' || !update.notice.desktop || !Notification.isSupported()) return;
    const { title, text, sound } = update.notice;
    const notification = new Notification({ title, body: text, silent: !sound });
    notification.on('click', show);
    notification.show();
  });
}
