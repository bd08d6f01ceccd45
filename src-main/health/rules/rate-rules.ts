/**
 * Rules on what is measured of the picture over time: bitrate and keyframes.
 * @module
 */
import { bitrateRow } from './bitrate-row.ts';
import { kbit, short, type Breach, type Rule, type RuleCase } from './rule.ts';

/** Encoders do not hit their rate exactly. */
const BITRATE_ROOM = 1.05;
/** So far over a limit is no peak and no inexact encoder: the setting is wrong for this platform. */
const BITRATE_FAR = 1.5;
/** Under this share of what is recommended the picture suffers: of newer codecs YouTube's table asks at least that much. */
const LOW_SHARE = 1 / 3;
/** The last frame of an interval may come late, and encoders set keyframes at scene changes. */
const KEYFRAME_ROOM = 1.3;
/** Platforms cut a stream at keyframes: from here on their pieces are over twice as long as they plan with. */
const KEYFRAME_FAR = 2;

/** In the order in which they are told. */
export const RATE_RULES: readonly Rule[] = [
  { id: 'video-bitrate', check: videoBitrate },
  { id: 'video-bitrate-low', check: lowVideoBitrate },
  { id: 'keyframe-interval', check: keyframeInterval },
];

function videoBitrate(ruleCase: RuleCase): Breach | undefined {
  return overCeiling(ruleCase) ?? overAdvice(ruleCase);
}

/** The table's ceiling for this size, or the platform's for all. */
function overCeiling({ sent, limits, name }: RuleCase): Breach | undefined {
  const kbps = sent.videoKbps;
  const row = sent.video === null ? undefined : bitrateRow(limits.bitrateTable, sent.video);
  const ofSize = row?.isAdvice === false ? row.maxKbps : null;
  const most = ofSize ?? limits.maxVideoKbps;
  if (kbps === null || most === null || kbps <= most * BITRATE_ROOM) return undefined;
  return {
    severity: kbps > most * BITRATE_FAR ? 'error' : 'warning',
    sent: kbit(kbps),
    wanted: `at most ${kbit(most)}${ofSize === null ? '' : ' at this size and frame rate'}`,
    consequence: `${name} may cut the connection, or viewers may see the picture stall.`,
    fix: bitrateFix(most),
    basis: ofSize === null ? 'maxVideoKbps' : 'bitrateTable',
  };
}

function overAdvice({ sent, limits }: RuleCase): Breach | undefined {
  if (sent.video === null || sent.videoKbps === null) return undefined;
  const row = bitrateRow(limits.bitrateTable, sent.video);
  const most = row?.isAdvice === true ? (row.maxKbps ?? row.recommendedKbps) : null;
  if (most === null || sent.videoKbps <= most * BITRATE_ROOM) return undefined;
  return {
    severity: 'info',
    sent: kbit(sent.videoKbps),
    wanted: `about ${kbit(most)} at this size and frame rate`,
    consequence: 'More takes your upload, and viewers may see no difference.',
    fix: bitrateFix(most),
    basis: 'bitrateTable',
  };
}

function lowVideoBitrate({ sent, limits }: RuleCase): Breach | undefined {
  if (sent.video === null || sent.videoKbps === null) return undefined;
  const row = bitrateRow(limits.bitrateTable, sent.video);
  const wanted = row?.minKbps ?? row?.recommendedKbps ?? null;
  const least = row?.minKbps ?? (wanted === null ? null : wanted * LOW_SHARE);
  // Nothing at all is not a low rate; other rules and the target's health speak of it.
  if (wanted === null || least === null || sent.videoKbps >= least || sent.videoKbps === 0) return undefined;
  return {
    severity: 'info',
    sent: kbit(sent.videoKbps),
    wanted: `${row?.minKbps === null ? 'about' : 'at least'} ${kbit(wanted)} at this size and frame rate`,
    consequence:
      'The picture may look coarse where much moves. If your upload has no room, send a smaller one.',
    fix: bitrateFix(wanted),
    basis: 'bitrateTable',
  };
}

function bitrateFix(kbps: number): Breach['fix'] {
  return {
    obs: `Settings → Output → Streaming → Bitrate: ${kbps} Kbps`,
    vmix: `cog wheel beside Stream → cog wheel beside Quality → Bit Rate: ${kbps}`,
    larix: `Settings → Video → Bitrate: ${kbps}`,
    ffmpeg: `-b:v ${kbps}k -maxrate ${kbps}k -bufsize ${2 * kbps}k`,
  };
}

function keyframeInterval({ sent, limits }: RuleCase): Breach | undefined {
  const measured = sent.keyframeIntervalSec;
  const wanted = limits.keyframeIntervalSec;
  if (measured === null || wanted === null || measured <= wanted * KEYFRAME_ROOM) return undefined;
  const fps = sent.video?.fps ?? null;
  return {
    severity: measured > wanted * KEYFRAME_FAR ? 'error' : 'warning',
    sent: `a keyframe every ${short(measured)} s`,
    wanted: `one every ${wanted} s`,
    consequence: 'Viewers may wait long for the picture, and it may stop to load.',
    fix: {
      obs: `Settings → Output → Streaming → Keyframe Interval: ${wanted} s`,
      vmix: `cog wheel beside Stream → cog wheel beside Quality → Keyframe Latency: ${wanted}`,
      larix: `Settings → Video → Keyframe frequency: ${wanted} s`,
      ffmpeg:
        fps === null || fps < 1
          ? `-force_key_frames "expr:gte(t,n_forced*${wanted})"`
          : `-g ${Math.round(fps) * wanted}`,
    },
    basis: 'keyframeIntervalSec',
  };
}
