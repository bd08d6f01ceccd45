/**
 * Places that the keyboard goes to by name.
 * @module
 */

/** `ingest-…`: by the ingest's id. */
export type KeyPlace =
  'master' | 'options' | 'add-target' | 'add-ingest' | 'log-search' | 'mute' | 'delay' | `ingest-${string}`;

/** Marks the place. */
export function keyPlace(place: KeyPlace): { readonly 'data-key-place': KeyPlace } {
  return { 'data-key-place': place };
}

/** Gives the focus to the place, unfolding what it is folded in; false: it is not there, or cannot be used now. */
export function focusKeyPlace(place: KeyPlace): boolean {
  const element = usable(place);
  if (element === null) return false;
  for (let folded = foldedAround(element); folded !== null; folded = foldedAround(folded)) folded.open = true;
  element.focus();
  return true;
}

/** Presses the place without going there; false: it is not there, or cannot be used now. */
export function pressKeyPlace(place: KeyPlace): boolean {
  const element = usable(place);
  element?.click();
  return element !== null;
}

function usable(place: KeyPlace): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-key-place="${CSS.escape(place)}"]:not(:disabled)`);
}

function foldedAround(element: HTMLElement): HTMLDetailsElement | null {
  return element.closest<HTMLDetailsElement>('details:not([open])');
}
