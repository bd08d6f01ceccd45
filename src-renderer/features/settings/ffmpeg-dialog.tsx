/**
 * @module
 */
import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { MAX_URL_CHARS, type Refusal } from '../../../src-shared/bridge/contract.ts';
import type { StudioSettings } from '../../../src-shared/model/studio-state.ts';
import { RichText } from '../../ui/rich-text.tsx';
import { t } from '../../language/translate.ts';
import { useCall, useParts } from '../../state/window-context.tsx';
import { closeDialog, say } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { useFormFocus } from '../../ui/use-form-focus.ts';

const FIELD = 'ffmpegPath';

/** Which FFmpeg is used, and another one in its place. */
export function FfmpegDialog() {
  const { own } = useParts();
  const { settings, failed, onSettings } = useSettings();
  return (
    <Dialog
      title="FFmpeg"
      description={t(
        'Used for one thing: to make the picture viewers see while your encoder is lost. Your stream never goes through it.',
      )}
      onClose={() => {
        closeDialog(own);
      }}
      testId="ffmpeg-dialog"
    >
      {settings === null ? (
        <DialogBody>
          {failed === null ? (
            <p className="flex items-center gap-2 text-sm text-soft">
              <LoaderCircle aria-hidden className="size-4 spin-slow" /> {t('Looking for FFmpeg…')}
            </p>
          ) : (
            <FormRefusal refusal={failed} fields={[]} />
          )}
        </DialogBody>
      ) : (
        <FfmpegForm settings={settings} onSettings={onSettings} />
      )}
    </Dialog>
  );
}

/** The settings as the studio has them when the dialog opens; null until it has answered. */
function useSettings() {
  const call = useCall();
  const [settings, onSettings] = useState<StudioSettings | null>(null);
  const [failed, setFailed] = useState<Refusal | null>(null);
  useEffect(() => {
    void call('settings.get', {}).then((outcome) => {
      if (outcome.ok) onSettings(outcome.value);
      else setFailed(outcome.refusal);
    });
  }, [call]);
  return { settings, failed, onSettings };
}

type FfmpegFormProps = {
  readonly settings: StudioSettings;
  readonly onSettings: (settings: StudioSettings) => void;
};

function FfmpegForm({ settings, onSettings }: FfmpegFormProps) {
  const { own } = useParts();
  const form = useFfmpegForm(settings, onSettings);
  const place = useRef<HTMLFormElement>(null);
  useFormFocus(place, form.refusal);
  return (
    <form ref={place} onSubmit={form.submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        <div className="flex flex-col gap-4">
          <Found settings={settings} />
          <Field
            label={t('Path of your own FFmpeg')}
            hint={t(
              'Full path of the program on the computer Relaydeck runs on. Empty: the one that comes with Relaydeck, or the system’s.',
            )}
            error={refusalAt(form.refusal, FIELD, t('The path'))}
          >
            {(parts) => (
              <input
                {...parts}
                data-testid="ffmpeg-path"
                className={`${INPUT_CLASS} font-mono`}
                autoComplete="off"
                spellCheck={false}
                maxLength={MAX_URL_CHARS}
                value={form.path}
                onChange={({ target }) => {
                  form.setPath(target.value);
                }}
              />
            )}
          </Field>
          <FormRefusal refusal={form.refusal} fields={[FIELD]} />
        </div>
      </DialogBody>
      <DialogFoot>
        <Button
          onClick={() => {
            closeDialog(own);
          }}
        >
          {t('Close')}
        </Button>
        <Button look="primary" type="submit" disabled={form.busy} data-testid="ffmpeg-save">
          {t('Save')}
        </Button>
      </DialogFoot>
    </form>
  );
}

function useFfmpegForm(settings: StudioSettings, onSettings: FfmpegFormProps['onSettings']) {
  const call = useCall();
  const { own } = useParts();
  const [path, setPath] = useState(settings.ffmpegPath);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const outcome = await call('settings.update', { ffmpegPath: path });
    setBusy(false);
    if (!outcome.ok) {
      setRefusal(outcome.refusal);
      return;
    }
    // The dialog stays: what was found at that path is the answer.
    onSettings(outcome.value);
    say(own, 'info', outcome.value.ffmpeg === null ? t('Saved, but no FFmpeg was found.') : t('Saved.'));
  };
  return {
    path,
    refusal,
    busy,
    setPath: (typed: string) => {
      setPath(typed);
      setRefusal(null);
    },
    submit: (event: SyntheticEvent) => {
      event.preventDefault();
      void save();
    },
  };
}

function Found({ settings: { ffmpeg } }: { readonly settings: StudioSettings }) {
  const Icon = ffmpeg === null ? TriangleAlert : CircleCheck;
  return (
    <div role="status" className="flex gap-2.5 rounded-xl border border-line bg-card p-3 text-sm">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${ffmpeg === null ? 'text-strained' : 'text-good'}`}
      />
      {ffmpeg === null ? (
        <p>
          <RichText
            bold="font-semibold"
            text={t(
              '<b>No FFmpeg was found.</b> Viewers see the last picture, standing still, while your encoder is lost. Everything else works.',
            )}
          />
        </p>
      ) : (
        <p className="min-w-0 wrap-anywhere">
          <strong className="font-semibold">{t('FFmpeg was found.')}</strong>
          <span className="block text-xs">{t('Version {{version}}', { version: ffmpeg.version })}</span>
          <span className="block font-mono text-xs text-soft">{ffmpeg.path}</span>
        </p>
      )}
    </div>
  );
}
