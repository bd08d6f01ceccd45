/**
 * What the arbiter says of its steps.
 * @module
 */
import type { ShedLevel } from '../../src-shared/model/target.ts';
import type { Rung, ShedLadder } from './shed-ladder.ts';
import { listed, mbit } from './words.ts';

/**
 * Why a level changed. `budget`: more is wanted than was given. `line`: than the line was found to carry. `again`: the line
 * lags after a step up. `order`: of importance, or who is live. `room`: it fits. `try`: the line was quiet for long.
 */
export type StepCause =
  | { readonly type: 'budget' | 'line'; readonly limitKbps: number; readonly neededKbps: number }
  | { readonly type: 'again'; readonly waitMs: number }
  | { readonly type: 'order' | 'room' }
  | { readonly type: 'try'; readonly quietMs: number };

/** A level of one target has changed; `ladder` as it stands after it. */
export function stepWords(rung: Rung, cause: StepCause, ladder: ShedLadder): string {
  const { rungs } = ladder;
  const level = ladder.levelOf(rung.id);
  const who = rungs.length > 1 && rungs.at(-1)?.id === rung.id ? `${rung.name} (least important)` : rung.name;
  const gets = `${who} gets ${LEVEL_WORDS[level]}`;
  const whole = wholeWords(rungs.filter(({ id }) => ladder.levelOf(id) === 'none').map(({ name }) => name));
  switch (cause.type) {
    case 'budget':
      return `${rungs.length} targets need ${mbit(cause.neededKbps)} Mbit/s, your upload budget is ${mbit(cause.limitKbps)}. ${gets} until all fit again; ${whole}.`;
    case 'line':
      return `The line carries ${mbit(cause.limitKbps)} of the ${mbit(cause.neededKbps)} Mbit/s that ${rungs.length} targets need. ${gets} until it recovers; ${whole}.`;
    case 'again':
      return `The line does not carry more yet: ${gets} again. The next try comes when it has been quiet for ${waitWords(cause.waitMs)}; ${whole}.`;
    case 'order':
      return `Who is live, or what is most important, has changed: ${gets}; ${whole}.`;
    case 'room':
      return `There is room again: ${gets}; ${whole}.`;
    case 'try':
      return `The line has been quiet for ${waitWords(cause.quietMs)}: ${gets}, as a try; ${whole}.`;
  }
}

/** Even the most important target alone is over the given budget. */
export function tooSmallWords({ name, wanted }: Rung, budgetKbps: number): string {
  return `Your upload budget of ${mbit(budgetKbps)} Mbit/s is too small for even one target: ${name} alone needs ${mbit(wanted.none)}, and gets it. Raise the budget if the line carries more, or lower the video bitrate in the encoder.`;
}

const LEVEL_WORDS: Readonly<Record<ShedLevel, string>> = {
  none: 'everything',
  keyframes: 'sound and keyframes only',
  sound: 'sound only',
};

function wholeWords(names: readonly string[]): string {
  return `${listed(names)} ${names.length === 1 ? 'is' : 'are'} whole`;
}

function waitWords(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Number((ms / 60_000).toFixed(1))} min`;
}
