/**
 * @module
 */

/** Marks what should have the focus when the part it is in appears. */
export const FIRST_FOCUS = { 'data-first-focus': '' } as const;

/** Gives the focus to what asks for it inside `place`; false when nothing does. */
export function focusFirst(place: HTMLElement): boolean {
  const first = place.querySelector('[data-first-focus]');
  if (!(first instanceof HTMLElement)) return false;
  first.focus();
  return true;
}

/** Gives the focus to the first input that was refused. */
export function focusRefused(place: HTMLElement): void {
  const refused = place.querySelector('[aria-invalid="true"]');
  if (!(refused instanceof HTMLElement)) return;
  refused.focus();
  // What is said against it stands below it, and must be in sight too.
  refused.scrollIntoView({ block: 'center' });
}
