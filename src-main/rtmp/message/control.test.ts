import { expect, test } from 'vitest';
import {
  readChunkSize,
  readControlNumber,
  writeControlNumber,
  writePeerBandwidth,
} from './protocol-control.ts';
import { readUserControl, writeBufferLength, writeUserControl } from './user-control.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

test('points 8, 9: control bodies, byte by byte', () => {
  expect(hex(writeControlNumber(0xffff_fffe))).toBe('fffffffe');
  expect(hex(writePeerBandwidth(2_500_000, 2))).toBe('002625a002');
  expect(hex(writeUserControl(6, 0x0102_0304))).toBe('000601020304');
  expect(hex(writeBufferLength(1, 1000))).toBe('000300000001000003e8');
});

test('points 8, 9: control bodies are read back; longer ones too', () => {
  expect(readControlNumber(bytesOf('fffffffe99'))).toBe(0xffff_fffe);
  expect(readUserControl(bytesOf('000300000001000003e8'))).toEqual({ event: 3, value: 1 });
  expect(readUserControl(bytesOf('001a00'))).toEqual({ event: 26, value: 0 });
});

test.each([
  [() => readControlNumber(bytesOf('000000')), 'control-too-short'],
  [() => readUserControl(bytesOf('00')), 'user-control-too-short'],
  [() => readChunkSize(bytesOf('80000000')), 'bad-chunk-size'],
  [() => readChunkSize(bytesOf('00000000')), 'bad-chunk-size'],
])('point 8: %s: %s', (read, code) => {
  expect(read).toThrow(expect.objectContaining({ code }));
});
