import { expect, it } from 'vitest';
import { codecString } from './codec-string.ts';
import { readStill } from './read-still.ts';

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function flv(...payloads: readonly string[]): Uint8Array<ArrayBuffer> {
  const tags = payloads.map((hex) => {
    const payload = bytesOf(hex);
    const size = payload.length.toString(16).padStart(6, '0');
    return `09 ${size} 00000000 000000 ${hex} 00000000`;
  });
  return bytesOf(`464c56 01 01 00000009 00000000 ${tags.join('')}`);
}

const AVCC = '01 64 00 1f ff e1 0001 67';

it('reads a legacy H.264 picture', () => {
  expect(readStill(flv(`17 00 000000 ${AVCC}`, '17 01 000005 aabbcc'))).toEqual({
    codec: 'avc1.64001f',
    description: bytesOf(AVCC),
    keyframe: bytesOf('aabbcc'),
  });
});

it('reads enhanced pictures, with and without composition time', () => {
  const h264 = (frame: string) => readStill(flv(`90 61766331 ${AVCC}`, frame))?.keyframe;
  expect(h264('91 61766331 000000 aabb')).toEqual(bytesOf('aabb'));
  expect(h264('93 61766331 aabb')).toEqual(bytesOf('aabb'));
  expect(readStill(flv('90 61763031 81 08 0c 00 0a0b', '91 61763031 aabb'))).toEqual({
    codec: 'av01.0.08M.08',
    description: undefined,
    keyframe: bytesOf('aabb'),
  });
});

it('gives nothing for what it does not know: another codec, a part of a file, no file', () => {
  expect(readStill(flv('12 01 aabb'))).toBeNull();
  expect(readStill(flv('90 76766331 0102030405', '91 76766331 aabb'))).toBeNull();
  expect(readStill(flv('17 01 000000 aabb'))).toBeNull();
  expect(readStill(flv('17 00 000000 01', '17 01 000000 aabb'))).toBeNull();
  const whole = flv(`17 00 000000 ${AVCC}`, '17 01 000005 aabbcc');
  for (let length = 0; length < 40; length++) expect(readStill(whole.subarray(0, length))).toBeNull();
});

it('names codecs as browsers do', () => {
  const hvcc = '01 01 60000000 b00000000000 78 f000';
  expect(codecString('hvc1', bytesOf(hvcc))).toBe('hvc1.1.6.L120.b0');
  expect(codecString('hvc1', bytesOf('01 22 20000000 900000000000 99'))).toBe('hvc1.2.4.H153.90');
  expect(codecString('av01', bytesOf('81 0d 4c 00'))).toBe('av01.0.13M.10');
  expect(codecString('vp09', bytesOf('01 000000 00 1f 80 02 02 02 0000'))).toBe('vp09.00.31.08');
});
