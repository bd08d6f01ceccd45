/**
 * @module
 */
import { useLayoutEffect, type RefObject } from 'react';
import { focusKeyPlace, type KeyPlace } from './key-place.ts';

/** When `part` goes with the focus in it, the focus goes to `refuge` and not to nowhere. */
export function useFocusRefuge(part: RefObject<HTMLElement | null>, refuge: KeyPlace): void {
  useLayoutEffect(() => {
    const element = part.current;
    return () => {
      // What takes the place of the part is there only once all of it is drawn.
      if (element?.contains(document.activeElement) === true) queueMicrotask(() => focusKeyPlace(refuge));
    };
  }, [part, refuge]);
}
