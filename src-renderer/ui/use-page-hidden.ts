/**
 * @module
 */
import { useSyncExternalStore } from 'react';

/** Whether the page cannot be seen: another tab is in front, or the window is minimised. */
export function usePageHidden(): boolean {
  return useSyncExternalStore(follow, isHidden);
}

const isHidden = (): boolean => document.hidden;

function follow(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => {
    document.removeEventListener('visibilitychange', changed);
  };
}
