/**
 * Figures as people read them: always with their unit, always the same width for the same size.
 * @module
 */
import { spokenLanguage, spokenLocale, type Language } from '../language/translate.ts';

/** Narrow no-break space, between thousands and before units. */
const THIN = '\u202f';
/** Shown where a figure is not known. */
export const UNKNOWN = '–';

/** Made once each: a window with twenty targets writes hundreds of figures a second. */
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    // -0 would read "-0".
    signDisplay: 'negative',
  });
  formats.set(key, made);
  return made;
}

/** A number with `digits` decimals: "12 345.6", with a comma where the language has one. */
export function formatNumber(value: number, digits = 0): string {
  return numberFormat(spokenLanguage(), digits)
    .formatToParts(value)
    .map(({ type, value: part }) => (type === 'group' ? THIN : part))
    .join('');
}

/** `12345` as "12 345". */
export function formatCount(value: number): string {
  return formatNumber(value);
}

/** 1000 bit/s, with its unit. */
export function formatKbps(kbps: number | null): string {
  return kbps === null ? UNKNOWN : `${formatCount(kbps)}${THIN}kbit/s`;
}

/** 1000 bit/s as Mbit/s, for sums and budgets. */
export function formatMbps(kbps: number): string {
  return `${formatNumber(kbps / 1000, 1)}${THIN}Mbit/s`;
}

/** A figure with `digits` decimals and its unit. */
export function formatUnit(value: number | null, unit: string, digits = 0): string {
  return value === null ? UNKNOWN : `${formatNumber(value, digits)}${THIN}${unit}`;
}

/** Milliseconds as "01:23:45"; never negative, for clocks that disagree a little. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Milliseconds left as "0:42"; rounds up, so that it ends on 0. */
export function formatCountdown(ms: number): string {
  // The clock it is taken from may be a second old: a hold of 60 s must not begin at 1:01.
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whole seconds left, never negative. */
export function secondsLeft(untilMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}

/** A point in time as the clock on the wall shows it, with seconds. */
export function formatTimeOfDay(iso: string): string {
  const at = new Date(iso);
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Seconds as people say them: "45 s", "2 min 30 s", "1 h 5 min". */
export function formatDuration(seconds: number): string {
  // "90 s" is read faster than "1 min 30 s".
  if (seconds < 120) return `${Math.round(seconds)}${THIN}s`;
  const all = Math.round(seconds);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(all / 3600), 'h'],
    [Math.floor(all / 60) % 60, 'min'],
    [all % 60, 's'],
  ];
  return parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value}${THIN}${unit}`)
    .join(' ');
}

/** A point in time as people agree on one: "20:00", with the day where it is not the one of `nowMs`. */
export function formatAppointment(iso: string, nowMs: number): string {
  const at = new Date(iso);
  const time = formatTimeOfDay(iso).replace(/:00$/, '');
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  return `${at.toLocaleDateString(spokenLocale(), { day: 'numeric', month: 'short' })}, ${time}`;
}

/** Bytes as "12.3 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${formatCount(bytes / 1000)}${THIN}kB`;
  return bytes < 1_000_000_000
    ? `${formatNumber(bytes / 1_000_000, 1)}${THIN}MB`
    : `${formatNumber(bytes / 1_000_000_000, 2)}${THIN}GB`;
}
