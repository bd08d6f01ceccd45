/**
 * Where the studio listens: what stands in the form, what of it is sent, and what holds for this start.
 * @module
 */
import type { CommandArgs, Refusal } from '../../../src-shared/bridge/contract.ts';
import type { NetworkField, RtmpHost, StudioSettings } from '../../../src-shared/model/studio-state.ts';
import { t } from '../../language/translate.ts';
import { typedNumber } from '../../ui/number-field.tsx';

/** Numbers stay text while they are typed. */
export type NetworkValues = {
  readonly rtmpHost: RtmpHost;
  readonly rtmpPort: string;
  readonly rtmps: boolean;
  readonly rtmpsPort: string;
  readonly httpPort: string;
};

/** The fields of the form, as the contract names them. */
export const NETWORK_FIELDS: readonly NetworkField[] = ['rtmpHost', 'rtmpPort', 'rtmpsPort', 'httpPort'];
/** Where RTMP over TLS is usually found beside RTMP on 1935. */
const USUAL_RTMPS_PORT = 1936;
/** Below this, most systems let only the administrator listen. */
const FIRST_FREE_PORT = 1024;
const LAST_PORT = 65_535;

/** What stands in the form at first. */
export function startNetwork(settings: StudioSettings): NetworkValues {
  const { rtmpHost, rtmpPort, rtmpsPort, httpPort } = settings;
  return {
    rtmpHost,
    rtmpPort: String(rtmpPort),
    rtmps: rtmpsPort !== null,
    rtmpsPort: String(rtmpsPort ?? USUAL_RTMPS_PORT),
    httpPort: String(httpPort),
  };
}

/** Only what was changed. */
export function networkArgs(
  settings: StudioSettings,
  values: NetworkValues,
): Pick<CommandArgs<'settings.update'>, NetworkField> {
  const all = {
    rtmpHost: values.rtmpHost,
    rtmpPort: typedNumber(values.rtmpPort),
    rtmpsPort: values.rtmps ? typedNumber(values.rtmpsPort) : null,
    httpPort: typedNumber(values.httpPort),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => Reflect.get(settings, key) !== value),
  );
}

/** The first port that is none: on the way to the studio, "no number" would become "off". */
export function noPortRefusal(values: NetworkValues): Refusal | null {
  const ports = (['rtmpPort', 'rtmpsPort', 'httpPort'] as const).filter(
    (field) => field !== 'rtmpsPort' || values.rtmps,
  );
  const field = ports.find((one) => !isPort(values[one]));
  if (field === undefined) return null;
  return {
    code: 'no-port',
    message: t('Give a whole number from 1 to {{most}}.', { most: LAST_PORT }),
    field,
  };
}

function isPort(text: string): boolean {
  const port = typedNumber(text);
  return Number.isInteger(port) && port >= 1 && port <= LAST_PORT;
}

/** Whether a typed port is one that most systems keep for the administrator. */
export function isGuardedPort(text: string): boolean {
  return isPort(text) && typedNumber(text) < FIRST_FREE_PORT;
}

const FLAGS: Readonly<Record<NetworkField, string>> = {
  rtmpHost: '--rtmp-host',
  rtmpPort: '--rtmp-port',
  rtmpsPort: '--rtmps-port',
  httpPort: '--http-port',
};

/** What holds for this start, and who has set it. */
export function nowWords({ network }: StudioSettings, field: NetworkField): string {
  const now = network[field] ?? t('off');
  return network.byFlag.includes(field)
    ? t('Now {{now}}, set by {{flag}} for this start.', { now, flag: FLAGS[field] })
    : t('Now {{now}}.', { now });
}

/** Whether anything that was saved waits for the next start; what a flag has set is a matter of that start alone. */
export function waitsForStart(settings: StudioSettings): boolean {
  const { network } = settings;
  return NETWORK_FIELDS.some(
    (field) => !network.byFlag.includes(field) && network[field] !== settings[field],
  );
}
