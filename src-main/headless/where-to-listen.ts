/**
 * Where this start listens: as the settings have it, or as a flag does for this once.
 * @module
 */
import type { NetworkField } from '../../src-shared/model/studio-state.ts';
import type { Settings } from '../settings/settings.ts';
import type { Flags } from './flags.ts';

/** Addresses and ports of one start. */
export type WhereToListen = {
  readonly rtmpHost: string;
  /** 0: any free one. */
  readonly rtmpPort: number;
  /** Undefined: no RTMP over TLS. */
  readonly rtmps: Flags['rtmps'];
  readonly httpHost: string;
  /** 0: any free one. */
  readonly httpPort: number;
  /** What comes from a flag, whatever the settings say. */
  readonly byFlag: readonly NetworkField[];
};

/** A flag comes before the setting. */
export function whereToListen(
  flags: Pick<Flags, 'rtmpHost' | 'rtmpPort' | 'rtmps' | 'httpHost' | 'httpPort'>,
  settings: Pick<Settings, NetworkField>,
): WhereToListen {
  const { rtmpHost, rtmpPort, rtmps, httpHost, httpPort } = flags;
  const savedRtmps = settings.rtmpsPort === null ? undefined : { port: settings.rtmpsPort, own: undefined };
  const fromFlags = { rtmpHost, rtmpPort, rtmpsPort: rtmps, httpPort } satisfies Record<
    NetworkField,
    unknown
  >;
  const fields: readonly NetworkField[] = ['rtmpHost', 'rtmpPort', 'rtmpsPort', 'httpPort'];
  return {
    rtmpHost: rtmpHost ?? settings.rtmpHost,
    rtmpPort: rtmpPort ?? settings.rtmpPort,
    rtmps: rtmps ?? savedRtmps,
    httpHost,
    httpPort: httpPort ?? settings.httpPort,
    byFlag: fields.filter((field) => fromFlags[field] !== undefined),
  };
}
