/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { HoldFields } from '../ingests/ingest-hold-section.tsx';
import { HOLD_FIELDS } from '../ingests/ingest-values.ts';
import { useIngestForm } from '../ingests/use-ingest-form.ts';
import { SettingsForm, SettingsPart } from './settings-part.tsx';

/** What happens when an encoder is lost, ingest by ingest. */
export function HoldSettings() {
  const ingests = useStudio(({ view }) => view.ingests);
  return (
    <SettingsPart
      title={t('Hold')}
      hint={t('When an encoder is lost: how long its targets are kept alive, and what viewers see.')}
    >
      {ingests.map((ingest, index) => (
        <IngestHold key={ingest.id} ingest={ingest} startsOpen={index === 0} />
      ))}
    </SettingsPart>
  );
}

type IngestHoldProps = { readonly ingest: Ingest; readonly startsOpen: boolean };

function IngestHold({ ingest, startsOpen }: IngestHoldProps) {
  const { own } = useParts();
  const form = useIngestForm(ingest);
  const { id, name, holdSeconds } = ingest;
  return (
    <FormSection
      title={name}
      hint={holdSeconds === 0 ? t('No hold') : t('Held for {{seconds}} s', { seconds: holdSeconds })}
      startsOpen={startsOpen}
      refusal={form.refusal}
      fields={HOLD_FIELDS}
      testId="hold-ingest"
    >
      <SettingsForm save={form.save} fields={HOLD_FIELDS} saveTestId="hold-save" onSubmit={form.submit}>
        <HoldFields form={form} />
      </SettingsForm>
      <Button
        look="ghost"
        size="sm"
        className="self-start"
        onClick={() => {
          own.setState({ dialog: { type: 'ingest', id } });
        }}
      >
        {t('All settings of this ingest…')}
      </Button>
    </FormSection>
  );
}
