/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';

/** Names that are spelt out; the others are counted. */
const MAX_NAMES = 3;

/** What happens to the viewers when an encoder comes to this ingest: nothing, or who goes live by themselves. */
export function goingLiveWords(targets: readonly Target[], ingestId: string): string {
  const mine = targets.filter((target) => target.ingestId === ingestId);
  const own = mine.filter(({ enabled }) => enabled);
  const names = inOneLine(own.map(({ name }) => `“${name}”`));
  const one = own.length === 1;
  if (own.length === 0) return 'Nothing goes public before you press “Go live”.';
  if (own.every(({ platform }) => platform === 'rehearsal')) {
    return `${names} ${one ? 'starts by itself' : 'start by themselves'}, on this computer only: nothing goes public before you press “Go live”.`;
  }
  const rest = mine.length === own.length ? '' : ' The others wait for “Go live”.';
  return `${names} ${one ? 'goes live by itself' : 'go live by themselves'} as soon as the encoder connects or the test signal starts.${rest}`;
}

function inOneLine(names: readonly string[]): string {
  const shown = names.length > MAX_NAMES + 1 ? names.slice(0, MAX_NAMES) : names;
  const more = names.length - shown.length;
  const parts = more === 0 ? shown : [...shown, `${more} more`];
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
