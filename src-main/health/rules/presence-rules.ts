/**
 * Rules that hold everywhere: there is a picture, there is sound. And the one on the way there.
 * @module
 */
import type { Breach, Rule, RuleCase } from './rule.ts';

/** Hold on servers of one's own, too. */
export const PRESENCE_RULES: readonly Rule[] = [
  { id: 'no-video', check: noVideo },
  { id: 'no-audio', check: noAudio },
];

/** Not on servers of one's own: who runs them knows the line there. */
export const LINE_RULES: readonly Rule[] = [{ id: 'plain-rtmp', check: plainRtmp }];

function noVideo({ sent, name, preset }: RuleCase): Breach | undefined {
  // While nothing at all comes, the encoder is what is wrong, and its own health says so.
  if ((sent.audioKbps ?? 0) === 0 || (sent.video !== null && sent.videoKbps !== 0)) return undefined;
  const isPlatform = isSomebodyElses(preset.category);
  return {
    severity: isPlatform ? 'error' : 'info',
    sent: 'no picture',
    wanted: 'picture and sound',
    consequence: `Viewers see nothing.${isPlatform ? ` ${name} may not begin the show without a picture.` : ''}`,
    fix: {
      any: 'Switch on the picture in the encoder.',
      larix: 'Settings → Connections → this connection → Mode: Audio + Video',
      ffmpeg: 'leave out -vn, and map a picture',
    },
    basis: 'certain',
  };
}

function noAudio({ sent, name, preset }: RuleCase): Breach | undefined {
  if ((sent.videoKbps ?? 0) === 0 || (sent.audio !== null && sent.audioKbps !== 0)) return undefined;
  const isPlatform = isSomebodyElses(preset.category);
  return {
    severity: isPlatform ? 'warning' : 'info',
    sent: 'no sound',
    wanted: 'picture and sound',
    consequence: `Viewers hear nothing.${isPlatform ? ` ${name} may not begin the show without sound, even if it is silence.` : ''}`,
    fix: {
      any: 'Switch on the sound in the encoder.',
      obs: 'Settings → Output → Streaming → Audio Track: 1',
      larix: 'Settings → Connections → this connection → Mode: Audio + Video',
      ffmpeg: 'leave out -an, or add silence: -f lavfi -i anullsrc -c:a aac',
    },
    basis: 'certain',
  };
}

function plainRtmp({ preset, name, url }: RuleCase): Breach | undefined {
  if (url === undefined || !/^rtmp:/i.test(url)) return undefined;
  const encrypted = preset.servers.filter((server) => /^rtmps:/i.test(server.url));
  const [first] = encrypted;
  if (first === undefined) return undefined;
  const takesPlain = encrypted.length < preset.servers.length;
  const address = preset.serverUrlIsPerUser
    ? `the address with rtmps:// that ${name} shows you`
    : `${first.url} (${first.label})`;
  return {
    severity: takesPlain ? 'info' : 'warning',
    sent: 'plain RTMP',
    wanted: 'RTMPS',
    consequence: `Your stream key crosses the internet in the clear.${takesPlain ? '' : ` ${name} names no server without encryption and may refuse the stream.`}`,
    fix: { any: `Nothing to change in the encoder: edit this target and give as server ${address}.` },
    basis: encrypted.every(({ unconfirmed }) => unconfirmed) ? 'common' : 'certain',
  };
}

function isSomebodyElses(category: RuleCase['preset']['category']): boolean {
  return category === 'platform' || category === 'cloud';
}
