/**
 * @module
 */
import { useEffect } from 'react';
import { hiding, withoutAddresses } from '../../state/discreet-view.ts';
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
          const hide = hiding(now.view);
          if (notification) notify(own.getState().discreet ? withoutAddresses(notice, hide) : notice);
          // The browser's own notification has its own sound.
          if (tone && !notification) playTone();
        }
      }),
    [studio, own, inDesktopProgram],
  );
  return null;
}
