/**
 * Which events a person is told of right now.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { Notice, NoticeSettings } from '../../src-shared/model/notice.ts';
import type { Clock } from '../platform/clock.ts';
import { isAtLeast } from './is-at-least.ts';
import { isOwnDoing, noticeText, noticeTitle } from './notice-words.ts';

/** The same of the same target is told once in this time, ms: a target that flaps must not drum. */
const REPEAT_MS = 60_000;
/** Kinds of notice that are remembered: many targets with a few codes each. */
const MAX_REMEMBERED = 500;

/** What a chooser works with. */
export type NoticeChooserOptions = {
  readonly clock: Pick<Clock, 'now' | 'wallNow'>;
  /** As they are now. */
  readonly settings: () => NoticeSettings;
  /** Takes secrets out of a text; servers' words may repeat one. */
  readonly redact: (text: string) => string;
};

/** Turns events into notices. Its whole state is when it told what last, bounded. */
export class NoticeChooser {
  readonly #options: NoticeChooserOptions;
  readonly #told = new Map<string, { readonly at: number; more: number }>();

  constructor(options: NoticeChooserOptions) {
    this.#options = options;
  }

  /** Undefined: nobody is told of this one. Call it once per event. */
  choose(event: LogEvent): Notice | undefined {
    const { clock, settings, redact } = this.#options;
    const asked = settings();
    if (!isWanted(event, asked, clock.wallNow())) return undefined;
    const more = this.#leftOutBefore(event, clock.now());
    if (more === undefined) return undefined;
    const { seq, at, level, code, ingestId, targetId } = event;
    const { desktop, window, sound } = asked;
    const text = noticeText(redact(event.message), more);
    return {
      seq,
      at,
      level,
      code,
      ingestId,
      targetId,
      title: noticeTitle(event),
      text,
      desktop,
      window,
      sound,
    };
  }

  /** Undefined: told a moment ago, this one is counted. */
  #leftOutBefore({ code, targetId, ingestId }: LogEvent, now: number): number | undefined {
    const kind = JSON.stringify([code, targetId, ingestId]);
    const told = this.#told.get(kind);
    if (told !== undefined && now - told.at < REPEAT_MS) {
      told.more++;
      return undefined;
    }
    // Taken out first, so that the map stays in the order of the last telling.
    this.#told.delete(kind);
    this.#told.set(kind, { at: now, more: 0 });
    if (this.#told.size > MAX_REMEMBERED) {
      const [oldest] = this.#told.keys();
      if (oldest !== undefined) this.#told.delete(oldest);
    }
    return told?.more ?? 0;
  }
}

/** @param wallNow ms since 1970; quiet time is a time on the wall. */
function isWanted(event: LogEvent, settings: NoticeSettings, wallNow: number): boolean {
  const { desktop, window, sound, leastLevel, mutedCodes, mutedTargets, quietUntil } = settings;
  if (!desktop && !window && !sound) return false;
  if (!isAtLeast(event.level, leastLevel) || isOwnDoing(event.code)) return false;
  if (mutedCodes.includes(event.code)) return false;
  if (event.targetId !== null && mutedTargets.includes(event.targetId)) return false;
  // A time that cannot be read is no quiet time: NaN compares as false.
  return !(quietUntil !== null && wallNow < Date.parse(quietUntil));
}
