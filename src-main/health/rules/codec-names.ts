/**
 * Codec names, which are written in several ways: "H.264", "h264", "avc1".
 * @module
 */

const SAME: Readonly<Record<string, string>> = {
  avc: 'h264',
  avc1: 'h264',
  h265: 'hevc',
  aaclc: 'aac',
  mp38k: 'mp3',
  g711a: 'g711',
  g711u: 'g711',
  pcm: 'lpcm',
  pcmle: 'lpcm',
};
const SHOWN: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp9: 'VP9',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  flac: 'FLAC',
  ac3: 'AC-3',
  g711: 'G.711',
  lpcm: 'PCM',
};

/** One name for one codec, to compare with. */
export function plainCodec(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SAME[letters] ?? letters;
}

/** As people write it. */
export function shownCodec(name: string): string {
  return SHOWN[plainCodec(name)] ?? name;
}

/** Whether a list of a platform's has it. */
export function listsCodec(list: readonly string[], name: string): boolean {
  return list.some((one) => plainCodec(one) === plainCodec(name));
}

/** `H.264, HEVC or AV1`. */
export function shownCodecs(list: readonly string[]): string {
  const names = list.map(shownCodec);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
