/**
 * @module
 */
import { useState, type SyntheticEvent } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { useCall, useParts } from '../../state/window-context.tsx';
import { ingestArgs, noPictureRefusal, startIngest, type IngestValues } from './ingest-values.ts';

export type IngestFormState = {
  readonly values: IngestValues;
  readonly refusal: Refusal | null;
  readonly busy: boolean;
  readonly set: (change: Partial<IngestValues>) => void;
  readonly submit: (event: SyntheticEvent) => void;
};

export function useIngestForm(ingest: Ingest | null): IngestFormState {
  const call = useCall();
  const { own } = useParts();
  const [values, setValues] = useState(() => startIngest(ingest));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    const noPicture = noPictureRefusal(values);
    if (noPicture !== null) {
      setRefusal(noPicture);
      return;
    }
    setBusy(true);
    const args = ingestArgs(ingest, values);
    const outcome =
      ingest === null
        ? await call('ingest.create', { ...args, name: values.name })
        : await call('ingest.update', { ...args, id: ingest.id });
    setBusy(false);
    if (!outcome.ok) setRefusal(outcome.refusal);
    else own.setState({ dialog: null, selectedIngestId: outcome.value.id });
  };
  return {
    values,
    refusal,
    busy,
    set: (change) => {
      setValues((before) => ({ ...before, ...change }));
      setRefusal(null);
    },
    submit: (event) => {
      event.preventDefault();
      void save();
    },
  };
}
