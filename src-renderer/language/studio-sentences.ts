/**
 * Finds the studio's finished sentences in a catalogue of patterns and says them in another language.
 * No regular expressions of the catalogue's own: looking for the literal parts one after the other cannot blow up.
 * @module
 */

/**
 * A pattern and its translation. `{name}` stands for words without the end of a sentence in them, `{+name}` for words
 * or sentences of the studio, which are translated in turn, `{&name}` for a list of such: "A, B and C". What else is in
 * there has to be there, from the first letter to the last.
 */
export type Catalogue = Readonly<Record<string, string>>;

type SlotKind = 'plain' | 'nested' | 'list';
type Slot = { readonly name: string; readonly kind: SlotKind };

type Pattern = {
  /** One more than there are slots: before the first, between them, behind the last. */
  readonly literals: readonly string[];
  readonly slots: readonly Slot[];
  readonly translation: string;
};

/** A catalogue, ready to be used: whole sentences by themselves, patterns with most literal letters first. */
export type Sentences = {
  readonly whole: ReadonlyMap<string, string>;
  readonly patterns: readonly Pattern[];
  /** Stands before the last of a list. */
  readonly and: string;
};

const SLOT = /\{([+&]?)([a-zA-Z]+)\}/g;
const KINDS: Readonly<Record<string, SlotKind>> = { '+': 'nested', '&': 'list' };
/** A full stop, question or exclamation mark with more behind it. */
const SENTENCE_END = /[.!?]["”»)]?(?=\s)/g;
/** Sentences within sentences within sentences: deeper ones stay as they are. */
const MAX_DEPTH = 3;

/** Compiles a catalogue once. `and` as it stands before the last of a list. */
export function sentencesOf(catalogue: Catalogue, and: string): Sentences {
  const entries = Object.entries(catalogue);
  const isWhole = ([english]: [string, string]) => english.search(SLOT) === -1;
  return {
    and,
    whole: new Map(entries.filter(isWhole)),
    patterns: entries
      .filter((entry) => !isWhole(entry))
      .map(([english, translation]) => patternOf(english, translation))
      .toSorted((one, other) => literalLength(other) - literalLength(one)),
  };
}

/** The text in the catalogue's language; sentences it does not know stay as they are. Never throws. */
export function translateSentences(sentences: Sentences, text: string): string {
  return translated(sentences, text, 0);
}

function translated(sentences: Sentences, text: string, depth: number): string {
  if (text === '' || depth > MAX_DEPTH) return text;
  const whole = one(sentences, text, depth);
  if (whole !== null) return whole;
  const ends = sentenceEnds(text);
  const said: string[] = [];
  let from = 0;
  // The longest run of sentences that is known goes first: a pattern may hold several.
  while (from < text.length) {
    const start = from;
    const later = ends.filter((end) => end > start);
    const end = later.findLast((at) => one(sentences, text.slice(start, at), depth) !== null) ?? later[0];
    if (end === undefined) break;
    const part = text.slice(start, end);
    const gap = /^\s*/.exec(text.slice(end))?.[0] ?? '';
    said.push((one(sentences, part, depth) ?? part) + gap);
    from = end + gap.length;
  }
  return said.join('');
}

/** Text that one entry of the catalogue covers; null when none does. */
function one(sentences: Sentences, text: string, depth: number): string | null {
  const known = sentences.whole.get(text);
  if (known !== undefined) return known;
  for (const pattern of sentences.patterns) {
    const values = valuesOf(pattern, text);
    if (values !== null) return filled(pattern, values, { sentences, depth: depth + 1 });
  }
  return null;
}

function valuesOf({ literals, slots }: Pattern, text: string): readonly string[] | null {
  const first = literals[0] ?? '';
  const last = literals.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const stop = text.length - last.length;
  const values: string[] = [];
  let from = first.length;
  for (const [index, slot] of slots.entries()) {
    const behind = index === slots.length - 1 ? stop : text.indexOf(literals[index + 1] ?? '', from + 1);
    if (behind <= from || behind > stop) return null;
    const value = text.slice(from, behind);
    if (slot.kind === 'plain' && sentenceEnds(value).length > 1) return null;
    values.push(value);
    from = behind + (index === slots.length - 1 ? 0 : (literals[index + 1] ?? '').length);
  }
  return values;
}

type Within = { readonly sentences: Sentences; readonly depth: number };

function filled({ slots, translation }: Pattern, values: readonly string[], within: Within): string {
  const byName = new Map(
    slots.map(({ name, kind }, index) => [name, said(values[index] ?? '', kind, within)]),
  );
  return translation.replace(SLOT, (slot, _kind, name: string) => byName.get(name) ?? slot);
}

function said(value: string, kind: SlotKind, { sentences, depth }: Within): string {
  if (kind === 'plain') return value;
  if (kind === 'nested') return translated(sentences, value, depth);
  const last = value.lastIndexOf(' and ');
  const parts =
    last === -1 ? [value] : [...value.slice(0, last).split(', '), value.slice(last + ' and '.length)];
  const names = parts.map((part) => translated(sentences, part, depth));
  return names.length < 2
    ? names.join()
    : `${names.slice(0, -1).join(', ')} ${sentences.and} ${names.at(-1) ?? ''}`;
}

/** Where sentences end, the end of the text included. */
function sentenceEnds(text: string): readonly number[] {
  const ends = Array.from(text.matchAll(SENTENCE_END), (match) => match.index + match[0].length);
  return [...ends, text.length];
}

function patternOf(english: string, translation: string): Pattern {
  const slots = Array.from(english.matchAll(SLOT), ([, kind = '', name = '']) => ({
    name,
    kind: KINDS[kind] ?? 'plain',
  }));
  return { literals: english.split(/\{[+&]?[a-zA-Z]+\}/), slots, translation };
}

function literalLength({ literals }: Pattern): number {
  return literals.reduce((sum, literal) => sum + literal.length, 0);
}
