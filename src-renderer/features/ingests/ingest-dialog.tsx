/**
 * @module
 */
import { useRef, useState, type SyntheticEvent } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import { MAX_HOLD_SECONDS, MAX_NAME_CHARS } from '../../../src-shared/bridge/contract.ts';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { useCall, useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { useFormFocus } from '../../ui/use-form-focus.ts';
import { SecretInput } from '../../ui/secret-input.tsx';

const FIELDS = ['name', 'streamKey', 'holdSeconds'];
const DEFAULT_HOLD_SECONDS = 60;

/** Adds an ingest (`id` null) or changes one. */
export function IngestDialog({ id }: { readonly id: string | null }) {
  const { own, studio } = useParts();
  // Read once: what is being typed must not be overwritten by updates.
  const [ingest] = useState(() => studio.getState().view.ingests.find((one) => one.id === id) ?? null);
  const { form, set, refusal, busy, submit } = useIngestForm(ingest);
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, refusal);
  const close = () => {
    closeDialog(own);
  };
  return (
    <Dialog
      title={ingest === null ? 'Add an ingest' : `Edit ${ingest.name}`}
      description="A slot for one encoder, with a stream key of its own."
      onClose={close}
      testId="ingest-form"
    >
      <form ref={place} onSubmit={submit} className="flex min-h-0 flex-col" noValidate>
        <DialogBody>
          <div className="flex flex-col gap-4">
            <Field label="Name" error={refusalAt(refusal, 'name', 'Name')}>
              {(parts) => (
                <input
                  {...parts}
                  {...FIRST_FOCUS}
                  className={INPUT_CLASS}
                  value={form.name}
                  maxLength={MAX_NAME_CHARS}
                  onChange={({ target }) => {
                    set({ name: target.value });
                  }}
                />
              )}
            </Field>
            <Field
              label="Stream key"
              hint={
                ingest === null
                  ? 'Leave it empty and a strong key is made for you.'
                  : 'Changing it locks out encoders that use the old one.'
              }
              error={refusalAt(refusal, 'streamKey', 'Stream key')}
            >
              {(parts) => (
                <SecretInput
                  parts={parts}
                  value={form.streamKey}
                  onValue={(streamKey) => {
                    set({ streamKey });
                  }}
                />
              )}
            </Field>
            <Field
              label="Keep targets alive, seconds"
              hint="How long targets stay connected after the encoder is gone, so that a crash does not end the show. 0 turns it off."
              error={refusalAt(refusal, 'holdSeconds', 'It')}
            >
              {(parts) => (
                <input
                  {...parts}
                  type="number"
                  min={0}
                  max={MAX_HOLD_SECONDS}
                  className={INPUT_CLASS}
                  value={form.holdSeconds}
                  onChange={({ target }) => {
                    set({ holdSeconds: target.value });
                  }}
                />
              )}
            </Field>
            <FormRefusal refusal={refusal} fields={FIELDS} />
          </div>
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {ingest === null ? 'Add ingest' : 'Save'}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

type IngestForm = { readonly name: string; readonly streamKey: string; readonly holdSeconds: string };

function useIngestForm(ingest: Ingest | null) {
  const call = useCall();
  const { own } = useParts();
  const [form, setForm] = useState<IngestForm>({
    name: ingest?.name ?? '',
    streamKey: ingest?.streamKey ?? '',
    holdSeconds: String(ingest?.holdSeconds ?? DEFAULT_HOLD_SECONDS),
  });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const common = { name: form.name, holdSeconds: Number(form.holdSeconds) };
    const key = form.streamKey === (ingest?.streamKey ?? '') ? {} : { streamKey: form.streamKey };
    const outcome =
      ingest === null
        ? await call('ingest.create', { ...common, ...key })
        : await call('ingest.update', { id: ingest.id, ...common, ...key });
    setBusy(false);
    if (!outcome.ok) setRefusal(outcome.refusal);
    else own.setState({ dialog: null, selectedIngestId: outcome.value.id });
  };
  return {
    form,
    refusal,
    busy,
    set: (change: Partial<IngestForm>) => {
      setForm((before) => ({ ...before, ...change }));
      setRefusal(null);
    },
    submit: (event: SyntheticEvent) => {
      event.preventDefault();
      void save();
    },
  };
}
