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
