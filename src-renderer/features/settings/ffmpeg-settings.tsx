/**
 * @module
 */
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { MAX_URL_CHARS } from '../../../src-shared/bridge/contract.ts';
import type { StudioSettings } from '../../../src-shared/model/studio-state.ts';
import { RichText } from '../../ui/rich-text.tsx';
import { t } from '../../language/translate.ts';
import { useCall } from '../../state/window-context.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { useSave } from '../use-save.ts';
import { SettingsForm, SettingsPart } from './settings-part.tsx';
import type { KeptSettingsProps } from './use-settings.ts';

const FIELD = 'ffmpegPath';

/** Which FFmpeg is used, and another one in its place. */
export function FfmpegSettings({ settings, onSettings }: KeptSettingsProps) {
  const call = useCall();
  const save = useSave();
  const [path, setPath] = useState(settings.ffmpegPath);
  const submit = async () => {
    const saved = await save.follow(call('settings.update', { ffmpegPath: path }));
    // What was found at that path is the answer.
    if (saved !== null) onSettings(saved);
  };
  return (
    <SettingsPart
      title="FFmpeg"
      hint={t(
        'Used for one thing: to make the picture viewers see while your encoder is lost. Your stream never goes through it.',
      )}
    >
      <SettingsForm
        save={save}
        fields={[FIELD]}
        saveTestId="ffmpeg-save"
        savedWords={settings.ffmpeg === null ? t('Saved, but no FFmpeg was found.') : undefined}
        onSubmit={() => void submit()}
      >
        <Found settings={settings} />
        <Field
          label={t('Path of your own FFmpeg')}
          hint={t(
            'Full path of the program on the computer Relaydeck runs on. Empty: the one that comes with Relaydeck, or the system’s.',
          )}
          error={refusalAt(save.refusal, FIELD, t('The path'))}
        >
          {(parts) => (
            <input
              {...parts}
              data-testid="ffmpeg-path"
              className={`${INPUT_CLASS} font-mono`}
              autoComplete="off"
              spellCheck={false}
              maxLength={MAX_URL_CHARS}
              value={path}
              onChange={({ target }) => {
                setPath(target.value);
                save.forget();
              }}
            />
          )}
        </Field>
      </SettingsForm>
    </SettingsPart>
  );
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
