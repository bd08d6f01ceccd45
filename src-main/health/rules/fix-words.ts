/**
 * The setting to change, in the words of the program that sends.
 * @module
 */

/** Programs whose menus we know. Streamlabs has those of OBS. */
type Program = 'obs' | 'vmix' | 'larix' | 'ffmpeg';

/** Where the setting is in each program; one that has no such setting is left out. `any`: said to everybody, first. */
export type Fix = { readonly [program in Program | 'any']?: string };

const PROGRAMS: readonly Program[] = ['obs', 'vmix', 'larix', 'ffmpeg'];
const LABELS: Readonly<Record<Program, string>> = {
  obs: 'OBS, Streamlabs',
  vmix: 'vMix',
  larix: 'Larix',
  ffmpeg: 'FFmpeg',
};
/** What programs call themselves in connect or metadata. vMix has FFmpeg do its sending, which then gives its own name. */
const KNOWN_AS: readonly (readonly [RegExp, readonly Program[]])[] = [
  [/larix/i, ['larix']],
  [/vmix/i, ['vmix']],
  [/obs|streamlabs/i, ['obs']],
  [/lavf|ffmpeg/i, ['ffmpeg', 'vmix']],
];

/** In the words of `software` when we know it and it has the setting; otherwise of every program that has it. */
export function fixWords(fix: Fix, software: string | undefined): string {
  const known = KNOWN_AS.find(([pattern]) => pattern.test(software ?? ''))?.[1] ?? PROGRAMS;
  const own = known.filter((program) => fix[program] !== undefined);
  const shown = (own.length > 0 ? own : PROGRAMS).flatMap((program) => {
    const words = fix[program];
    return words === undefined ? [] : [`${LABELS[program]}: ${words}.`];
  });
  return [...(fix.any === undefined ? [] : [fix.any]), ...shown].join(' ');
}
