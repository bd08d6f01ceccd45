/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
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
      {ingests.map((ingest) => (
        <IngestHold key={ingest.id} ingest={ingest} />
      ))}
    </SettingsPart>
  );
}

function IngestHold({ ingest }: { readonly ingest: Ingest }) {
  const { own } = useParts();
  const form = useIngestForm(ingest);
  const { id, name } = ingest;
  return (
    <section aria-labelledby={`hold-${id}`} className="flex flex-col gap-4 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h4 id={`hold-${id}`} className="text-sm font-medium wrap-anywhere">
          {name}
        </h4>
        <Button
          size="sm"
          aria-label={t('All settings of {{name}}', { name })}
          onClick={() => {
            own.setState({ dialog: { type: 'ingest', id } });
          }}
        >
          {t('All settings…')}
        </Button>
      </div>
      <SettingsForm save={form.save} fields={HOLD_FIELDS} saveTestId="hold-save" onSubmit={form.submit}>
        <HoldFields form={form} />
      </SettingsForm>
    </section>
  );
}
