/**
 * @module
 */
import { useState } from 'react';
import type { Refusal } from '../../src-shared/bridge/contract.ts';
import type { Outcome } from '../state/window-context.tsx';

/** How saving goes: under way, done, refused. */
export type Save = {
  readonly busy: boolean;
  readonly saved: boolean;
  readonly refusal: Refusal | null;
  /** Follows a command; gives its answer, or null when it was refused. */
  readonly follow: <T>(work: Promise<Outcome<T>>) => Promise<T | null>;
  /** What is wrong was seen before anything was sent. */
  readonly refuse: (refusal: Refusal) => void;
  /** Something else is typed: what was said of the old values holds no more. */
  readonly forget: () => void;
};

const IDLE = { busy: false, saved: false, refusal: null } as const;

/** The state of one form's "Save". */
export function useSave(): Save {
  const [state, setState] = useState<Pick<Save, 'busy' | 'saved' | 'refusal'>>(IDLE);
  return {
    ...state,
    follow: async (work) => {
      setState({ ...IDLE, busy: true });
      const outcome = await work;
      setState(outcome.ok ? { ...IDLE, saved: true } : { ...IDLE, refusal: outcome.refusal });
      return outcome.ok ? outcome.value : null;
    },
    refuse: (refusal) => {
      setState({ ...IDLE, refusal });
    },
    forget: () => {
      setState(IDLE);
    },
  };
}
