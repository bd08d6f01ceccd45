/**
 * What a diagnosis is made from; the program gathers it.
 * @module
 */
import type { ShowSummary } from '../../src-shared/model/show-report.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import type { RecentLine } from './recent-log.ts';

/** One address of one network card, as `os.networkInterfaces()` lists them. */
export type InterfaceFact = {
  readonly name: string;
  readonly family: string;
  readonly address: string;
  readonly internal: boolean;
};

/** A port that this program listens on. */
export type ListeningFact = {
  readonly what: 'rtmp' | 'rtmps' | 'http';
  readonly host: string;
  readonly port: number;
};

/** Everything, secrets included; `makeDiagnosis` takes them out. */
export type DiagnosisFacts = {
  /** ms since 1970. */
  readonly wallNow: number;
  readonly versions: {
    readonly relaydeck: string;
    readonly node: string;
    /** Null: it runs without. */
    readonly electron: string | null;
    /** Name and release, such as `Linux 6.1.0`. */
    readonly os: string;
    /** Such as `x64`. */
    readonly arch: string;
  };
  readonly computer: {
    readonly cpus: number;
    readonly cpuModel: string;
    readonly memoryBytes: number;
    readonly freeMemoryBytes: number;
    /** Resident memory of this program. */
    readonly usedBytes: number;
  };
  /** Of the studio, s; null: none runs. */
  readonly uptimeSeconds: number | null;
  readonly dataDir: string;
  /** The user's own folder, which is replaced by `~`: it holds their name. Empty: not known. */
  readonly homeDir: string;
  /** The saved settings, whatever their version; null: they could not be read. */
  readonly settings: unknown;
  /** Null: no studio runs. */
  readonly state: StudioState | null;
  /** Newest last. */
  readonly shows: readonly ShowSummary[];
  /** Newest last. */
  readonly log: readonly RecentLine[];
  readonly interfaces: readonly InterfaceFact[];
  readonly listening: readonly ListeningFact[];
  /** Null: none was found. */
  readonly ffmpeg: { readonly path: string; readonly version: string } | null;
  /** Every secret there is: keys, passwords, proxies with theirs, webhooks' URLs and secrets, our token. */
  readonly secrets: readonly string[];
  /** Whether `secrets` could be read; false is said in the summary. */
  readonly secretsKnown: boolean;
};
