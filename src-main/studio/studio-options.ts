/**
 * What a studio is built from, and what comes of it.
 * @module
 */
import type { ShowSummary } from '../../src-shared/model/show-report.ts';
import type { Diagnosis, NetworkField, StudioState } from '../../src-shared/model/studio-state.ts';
import type { History } from '../history/history.ts';
import type { Fetch } from '../notices/webhook-try.ts';
import type { Clock } from '../platform/clock.ts';
import type { HmacSha256, Md5, Scrypt } from '../platform/crypto.ts';
import type { Log } from '../platform/log.ts';
import type { Random } from '../platform/random.ts';
import type { Spill } from '../platform/spill.ts';
import type { ObsSearch } from '../portable/obs-profiles.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { FfmpegRoom } from './ffmpeg-desk.ts';
import type { StudioPort } from './studio-port.ts';

/** What a studio is built from. */
export type StudioOptions = {
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly hmacSha256: HmacSha256;
  readonly md5: Md5;
  readonly version: string;
  readonly rtmpHost: string;
  readonly rtmpPort: number;
  /** Of the window and the HTTP API; its port is known once it listens. */
  readonly http: { readonly host: string; readonly port: () => number };
  /** Where this start listens by a flag, not by the settings. */
  readonly byFlag: readonly NetworkField[];
  /** Things that happened at start and belong into the event log. */
  readonly notices: readonly string[];
  /** Path of the test signal's loop, FLV. */
  readonly testSignalFile: string;
  readonly ffmpeg: FfmpegRoom;
  readonly history: History;
  /** Of the network, for webhooks. */
  readonly fetch: Fetch;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Writes a diagnosis of the state and the newest shows. */
  readonly diagnose: (state: StudioState, shows: readonly ShowSummary[]) => Promise<Diagnosis>;
  /** See `StudioParts`. */
  readonly openSpill: (ingestId: string) => Promise<Spill>;
  readonly freeDiskBytes: () => Promise<number>;
  /** Addresses of this computer that tell whether its way out has changed. */
  readonly networkAddresses: () => readonly string[];
  readonly scrypt: Scrypt;
  /** Looks for the profiles of OBS on this computer. */
  readonly findObsProfiles: () => Promise<ObsSearch>;
  /** Told how many shows are on, whenever one begins or ends. */
  readonly onShows: (count: number) => void;
  readonly rtmps?:
    { readonly host: string; readonly port: number; readonly cert: string; readonly key: string } | undefined;
};

/** A running studio. */
export type Studio = StudioPort & {
  /** Where encoders connect. */
  readonly rtmp: { readonly host: string; readonly port: number };
  /** Server address for encoders, without a key. */
  readonly rtmpUrl: string;
  /** Says goodbye to platforms and encoders, and saves. */
  readonly stop: () => Promise<void>;
};
