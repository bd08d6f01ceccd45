/**
 * Rules on the sound.
 * @module
 */
import type { AudioHealth } from '../../../src-shared/model/health.ts';
import { listsCodec, plainCodec, shownCodec, shownCodecs } from './codec-names.ts';
import { commonSeverity, kbit, short, type Breach, type Rule, type RuleCase } from './rule.ts';

/** Room for what comes with the sound itself: headers are some percent of it. */
const BITRATE_ROOM = 1.1;
/** Up to this, platforms code the sound anew and nobody hears it. */
const BITRATE_FAR = 2;
/** What players and browsers take everywhere, Hz. */
const COMMON_SAMPLE_RATES: readonly number[] = [44_100, 48_000];
/** No platform in the list states that it takes surround over RTMP. */
const MOST_CHANNELS = 2;

/** In the order in which they are told. */
export const SOUND_RULES: readonly Rule[] = [
  { id: 'audio-codec', check: ofAudio(audioCodec) },
  { id: 'audio-bitrate', check: audioBitrate },
  { id: 'audio-sample-rate', check: ofAudio(sampleRate) },
  { id: 'audio-channels', check: ofAudio(channels) },
];

function ofAudio(check: (audio: AudioHealth, ruleCase: RuleCase) => Breach | undefined): Rule['check'] {
  return (ruleCase) => (ruleCase.sent.audio === null ? undefined : check(ruleCase.sent.audio, ruleCase));
}

function audioCodec({ codec, profile }: AudioHealth, { limits, name, preset }: RuleCase): Breach | undefined {
  const { audioCodecs } = limits;
  if (audioCodecs.length === 0) return undefined;
  const fix = {
    obs: 'Settings → Output → Streaming → Audio Encoder: FFmpeg AAC',
    vmix: 'cog wheel beside Stream → cog wheel beside Quality → Audio: AAC',
    larix: 'Settings → Audio → Format: AAC',
    ffmpeg: '-c:a aac',
  };
  if (!listsCodec(audioCodecs, codec)) {
    return {
      severity: 'error',
      sent: shownCodec(codec),
      wanted: shownCodecs(audioCodecs),
      consequence: `${name} may refuse the stream, or viewers may hear nothing.`,
      fix,
      basis: 'audioCodecs',
    };
  }
  if (plainCodec(codec) !== 'aac' || profile === null || profile === 'LC') return undefined;
  return {
    severity: commonSeverity(preset),
    sent: profile.includes('AAC') ? profile : `AAC ${profile}`,
    wanted: 'AAC-LC',
    consequence: 'Some players may play it dull or at the wrong speed, or not at all.',
    fix,
    basis: 'common',
  };
}

function audioBitrate({ sent, limits, name }: RuleCase): Breach | undefined {
  const kbps = sent.audioKbps;
  const most = limits.maxAudioKbps;
  if (kbps === null || most === null || kbps <= most * BITRATE_ROOM) return undefined;
  return {
    severity: kbps > most * BITRATE_FAR ? 'warning' : 'info',
    sent: kbit(kbps),
    wanted: `at most ${kbit(most)}`,
    consequence: `${name} may code the sound anew, or refuse it.`,
    fix: {
      obs: `Settings → Output → Audio → Audio Bitrate: ${most}`,
      vmix: `cog wheel beside Stream → cog wheel beside Quality → Audio Bit Rate: ${most}`,
      larix: `Settings → Audio → Bitrate: ${most}`,
      ffmpeg: `-b:a ${most}k`,
    },
    basis: 'maxAudioKbps',
  };
}

function sampleRate({ sampleRate: rate }: AudioHealth, { limits, preset }: RuleCase): Breach | undefined {
  const isStated = limits.audioSampleRates.length > 0;
  const rates = isStated ? limits.audioSampleRates : COMMON_SAMPLE_RATES;
  if (rate === null || rates.includes(rate)) return undefined;
  return {
    severity: commonSeverity(preset),
    sent: `${short(rate / 1000)} kHz`,
    wanted: `${rates.map((one) => short(one / 1000)).join(' or ')} kHz`,
    consequence: 'The sound may drift away from the picture, or not be heard.',
    fix: {
      obs: 'Settings → Audio → Sample Rate: 48 kHz',
      vmix: 'cog wheel beside Stream → cog wheel beside Quality → Audio: AAC 48 kHz',
      larix: 'Settings → Audio → Sample rate: 48 kHz',
      ffmpeg: '-ar 48000',
    },
    basis: isStated ? 'audioSampleRates' : 'common',
  };
}

function channels({ channels: count }: AudioHealth, { preset }: RuleCase): Breach | undefined {
  if (count === null || (count >= 1 && count <= MOST_CHANNELS)) return undefined;
  return {
    severity: commonSeverity(preset),
    sent: `${count} channels`,
    wanted: 'stereo or mono',
    consequence: 'Viewers may hear some of the channels only, or nothing.',
    fix: {
      obs: 'Settings → Audio → Channels: Stereo',
      vmix: 'cog wheel beside Stream → cog wheel beside Quality → Audio Channels: 1, 2',
      larix: 'Settings → Audio → Channel count: 2',
      ffmpeg: '-ac 2',
    },
    basis: 'common',
  };
}
