/**
 * In which ways a window tells of a notice.
 * @module
 */
import type { Notice } from '../../src-shared/model/notice.ts';

/** What is known of the page that tells. */
export type TellingPage = {
  /** The desktop program gives notifications of the system itself. */
  readonly inDesktopProgram: boolean;
  readonly mayNotify: boolean;
  /** Whether somebody can see the page. */
  readonly visible: boolean;
};

export type NoticeWays = { readonly toast: boolean; readonly notification: boolean; readonly tone: boolean };

/** A person is told once: by a toast where it is seen, by the browser where it is not. */
export function waysOf(notice: Pick<Notice, 'desktop' | 'window' | 'sound'>, page: TellingPage): NoticeWays {
  const notification = notice.desktop && !page.inDesktopProgram && page.mayNotify && !page.visible;
  const systemTells = notice.desktop && page.inDesktopProgram;
  return { toast: notice.window, notification, tone: notice.sound && !systemTells };
}

/** The notices that have come since `before`. */
export function newNotices(before: readonly Notice[], after: readonly Notice[]): readonly Notice[] {
  if (before === after) return [];
  const known = new Set(before);
  return after.filter((notice) => !known.has(notice));
}
