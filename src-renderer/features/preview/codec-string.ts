/**
 * Names of codecs as browsers want them, from the record that comes before the first frame. RFC 6381, and the
 * registrations of each codec (ISO/IEC 14496-15 annex E, AV1 and VP9 in ISO BMFF).
 * @module
 */

/** What the FLV says of its codec. */
export type CodecTag = 'avc1' | 'hvc1' | 'av01' | 'vp09';

/** Null: the record is too short to be one. */
export function codecString(tag: CodecTag, record: Uint8Array): string | null {
  if (record.length < (tag === 'hvc1' ? 13 : 4)) return null;
  switch (tag) {
    case 'avc1':
      return `avc1.${[...record.subarray(1, 4)].map(hex).join('')}`;
    case 'hvc1':
      return hevcString(record);
    case 'av01':
      return av1String(record);
    case 'vp09':
      return vp9String(record);
  }
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const twoDigits = (value: number): string => String(value).padStart(2, '0');

function hevcString(record: Uint8Array): string {
  const profile = record[1] ?? 0;
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? '';
  const tier = (profile & 0x20) === 0 ? 'L' : 'H';
  let flags = 0;
  // The flags are named from the lowest bit up, and stand from the highest bit down.
  for (let bit = 0; bit < 32; bit++) {
    if (((record[2 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) flags += 2 ** bit;
  }
  const constraints = [...record.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    'hvc1',
    `${space}${profile & 0x1f}`,
    flags.toString(16),
    `${tier}${record[12] ?? 0}`,
    ...constraints.map((byte) => byte.toString(16)),
  ].join('.');
}

function av1String(record: Uint8Array): string {
  const [, first = 0, second = 0] = record;
  const tier = (second & 0x80) === 0 ? 'M' : 'H';
  const depth = (second & 0x40) === 0 ? 8 : (second & 0x20) === 0 ? 10 : 12;
  return `av01.${first >> 5}.${twoDigits(first & 0x1f)}${tier}.${twoDigits(depth)}`;
}

/** The record begins with a version and three bytes of flags. */
function vp9String(record: Uint8Array): string {
  const [, , , , profile = 0, level = 10, depth = 0x80] = record;
  return `vp09.${twoDigits(profile)}.${twoDigits(level)}.${twoDigits(depth >> 4)}`;
}
