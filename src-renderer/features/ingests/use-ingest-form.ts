/**
 * @module
 */
import { useState } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { useCall } from '../../state/window-context.tsx';
import { useSave, type Save } from '../use-save.ts';
import { ingestArgs, noPictureRefusal, startIngest, type IngestValues } from './ingest-values.ts';

export type IngestFormState = {
  readonly values: IngestValues;
  readonly refusal: Refusal | null;
  readonly save: Save;
  readonly set: (change: Partial<IngestValues>) => void;
  readonly submit: () => void;
};

/** @param first The ingest when the form opens; null: a new one. Later changes do not touch what is being typed. */
export function useIngestForm(first: Ingest | null, onSaved?: (saved: Ingest) => void): IngestFormState {
  const call = useCall();
  const [ingest, setIngest] = useState(first);
  const [values, setValues] = useState(() => startIngest(first));
  const save = useSave();
  const submit = async () => {
    const noPicture = noPictureRefusal(values);
    if (noPicture !== null) {
      save.refuse(noPicture);
      return;
    }
    const args = ingestArgs(ingest, values);
    const saved = await save.follow(
      ingest === null
        ? call('ingest.create', { ...args, name: values.name })
        : call('ingest.update', { ...args, id: ingest.id }),
    );
    if (saved === null) return;
    setIngest(saved);
    onSaved?.(saved);
  };
  return {
    values,
    refusal: save.refusal,
    save,
    set: (change) => {
      setValues((before) => ({ ...before, ...change }));
      save.forget();
    },
    submit: () => void submit(),
  };
}
