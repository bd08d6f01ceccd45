/**
 * Titles of notices, and what of an event is no news to anybody.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';

/** Longest text of a notice, characters: systems cut longer ones without a sign of it. */
const MAX_TEXT_CHARS = 240;

const TITLES: Readonly<Record<string, string>> = {
  'encoder-live': 'The show has begun',
  'encoder-connected': 'An encoder is connected',
  'encoder-left': 'The encoder is gone',
  'encoder-stalled': 'The encoder sends no picture',
  'encoder-back': 'The encoder is back',
  'switched-source': 'Viewers see another encoder',
  'hold-ended': 'The show is over',
  'target-live': 'A target is live',
  'target-moved': 'A target has moved',
  'lost-together': 'Targets were lost together',
  'line-your-line': 'Your line cannot carry all',
  'line-platform': 'A platform takes too little',
  'line-encoder': 'The encoder falls behind',
  'line-well': 'Your line is well again',
  'computer-slept': 'This computer slept',
  'network-changed': 'Your network has changed',
  'delay-trouble': 'The delay has trouble',
  'ffmpeg-problem': 'FFmpeg has trouble',
};

/** What somebody did at this very program, or what it tells at its start. */
const OWN_DOING: ReadonlySet<string> = new Set([
  'ingest-created',
  'ingest-deleted',
  'ingest-key-renewed',
  'rehearsal-started',
  'rtmps-started',
  'studio-started',
  'target-added',
  'target-deleted',
  'target-stopped',
]);

/** Whether people know it already, having done it themselves. */
export function isOwnDoing(code: string): boolean {
  return OWN_DOING.has(code);
}

/** A few words on an event; its own message follows below them. */
export function noticeTitle({ code, level, targetId, ingestId }: LogEvent): string {
  const known = Object.hasOwn(TITLES, code) ? TITLES[code] : undefined;
  if (known !== undefined) return known;
  const about = targetId !== null ? 'target' : ingestId !== null ? 'ingest' : 'studio';
  return OTHER_TITLES[about][level];
}

const OTHER_TITLES = {
  target: { info: 'News of a target', warning: 'A target has trouble', error: 'A target has failed' },
  ingest: { info: 'News of an ingest', warning: 'An ingest has trouble', error: 'An ingest has failed' },
  studio: { info: 'News from Relaydeck', warning: 'Relaydeck needs a look', error: 'Relaydeck needs you' },
} as const;

/**
 * The event's message in one line that is not too long, with what was left out before it.
 * @param message Without secrets already: half a secret behind a cut would not be found.
 */
export function noticeText(message: string, more: number): string {
  const tail = more === 0 ? '' : ` (and ${more} more)`;
  const line = message.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  const chars = Array.from(line);
  const room = MAX_TEXT_CHARS - tail.length;
  return (chars.length <= room ? line : `${chars.slice(0, room - 1).join('')}…`) + tail;
}
