/**
 * Figures and times of a report in words.
 * @module
 */

/** `2 h 05 min`, `4 min 10 s`, `12 s`. */
export function lengthWords(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (h > 0) return `${h} h ${String(min).padStart(2, '0')} min`;
  return min > 0 ? `${min} min ${String(s).padStart(2, '0')} s` : `${s} s`;
}

/** `99.7 %`: cut, not rounded, so that 100 % is all of it. */
export const shareWords = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;

/** `1.4 GB`. */
export function bytesWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** Times of day in one time zone. */
export type TimeWords = { readonly date: (iso: string) => string; readonly time: (iso: string) => string };

/** @param timeZone Such as `Europe/Berlin`; undefined: this computer's. */
export function timeWords(timeZone: string | undefined): TimeWords {
  const zone = timeZone === undefined ? {} : { timeZone };
  const date = new Intl.DateTimeFormat('en-GB', { ...zone, dateStyle: 'long', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat('en-GB', { ...zone, timeStyle: 'medium' });
  return {
    date: (text) => date.format(new Date(text)),
    time: (text) => time.format(new Date(text)),
  };
}
