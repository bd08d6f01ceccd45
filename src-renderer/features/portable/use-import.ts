/**
 * @module
 */
import { useState } from 'react';
import type { CommandAnswer, Refusal } from '../../../src-shared/bridge/contract.ts';
import { MAX_TARGET_FILE_CHARS, type ImportPlan } from '../../../src-shared/model/target-import.ts';
import { t } from '../../language/translate.ts';
import { useCall, useParts, useRun, type Outcome } from '../../state/window-context.tsx';
import { closeDialog, offerUndo, say } from '../../state/window-store.ts';

/** What the studio is asked for right now. */
type Busy = 'reading' | 'opening' | 'searching' | 'importing';

export type ImportState = {
  /** Null: nothing was chosen yet. */
  readonly plan: ImportPlan | null;
  /** Name of the chosen file; null: the list comes from OBS. */
  readonly fileName: string | null;
  readonly chosen: ReadonlySet<string>;
  readonly refusal: Refusal | null;
  readonly busy: Busy | null;
  readonly readFile: (file: File) => void;
  readonly unlock: (passphrase: string) => void;
  readonly findInObs: () => void;
  readonly choose: (id: string, chosen: boolean) => void;
  readonly take: () => void;
};

type Source = { readonly name: string; readonly text: string };

/** A file or OBS is looked at, a list comes, and nothing is changed before it is confirmed. */
export function useImport(): ImportState {
  const call = useCall();
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [source, setSource] = useState<Source | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState<Busy | null>(null);
  const finish = useImported();

  async function ask<T>(what: Busy, work: () => Promise<Outcome<T>>): Promise<T | null> {
    setBusy(what);
    setRefusal(null);
    const outcome = await work();
    setBusy(null);
    if (outcome.ok) return outcome.value;
    setRefusal(outcome.refusal);
    return null;
  }
  const list = (found: ImportPlan | null) => {
    if (found === null) return;
    setPlan(found);
    setChosen(new Set(found.entries.filter(({ match }) => match === 'new').map(({ id }) => id)));
  };
  const readFile = async (file: File) => {
    setPlan(null);
    setSource(null);
    const read = await ask<Source>('reading', () => textOf(file));
    setSource(read);
    if (read !== null) list(await ask('reading', () => call('targets.preview-import', { file: read.text })));
  };
  const unlock = async (passphrase: string) => {
    if (source === null) return;
    list(await ask('opening', () => call('targets.preview-import', { file: source.text, passphrase })));
  };
  const findInObs = async () => {
    setPlan(null);
    setSource(null);
    list(await ask('searching', () => call('targets.find-in-obs', {})));
  };
  const take = async () => {
    if (plan === null) return;
    const args = { planId: plan.planId, ids: [...chosen] };
    const added = await ask('importing', () => call('targets.import', args));
    if (added !== null) finish(added);
  };
  // The buttons keep the focus while the studio is asked, so they can still be pressed.
  const idle = (work: () => Promise<void>) => {
    if (busy === null) void work();
  };
  return {
    ...{ plan, fileName: source?.name ?? null, chosen, refusal, busy },
    readFile: (file) => {
      idle(() => readFile(file));
    },
    unlock: (passphrase) => {
      idle(() => unlock(passphrase));
    },
    findInObs: () => {
      idle(findInObs);
    },
    choose: (id, isChosen) => {
      setChosen((before) => new Set(isChosen ? [...before, id] : [...before].filter((one) => one !== id)));
    },
    take: () => {
      idle(take);
    },
  };
}

/**
 * The way back is to delete what was added: its file, or OBS, still has it. What was started meanwhile stays: it may
 * have viewers.
 */
function useImported(): (added: CommandAnswer<'targets.import'>) => void {
  const { own, studio } = useParts();
  const run = useRun();
  const undo = (ids: readonly string[]) => {
    const still = studio.getState().view.targets.filter(({ id }) => ids.includes(id));
    for (const { id, state } of still) if (state === 'off') run('target.delete', { id });
    if (still.some(({ state }) => state !== 'off')) {
      say(
        own,
        'warning',
        t('Imported targets that are not off any more were kept. Stop them before you delete them.'),
      );
    }
  };
  return (added) => {
    closeDialog(own);
    const words = t('{{count}} targets were imported. They are switched off.', { count: added.length });
    offerUndo(own, words, {
      run: () => {
        undo(added.map(({ id }) => id));
      },
    });
  };
}

async function textOf(file: File): Promise<Outcome<Source>> {
  const refuse = (message: string): Outcome<Source> => ({
    ok: false,
    refusal: { code: 'file-not-read', message, field: 'file' },
  });
  if (file.size > MAX_TARGET_FILE_CHARS) {
    return refuse(t('This file is larger than 1 MiB: Relaydeck writes no such file. Choose another one.'));
  }
  try {
    return { ok: true, value: { name: file.name, text: await file.text() } };
  } catch {
    return refuse(t('The file could not be read: it was moved, or is a folder. Choose it again.'));
  }
}
