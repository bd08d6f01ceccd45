/**
 * @module
 */
import { useState } from 'react';
import { t } from '../../language/translate.ts';
import { useCall, useShown } from '../../state/window-context.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { RadioField } from '../../ui/radio-field.tsx';
import { refusalAt } from '../../ui/refusal-at.ts';
import { AddressLine } from '../ingests/address-line.tsx';
import { isOnThisComputerOnly } from '../ingests/address-reach.ts';
import {
  isGuardedPort,
  NETWORK_FIELDS,
  networkArgs,
  noPortRefusal,
  nowWords,
  startNetwork,
  waitsForStart,
  type NetworkValues,
} from './network-values.ts';
import { SettingsForm, SettingsPart } from './settings-part.tsx';
import type { KeptSettingsProps } from './use-settings.ts';
import { useSave, type Save } from '../use-save.ts';

/** Where encoders connect, and who may. */
export function NetworkSettings({ settings, onSettings }: KeptSettingsProps) {
  const call = useCall();
  const save = useSave();
  const [values, setValues] = useState(() => startNetwork(settings));
  const set = (change: Partial<NetworkValues>) => {
    setValues((before) => ({ ...before, ...change }));
    save.forget();
  };
  const submit = async () => {
    const noPort = noPortRefusal(values);
    if (noPort !== null) {
      save.refuse(noPort);
      return;
    }
    const saved = await save.follow(call('settings.update', networkArgs(settings, values)));
    if (saved !== null) onSettings(saved);
  };
  return (
    <SettingsPart
      title={t('Network')}
      hint={t('Where encoders connect, and which devices may. A change is used from the next start on.')}
    >
      <EncoderAddresses settings={settings} />
      {waitsForStart(settings) && (
        <Notice tone="warning" testId="network-waits">
          {t('What was saved is used from the next start on: close Relaydeck and open it again.')}
        </Notice>
      )}
      <SettingsForm
        save={save}
        fields={NETWORK_FIELDS}
        saveTestId="network-save"
        savedWords={t('Saved for the next start.')}
        onSubmit={() => void submit()}
      >
        <WhoMayConnect settings={settings} values={values} set={set} />
        <PortFields settings={settings} values={values} set={set} save={save} />
      </SettingsForm>
    </SettingsPart>
  );
}

function EncoderAddresses({ settings: { network } }: Pick<KeptSettingsProps, 'settings'>) {
  return (
    <dl className="flex flex-col gap-2" data-testid="network-addresses">
      {network.urls.map((url) => (
        <AddressLine
          key={url}
          label={reachWords(url)}
          what={t('server')}
          value={url}
          secret={false}
          valueTestId="network-address"
          copyTestId="network-copy-address"
        />
      ))}
    </dl>
  );
}

function reachWords(url: string): string {
  const here = isOnThisComputerOnly(url);
  if (url.startsWith('rtmps:')) {
    return here
      ? t('Server for encoders on this computer, encrypted')
      : t('Server for other devices, encrypted');
  }
  return here ? t('Server for encoders on this computer') : t('Server for other devices');
}

type PartProps = Pick<KeptSettingsProps, 'settings'> & {
  readonly values: NetworkValues;
  readonly set: (change: Partial<NetworkValues>) => void;
};

function WhoMayConnect({ settings, values, set }: PartProps) {
  const shown = useShown();
  return (
    <div className="flex flex-col gap-2">
      <RadioField
        legend={t('Encoders may connect from')}
        testId="network-host"
        value={values.rtmpHost}
        options={[
          ['127.0.0.1', t('This computer only'), t('No other device can send to Relaydeck.')],
          [
            '0.0.0.0',
            t('Other devices on my network, too'),
            t('A phone, a camera, another computer. Your firewall may ask; only who has a key gets in.'),
          ],
        ]}
        onValue={(rtmpHost) => {
          set({ rtmpHost });
        }}
      />
      <p className="text-xs text-soft">{shown(nowWords(settings, 'rtmpHost'))}</p>
    </div>
  );
}

function PortFields({ settings, values, set, save }: PartProps & { readonly save: Save }) {
  const port = (field: 'rtmpPort' | 'rtmpsPort' | 'httpPort', label: string) => (
    <PortField
      label={label}
      now={nowWords(settings, field)}
      error={refusalAt(save.refusal, field, label)}
      testId={`network-${field}`}
      value={values[field]}
      onValue={(value) => {
        set({ [field]: value });
      }}
    />
  );
  return (
    <>
      {port('rtmpPort', t('RTMP port'))}
      <CheckField
        label={t('Encrypted as well (RTMPS)')}
        hint={t('For encoders on other devices that support it. {{now}}', {
          now: nowWords(settings, 'rtmpsPort'),
        })}
        checked={values.rtmps}
        testId="network-rtmps"
        onChecked={(rtmps) => {
          set({ rtmps });
        }}
      />
      {values.rtmps && port('rtmpsPort', t('RTMPS port'))}
      {port('httpPort', t('Port of window and API'))}
    </>
  );
}

type PortFieldProps = {
  readonly label: string;
  readonly now: string;
  readonly error: string | null;
  readonly testId: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
};

function PortField({ now, ...field }: PortFieldProps) {
  const hint = isGuardedPort(field.value)
    ? t('{{now}} Below 1024, most systems let only the administrator listen.', { now })
    : now;
  return <NumberField {...field} hint={hint} unit="TCP" min={1} max={65_535} />;
}
