/**
 * Holds the window's catalogues against what the window says.
 * @module
 */
import type { Spoken } from './window-words.ts';

export type WordCatalogue = Readonly<Record<string, string>>;

/** What a sentence is called in a catalogue: one name, or one per number. */
function keysOf({ sentence, values }: Spoken): readonly string[] {
  return values.includes('count') ? [`${sentence}_one`, `${sentence}_other`] : [sentence];
}

/** What is missing from a catalogue, what does not agree, and what nobody says. */
export function catalogueComplaints(
  spoken: readonly Spoken[],
  { german, english }: { readonly german: WordCatalogue; readonly english: WordCatalogue },
): readonly string[] {
  const used = new Set(spoken.flatMap(keysOf));
  const unused = (name: string, catalogue: WordCatalogue): readonly string[] =>
    Object.keys(catalogue)
      .filter((key) => !used.has(key))
      .map((key) => `${name} has a sentence nobody says: ${key}`);
  return [
    ...spoken.flatMap((call) => ofCall(call, german, english)),
    ...unused('german.json', german),
    ...unused('english.json', english),
  ];
}

function ofCall(call: Spoken, german: WordCatalogue, english: WordCatalogue): readonly string[] {
  const { sentence, values, at } = call;
  const needed = slotsOf(sentence);
  const plural = values.includes('count');
  return [
    ...needed.filter((slot) => !values.includes(slot)).map((slot) => `${at}: no value for {{${slot}}}`),
    ...keysOf(call).flatMap((key) => [
      ...inCatalogue('german.json', german[key], call, key),
      ...(plural ? inCatalogue('english.json', english[key], call, key) : []),
    ]),
  ];
}

function inCatalogue(name: string, text: string | undefined, call: Spoken, key: string): readonly string[] {
  if (text === undefined) return [`${call.at}: ${name} lacks ${key}`];
  if (text === '') return [`${call.at}: ${name} says nothing for ${key}`];
  const wanted = slotsOf(call.sentence);
  const has = slotsOf(text);
  // "One target" needs no figure.
  const missing = wanted.filter((slot) => slot !== 'count' && !has.includes(slot));
  const strange = has.filter((slot) => !call.values.includes(slot));
  const tags = tagsOf(text).join() === tagsOf(call.sentence).join() ? [] : ['tags'];
  return [...missing, ...strange, ...tags].map((what) => `${name} does not agree in ${what}: ${key}`);
}

function slotsOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
}

function tagsOf(text: string): readonly string[] {
  return [...text.matchAll(/<\/?[a-z]+>/g)].map(([tag]) => tag);
}
