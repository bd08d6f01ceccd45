/**
 * The order of levels.
 * @module
 */
import type { NoticeLevel } from '../../src-shared/model/notice.ts';

const RANK: Readonly<Record<NoticeLevel, number>> = { info: 0, warning: 1, error: 2 };

/** Whether an event of `level` matters to somebody who asked for `least` and above. */
export function isAtLeast(level: NoticeLevel, least: NoticeLevel): boolean {
  return RANK[level] >= RANK[least];
}
