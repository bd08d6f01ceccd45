/**
 * @module
 */
import { useEffect } from 'react';
import { newNotices, waysOf } from '../../state/notice-ways.ts';
import { useParts } from '../../state/window-context.tsx';
import { sayNotice } from '../../state/window-store.ts';
import { notify, playTone, tellingPage } from './notice-page.ts';

/** Tells of the studio's notices as they come. */
export function NoticeTeller() {
  const { studio, own, inDesktopProgram } = useParts();
  useEffect(
    () =>
      studio.subscribe((now, before) => {
        for (const notice of newNotices(before.view.recentNotices, now.view.recentNotices)) {
          const { toast, notification, tone } = waysOf(notice, tellingPage(inDesktopProgram));
          if (toast) sayNotice(own, notice);
          if (notification) notify(notice);
          // The browser's own notification has its own sound.
          if (tone && !notification) playTone();
        }
      }),
    [studio, own, inDesktopProgram],
  );
  return null;
}
