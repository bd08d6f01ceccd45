/**
 * @module
 */
import { MAX_HOLD_SECONDS, MAX_URL_CHARS } from '../../../src-shared/bridge/contract.ts';
import { t } from '../../language/translate.ts';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { HOLD_FIELDS, type HoldPictureChoice } from './ingest-values.ts';
import type { IngestFormState } from './use-ingest-form.ts';

/** Longest time without video before an encoder counts as gone, seconds; the contract's. */
const MAX_STALL_SECONDS = 60;

const pictures = (): readonly (readonly [HoldPictureChoice, string])[] => [
  ['slate', t('“Back in a moment” picture')],
  ['freeze', t('The last picture, standing still')],
  ['own', t('Your own picture')],
];

const afterwards = () =>
  [
    ['end', t('End the show')],
    ['stay', t('Stay until I end it')],
  ] as const;

export type IngestSectionProps = { readonly form: IngestFormState };

/** How targets are kept alive without an encoder, and what their viewers see meanwhile. */
export function HoldSection({ form }: IngestSectionProps) {
  return (
    <FormSection
      title={t('If the encoder is lost')}
      hint={t('How long targets are kept alive, and what their viewers see.')}
      startsOpen={false}
      refusal={form.refusal}
      fields={HOLD_FIELDS}
      testId="ingest-hold"
    >
      <HoldFields form={form} />
    </FormSection>
  );
}

/** The fields of it. */
export function HoldFields({ form }: IngestSectionProps) {
  const { values, refusal, set } = form;
  return (
    <>
      <NumberField
        label={t('Keep targets alive, seconds')}
        hint={t('So that a crash does not end the show. 0 turns it off.')}
        error={refusalAt(refusal, 'holdSeconds', t('It'))}
        unit="s"
        min={0}
        max={MAX_HOLD_SECONDS}
        testId="hold-seconds"
        value={values.holdSeconds}
        onValue={(holdSeconds) => {
          set({ holdSeconds });
        }}
      />
      <SelectField
        label={t('After the time is up')}
        hint={t('A platform may end a broadcast that shows nothing new for very long.')}
        error={refusalAt(refusal, 'holdThen', t('It'))}
        options={afterwards()}
        value={values.holdThen}
        onValue={(holdThen) => {
          set({ holdThen });
        }}
      />
      <PictureFields form={form} />
      <NumberField
        label={t('Counts as lost without video for, seconds')}
        hint={t('For encoders that stay connected but send no picture. 0: never.')}
        error={refusalAt(refusal, 'stallSeconds', t('It'))}
        unit="s"
        min={0}
        max={MAX_STALL_SECONDS}
        step="any"
        value={values.stallSeconds}
        onValue={(stallSeconds) => {
          set({ stallSeconds });
        }}
      />
    </>
  );
}

function PictureFields({ form: { values, refusal, set } }: IngestSectionProps) {
  return (
    <>
      <SelectField
        label={t('Viewers see meanwhile')}
        hint={
          values.picture === 'freeze'
            ? t('Needs nothing else.')
            : t('Made with FFmpeg while your encoder runs. Without FFmpeg the last picture is shown.')
        }
        error={refusalAt(refusal, 'holdPicture', t('It'))}
        options={pictures()}
        testId="hold-picture"
        value={values.picture}
        onValue={(picture) => {
          set({ picture });
        }}
      />
      {values.picture === 'own' && (
        <Field
          label={t('Picture file')}
          hint={t('Full path of a PNG or JPEG on the computer Relaydeck runs on.')}
          error={refusalAt(refusal, 'holdPictureFile', t('The picture file'))}
        >
          {(parts) => (
            <input
              {...parts}
              data-testid="hold-picture-file"
              className={`${INPUT_CLASS} font-mono`}
              autoComplete="off"
              spellCheck={false}
              maxLength={MAX_URL_CHARS}
              value={values.holdPictureFile}
              onChange={({ target }) => {
                set({ holdPictureFile: target.value });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}
