/**
 * @module
 */
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { t } from '../../language/translate.ts';
import { AddressInput } from '../../ui/address-input.tsx';
import { Field, INPUT_CLASS } from '../../ui/field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { OTHER_SERVER, type TargetFormState } from './use-target-form.ts';

export type ServerFieldProps = { readonly preset: PlatformPreset; readonly form: TargetFormState };

/** The server: picked where the platform has several, typed where it is the streamer's own. */
export function ServerField({ preset, form }: ServerFieldProps) {
  const { values, set, refusal } = form;
  const picks = preset.servers.length > 1 && !preset.serverUrlIsPerUser;
  const typed = !picks || values.server === OTHER_SERVER;
  const error = refusalAt(refusal, 'url', t('Server'));
  const unconfirmed = preset.servers.find(({ url }) => url === values.server)?.unconfirmed === true;
  return (
    <>
      {picks && (
        <Field
          label={t('Server')}
          error={typed ? null : error}
          hint={unconfirmed ? t('This address could not be checked against the platform.') : undefined}
        >
          {(parts) => (
            <select
              {...parts}
              className={INPUT_CLASS}
              value={values.server}
              onChange={({ target }) => {
                set({ server: target.value });
              }}
            >
              {preset.servers.map((server) => (
                <option key={server.url} value={server.url}>
                  {server.label}
                  {server.unconfirmed ? t(' (unconfirmed)') : ''}
                </option>
              ))}
              <option value={OTHER_SERVER}>{t('Another address…')}</option>
            </select>
          )}
        </Field>
      )}
      {typed && (
        <Field label={picks ? t('Server address') : t('Server')} error={error} hint={hintOf(preset)}>
          {(parts) => (
            <AddressInput
              {...parts}
              className="font-mono"
              inputMode="url"
              placeholder="rtmps://server/app"
              value={values.url}
              onPaste={(event) => {
                if (form.paste(event.clipboardData.getData('text'), 'url')) event.preventDefault();
              }}
              onChange={({ target }) => {
                set({ url: target.value });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}

function hintOf({ serverUrlIsPerUser, servers, category }: PlatformPreset): string | undefined {
  if (category === 'custom')
    return t('rtmp:// or rtmps://. An address with the key at its end is taken apart when you paste it.');
  if (serverUrlIsPerUser) return t('This platform gives each streamer an own address: copy it from there.');
  return servers[0]?.unconfirmed === true
    ? t('This address could not be checked against the platform.')
    : undefined;
}
