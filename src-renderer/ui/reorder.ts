/**
 * Arithmetic of a list whose entries are moved by hand.
 * @module
 */

/** Where an entry stands, px. */
export type Span = { readonly top: number; readonly height: number };

/** The entries with the one at `from` moved to `to`; `to` is held within the list. */
export function moved<T>(entries: readonly T[], from: number, to: number): readonly T[] {
  const entry = entries[from];
  if (entry === undefined) return entries;
  const rest = entries.filter((_, index) => index !== from);
  const at = Math.min(rest.length, Math.max(0, to));
  return [...rest.slice(0, at), entry, ...rest.slice(at)];
}

/**
 * Where the entry at `from` comes to lie once it was dragged by `byPx`: behind every other one whose middle it has
 * passed with the edge that leads. So neither a tall nor a short entry has to be dragged further than it is to go.
 */
export function dropIndex(spans: readonly Span[], from: number, byPx: number): number {
  const own = spans[from];
  if (own === undefined) return from;
  const edge = (byPx < 0 ? own.top : own.top + own.height) + byPx;
  const before = spans.filter((span, index) => {
    if (index === from) return false;
    const middle = span.top + span.height / 2;
    return index < from ? middle < (byPx < 0 ? edge : own.top) : middle < edge && byPx > 0;
  });
  return before.length;
}

/** How far the entry at `index` makes room while the one at `from` hovers over `to`, px; `gap` lies between two. */
export function makesRoom(index: number, drag: { from: number; to: number; sizePx: number }): number {
  const { from, to, sizePx } = drag;
  if (index > from && index <= to) return -sizePx;
  return index < from && index >= to ? sizePx : 0;
}
