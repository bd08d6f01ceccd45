/**
 * @module
 */
import { useEffect, useMemo, useState } from 'react';
import type { CommandAnswer, CommandArgs, CommandName } from '../../src-shared/bridge/contract.ts';
import { withoutAddresses } from '../state/discreet-view.ts';
import { useCall, useShown, type Outcome } from '../state/window-context.tsx';

/** What the studio was asked once; null until it answers. */
export type Asked<K extends CommandName> = {
  readonly outcome: Outcome<CommandAnswer<K>> | null;
  readonly askAgain: () => void;
};

/** Asks the studio when a part of the window opens. `args` are taken as they are at first: give the part a key. */
export function useAsked<K extends CommandName>(command: K, args: CommandArgs<K>): Asked<K> {
  const call = useCall();
  const [first] = useState({ command, args });
  const [times, setTimes] = useState(0);
  const [outcome, setOutcome] = useState<Outcome<CommandAnswer<K>> | null>(null);
  useEffect(() => {
    let wanted = true;
    void call(first.command, first.args).then((answer) => {
      // A part that is gone, or has asked again since, wants no old answer.
      if (wanted) setOutcome(answer);
    });
    return () => {
      wanted = false;
    };
  }, [call, first, times]);
  const shown = useShown();
  return {
    outcome: useMemo(() => withoutAddresses(outcome, shown), [outcome, shown]),
    askAgain: () => {
      setTimes((before) => before + 1);
    },
  };
}
