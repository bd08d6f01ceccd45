/**
 * @module
 */
import { useEffect, type RefObject } from 'react';
import type { Refusal } from '../../src-shared/bridge/contract.ts';
import { focusFirst, focusRefused } from './focus-first.ts';

/** Puts the focus where the next key should go: the first field, and later the refused one. */
export function useFormFocus(place: RefObject<HTMLElement | null>, refusal: Refusal | null): void {
  useEffect(() => {
    if (place.current !== null) focusFirst(place.current);
  }, [place]);
  useEffect(() => {
    if (place.current !== null && refusal !== null) focusRefused(place.current);
  }, [place, refusal]);
}
