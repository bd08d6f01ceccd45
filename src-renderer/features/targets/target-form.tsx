/**
 * @module
 */
import { ArrowLeft, Radio } from 'lucide-react';
import { useRef } from 'react';
import { MAX_NAME_CHARS } from '../../../src-shared/bridge/contract.ts';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { useFormFocus } from '../../ui/use-form-focus.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { ConnectionDetails } from './connection-details.tsx';
import { CONNECTION_FIELDS } from './connection-values.ts';
import { PlatformRules } from './platform-rules.tsx';
import { SECOND_FIELDS } from './second-values.ts';
import { SecondSection } from './second-section.tsx';
import { ServerField } from './server-field.tsx';
import type { PublishUrl } from './split-publish-url.ts';
import { DelaySection, ScheduleSection } from './timing-sections.tsx';
import { DELAY_FIELDS, SCHEDULE_FIELDS } from './timing-values.ts';
import { useTargetForm, type TargetFormState } from './use-target-form.ts';

const FIELDS = ['url', 'streamKey', 'name', 'ingestId'].concat(
  ...[DELAY_FIELDS, SCHEDULE_FIELDS, SECOND_FIELDS, CONNECTION_FIELDS],
);

export type TargetFormProps = {
  readonly preset: PlatformPreset;
  /** Null: a new one. */
  readonly target: Target | null;
  /** The address that was pasted in place of a platform; null: a platform was picked. */
  readonly pasted: PublishUrl | null;
  /** Back to the platforms; null where there is no way back. */
  readonly onBack: (() => void) | null;
};

/** A target's settings, beside what its platform asks for. */
export function TargetForm({ preset, target, pasted, onBack }: TargetFormProps) {
  const { own } = useParts();
  const form = useTargetForm(preset, target, pasted);
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, form.refusal);
  const rehearsal = preset.category === 'rehearsal';
  return (
    <form
      ref={place}
      data-testid="target-form"
      onSubmit={form.submit}
      className="flex min-h-0 flex-col"
      noValidate
    >
      <DialogBody>
        <div className="grid grid-cols-1 gap-6 md:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
          <div className="flex flex-col gap-4">
            {rehearsal ? (
              <p className="text-sm text-soft">
                {t(
                  'A server on this computer receives the stream and counts what arrives. Nobody can watch it, and nothing leaves this computer.',
                )}
              </p>
            ) : (
              <>
                <ServerField preset={preset} form={form} />
                <KeyField preset={preset} target={target} form={form} />
              </>
            )}
            <NameField form={form} />
            <IngestField form={form} />
            <EnabledField form={form} />
            <DelaySection target={target} form={form} />
            <ScheduleSection target={target} form={form} />
            {!rehearsal && <SecondSection preset={preset} target={target} form={form} />}
            {!rehearsal && <ConnectionDetails target={target} form={form} />}
            <FormRefusal refusal={form.refusal} fields={FIELDS} />
          </div>
          {!rehearsal && <PlatformRules preset={preset} target={target} ingestId={form.values.ingestId} />}
        </div>
      </DialogBody>
      <DialogFoot>
        {onBack !== null && (
          <Button look="ghost" className="mr-auto" onClick={onBack}>
            <ArrowLeft aria-hidden className="size-4" /> {t('Other platform')}
          </Button>
        )}
        <Button
          onClick={() => {
            closeDialog(own);
          }}
        >
          {t('Cancel')}
        </Button>
        <SaveButtons target={target} form={form} />
      </DialogFoot>
    </form>
  );
}

/** While the encoder is live, a new target may go live as it is added: what it will send can be seen already. */
function SaveButtons({ target, form }: PartProps & { readonly target: Target | null }) {
  const isLive = useStudio(({ view }) =>
    view.ingests.some(({ id, state }) => id === form.values.ingestId && state === 'live'),
  );
  const offersLive = target === null && isLive && !form.values.enabled;
  return (
    <>
      <Button
        look={offersLive ? 'quiet' : 'primary'}
        type="submit"
        disabled={form.busy}
        data-testid="target-save"
      >
        {target === null ? t('Add target') : t('Save')}
      </Button>
      {offersLive && (
        <Button look="primary" disabled={form.busy} data-testid="target-save-live" onClick={form.submitLive}>
          <Radio aria-hidden className="size-4" /> {t('Add and go live')}
        </Button>
      )}
    </>
  );
}

type PartProps = { readonly form: TargetFormState };

type KeyFieldProps = PartProps & { readonly preset: PlatformPreset; readonly target: Target | null };

function KeyField({ preset: { keyHint, keyUrl }, target, form }: KeyFieldProps) {
  const kept = target !== null && target.streamKey !== '';
  const discreet = useOwn((own) => own.discreet);
  return (
    <Field
      label={t('Stream key')}
      error={refusalAt(form.refusal, 'streamKey', t('Stream key'))}
      hint={
        <>
          {kept && (
            <p>
              {discreet
                ? t('Leave it empty to keep the key.')
                : t('Leave it empty to keep the key that ends in {{end}}.', {
                    end: target.streamKey.slice(-4),
                  })}
            </p>
          )}
          {keyHint !== null && <p>{t('Where to find it: {{where}}', { where: tStudio(keyHint) })}</p>}
          <p role="status" className="empty:hidden">
            {form.isSplit && t('The pasted address was taken apart: its last part is the key.')}
          </p>
          {keyUrl !== null && (
            <a className="break-all text-accent underline" href={keyUrl} target="_blank" rel="noreferrer">
              {keyUrl}
            </a>
          )}
        </>
      }
    >
      {(parts) => (
        <SecretInput
          parts={parts}
          firstFocus={target === null}
          value={form.values.streamKey}
          placeholder={!kept ? '' : discreet ? '••••' : target.streamKey}
          onPasted={(text) => form.paste(text, 'streamKey')}
          onValue={(streamKey) => {
            form.set({ streamKey });
          }}
        />
      )}
    </Field>
  );
}

function NameField({ form }: PartProps) {
  return (
    <Field
      label={t('Name')}
      error={refusalAt(form.refusal, 'name', t('Name'))}
      hint={t('How this target is called in this window.')}
    >
      {(parts) => (
        <input
          {...parts}
          className={INPUT_CLASS}
          maxLength={MAX_NAME_CHARS}
          value={form.values.name}
          onChange={({ target }) => {
            form.set({ name: target.value });
          }}
        />
      )}
    </Field>
  );
}

function IngestField({ form }: PartProps) {
  const ingests = useStudio(({ view }) => view.ingests);
  if (ingests.length < 2) return null;
  return (
    <Field
      label={t('Ingest')}
      error={refusalAt(form.refusal, 'ingestId', t('Ingest'))}
      hint={t('Which encoder’s stream it gets.')}
    >
      {(parts) => (
        <select
          {...parts}
          className={INPUT_CLASS}
          value={form.values.ingestId}
          onChange={({ target }) => {
            form.set({ ingestId: target.value });
          }}
        >
          {ingests.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function EnabledField({ form: { values, set } }: PartProps) {
  return (
    <CheckField
      label={t('Go live by itself when the encoder is live')}
      hint={
        values.enabled
          ? t('If the encoder is live already, it starts at once.')
          : t('It starts when you press “Go live”, so that you can check the picture first.')
      }
      checked={values.enabled}
      onChecked={(enabled) => {
        set({ enabled });
      }}
    />
  );
}
