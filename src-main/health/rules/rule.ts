/**
 * What a rule is: it looks at one thing that is sent, and says what is wrong with it for one platform.
 * @module
 */
import type { AudioHealth, VideoHealth } from '../../../src-shared/model/health.ts';
import type { PlatformLimits, PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Finding } from '../../../src-shared/model/target.ts';
import type { Fix } from './fix-words.ts';

/**
 * What is sent, as measured; null: not known yet, and then nothing is found about it. Rates are means of ten seconds,
 * 1000 bit/s, null until they are known. A kind that is still null while the other's rate is known is not sent at all.
 */
export type SentStream = {
  readonly video: VideoHealth | null;
  readonly audio: AudioHealth | null;
  readonly videoKbps: number | null;
  readonly audioKbps: number | null;
  /** Mean, as measured. */
  readonly keyframeIntervalSec: number | null;
};

/** Names of the rules, as findings carry them. */
export type RuleId =
  | 'no-video'
  | 'no-audio'
  | 'video-codec'
  | 'profile'
  | 'resolution'
  | 'orientation'
  | 'fps'
  | 'video-bitrate'
  | 'video-bitrate-low'
  | 'keyframe-interval'
  | 'b-frames'
  | 'interlaced'
  | 'chroma-bit-depth'
  | 'audio-codec'
  | 'audio-bitrate'
  | 'audio-sample-rate'
  | 'audio-channels'
  | 'plain-rtmp';

/**
 * What a breach rests on. A limit's name: the platform's own figure. `common`: what nearly all of them want, though
 * this one does not say so. `certain`: nothing that a platform could see otherwise.
 */
export type Basis = keyof PlatformLimits | 'common' | 'certain';

/** A rule that is not kept; see `Finding`. */
export type Breach = {
  readonly severity: Finding['severity'];
  readonly sent: string;
  readonly wanted: string;
  readonly consequence: string;
  readonly fix: Fix;
  readonly basis: Basis;
};

/** What all rules look at. */
export type RuleCase = {
  readonly sent: SentStream;
  readonly preset: PlatformPreset;
  readonly limits: PlatformLimits;
  /** The platform's name as it reads in a sentence. */
  readonly name: string;
  /** Where it is sent to; undefined: not known. */
  readonly url: string | undefined;
};

/** One rule. `check` gives undefined where the rule is kept, does not apply, or nothing is known. */
export type Rule = {
  readonly id: RuleId;
  readonly check: (ruleCase: RuleCase) => Breach | undefined;
};

/**
 * How much is made of what nearly all platforms want: a server of one's own passes on what it gets, and whether its
 * players can take it is its owner's to know.
 */
export function commonSeverity({ category }: PlatformPreset): Finding['severity'] {
  return category === 'self-hosted' ? 'info' : 'warning';
}

/** `6000 kbit/s`. */
export function kbit(kbps: number): string {
  return `${Math.round(kbps)} kbit/s`;
}

/** A figure with at most one digit behind the point. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
