/**
 * Texts before they are kept: without keys, and not without end.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';

/** Longest text that is kept, characters. */
const MOST_CHARS = 600;

/** Shorter keys are words such as `live`, which stand in every sentence; in addresses they are cut like any other. */
const SHORTEST_CHARS = 8;

/** User and password in an address; the path behind the app, which is where the key is; a query. */
const USER = /(\w+:\/\/)[^\s/@]+@/g;
const STREAM_NAME = /(\w+:\/\/[^\s/?#]+\/[^\s/?#]+)[/?#][^\s"'<>)]+/g;

/** The keys of an ingest, longest first. */
export function keysOf(ingest: Ingest): readonly string[] {
  return [ingest.streamKey, ingest.playKey, ingest.backup?.streamKey ?? '']
    .filter((key) => key.length >= SHORTEST_CHARS)
    .toSorted((a, b) => b.length - a.length);
}

/** `text` without `keys`, and without what may be a key in addresses; cut to what is kept. */
export function withoutKeys(text: string, keys: Iterable<string>): string {
  let safe = text;
  for (const key of keys) safe = safe.replaceAll(key, '<redacted>');
  return safe.replace(USER, '$1').replace(STREAM_NAME, '$1/…').slice(0, MOST_CHARS);
}

/** Texts that are remembered clean: names and encoders of a studio are far fewer, what events say comes once. */
const MOST_REMEMBERED = 500;

/** Cleans the texts of a studio, most of which come again every second: each is looked through once. */
export class TextCleaner {
  readonly #keysOf = new Map<string, readonly string[]>();
  readonly #clean = new Map<string, string>();

  /** What the ingest has for keys from now on. */
  learn(ingest: Ingest): void {
    const keys = keysOf(ingest);
    const before = this.#keysOf.get(ingest.id);
    if (before?.length === keys.length && before.every((key, at) => key === keys[at])) return;
    this.#keysOf.set(ingest.id, keys);
    this.#clean.clear();
  }

  /** Forgets the keys of ingests that are no more. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#keysOf.keys()) if (!ids.has(id)) this.#keysOf.delete(id);
  }

  // A field: records are handed it alone.
  readonly clean = (text: string): string => {
    const known = this.#clean.get(text);
    if (known !== undefined) return known;
    if (this.#clean.size >= MOST_REMEMBERED) this.#clean.clear();
    const safe = withoutKeys(text, [...this.#keysOf.values()].flat());
    this.#clean.set(text, safe);
    return safe;
  };
}
