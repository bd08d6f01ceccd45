/**
 * @module
 */
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';

/** Names that are spelt out; the others are counted. */
const MAX_NAMES = 3;

/** What happens to the viewers when an encoder comes to this ingest: nothing, or who goes live by themselves. */
export function goingLiveWords(targets: readonly Target[], ingestId: string): string {
  const mine = targets.filter((target) => target.ingestId === ingestId);
  const own = mine.filter(({ enabled }) => enabled);
  const names = inOneLine(own.map(({ name }) => `“${name}”`));
  const count = own.length;
  if (own.length === 0) return t('Nothing goes public before you press “Go live”.');
  if (own.every(({ platform }) => platform === 'rehearsal')) {
    return t(
      '{{names}} starts by itself, on this computer only: nothing goes public before you press “Go live”.',
      { count, names },
    );
  }
  const go = t('{{names}} goes live by itself as soon as the encoder connects or the test signal starts.', {
    count,
    names,
  });
  return mine.length === own.length ? go : `${go} ${t('The others wait for “Go live”.')}`;
}

function inOneLine(names: readonly string[]): string {
  const shown = names.length > MAX_NAMES + 1 ? names.slice(0, MAX_NAMES) : names;
  const more = names.length - shown.length;
  const parts = more === 0 ? shown : [...shown, t('{{more}} more', { more })];
  const last = parts.at(-1) ?? '';
  return parts.length < 2
    ? last
    : t('{{first}} and {{last}}', { first: parts.slice(0, -1).join(', '), last });
}
