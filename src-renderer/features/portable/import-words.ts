/**
 * What the list of an import says of each target.
 * @module
 */
import type { ImportEntry, ImportMatch, TargetAspect } from '../../../src-shared/model/target-import.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';

export function matchWord(match: ImportMatch): string {
  const words: Readonly<Record<ImportMatch, string>> = {
    new: t('New'),
    same: t('Already there'),
    differs: t('Differs'),
    unusable: t('Cannot be imported'),
  };
  return words[match];
}

/** Where it comes from and what it is; `key` as the studio masks it. */
export function originWords({ profile, streamKey }: ImportEntry, platform: string): string {
  if (profile === null) {
    return streamKey === '' ? platform : t('{{platform}}, key {{key}}', { platform, key: streamKey });
  }
  return streamKey === ''
    ? t('OBS profile “{{profile}}” → {{platform}}', { profile, platform })
    : t('OBS profile “{{profile}}” → {{platform}}, key {{key}}', { profile, platform, key: streamKey });
}

/** Sentences on what an import of it comes to. */
export function consequences({
  match,
  matches,
  differs,
  streamKey,
  platform,
  notes,
}: ImportEntry): readonly string[] {
  const words: string[] = [];
  const name = matches ?? '';
  if (match === 'same')
    words.push(t('It is the same as “{{name}}”. Importing it adds a second one.', { name }));
  if (match === 'differs') {
    const aspects = differs.map(aspectWord).join(', ');
    words.push(
      t('“{{name}}” is like it, but for: {{aspects}}. Importing it adds a second one.', {
        name,
        aspects,
      }),
    );
  }
  if (streamKey === '' && match !== 'unusable' && platform !== 'rehearsal') {
    words.push(t('It comes without its stream key: paste the key under “Edit” before it starts.'));
  }
  return [...words, ...notes.map((note) => tStudio(note))];
}

function aspectWord(aspect: TargetAspect): string {
  const words: Readonly<Record<TargetAspect, string>> = {
    name: t('name'),
    platform: t('platform'),
    url: t('server'),
    'stream-key': t('stream key'),
    delay: t('delay'),
    schedule: t('start time'),
    backup: t('second connection'),
    connection: t('sign-in and network'),
  };
  return words[aspect];
}
