/**
 * @module
 */
import { CircleCheck } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { t } from '../../language/translate.ts';
import { Button } from '../../ui/button.tsx';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { useFormFocus } from '../../ui/use-form-focus.ts';
import type { Save } from '../use-save.ts';

export type SettingsPartProps = {
  readonly title: string;
  /** What it is for. */
  readonly hint: string;
  readonly children: ReactNode;
};

/** Some settings under one heading. */
export function SettingsPart({ title, hint, children }: SettingsPartProps) {
  return (
    <section className="flex flex-col gap-4">
      <div>
        <h3 className="font-semibold">{title}</h3>
        <p className="text-sm text-soft">{hint}</p>
      </div>
      {children}
    </section>
  );
}

export type SettingsFormProps = {
  readonly save: Save;
  /** The fields inside; what is said against others stands at the end. */
  readonly fields: readonly string[];
  readonly onSubmit: () => void;
  readonly saveTestId: string;
  /** Said once it is saved, where "Saved." is not all there is to say. */
  readonly savedWords?: string | undefined;
  readonly children: ReactNode;
};

/** Settings that are typed, and saved together. */
export function SettingsForm(props: SettingsFormProps) {
  const { save, fields, onSubmit, saveTestId, savedWords = t('Saved.'), children } = props;
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, save.refusal);
  return (
    <form
      ref={place}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <FormRefusal refusal={save.refusal} fields={fields} />
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={save.busy} data-testid={saveTestId}>
          {t('Save')}
        </Button>
        <p role="status" className="flex items-center gap-1.5 text-sm">
          {save.saved && (
            <>
              <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
              {savedWords}
            </>
          )}
        </p>
      </div>
    </form>
  );
}
