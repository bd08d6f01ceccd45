/**
 * AC-3 and E-AC-3: what a sync frame says of the sound. Spec: ETSI TS 102 366 §4.3, §4.4, annex E §E.1.2, §E.1.3.
 * @module
 */
import { ProtocolError } from '../bytes/protocol-error.ts';
import { BitReader } from './bit-reader.ts';

/** What a sync frame is. */
export type Ac3Frame = {
  readonly codec: 'AC-3' | 'E-AC-3';
  /** Hz. */
  readonly sampleRateHz: number;
  /** Of this frame, low frequencies counted; a dependent substream of E-AC-3 may bring more. */
  readonly channels: number;
};

const SYNC = 0x0b77;
const RATES_HZ: readonly number[] = [48_000, 44_100, 32_000];
/** Full channels by acmod. */
const CHANNELS: readonly number[] = [2, 1, 2, 3, 3, 4, 4, 5];
/** bsid stands at the same place in both; above this it is E-AC-3, and above 16 nothing that exists. */
const LAST_AC3_BSID = 10;
const LAST_BSID = 16;
const BSID_BYTE = 5;

/**
 * Reads the beginning of a sync frame.
 *
 * @throws {ProtocolError} `codec-truncated`; `codec-bad-version`: no sync word, or a version that does not exist;
 *   `codec-out-of-range`: a reserved sample rate.
 */
export function readAc3Frame(frame: Uint8Array): Ac3Frame {
  const bits = new BitReader(frame);
  if (bits.bits(16) !== SYNC) throw new ProtocolError('codec-bad-version', 'no sync word of AC-3');
  const bsid = new BitReader(frame, BSID_BYTE).bits(5);
  if (bsid > LAST_BSID) throw new ProtocolError('codec-bad-version', `AC-3 of version ${bsid}`);
  return bsid <= LAST_AC3_BSID ? readAc3(bits, bsid) : readEac3(bits);
}

function readAc3(bits: BitReader, bsid: number): Ac3Frame {
  bits.skip(16);
  const rate = rateOf(bits.bits(2));
  bits.skip(6 + 5 + 3);
  const mode = bits.bits(3);
  if ((mode & 1) !== 0 && mode !== 1) bits.skip(2);
  if ((mode & 4) !== 0) bits.skip(2);
  if (mode === 2) bits.skip(2);
  // Versions 9 and 10 run at a half and a quarter of the rate.
  const sampleRateHz = rate / 2 ** Math.max(0, bsid - 8);
  return { codec: 'AC-3', sampleRateHz, channels: (CHANNELS[mode] ?? 0) + bits.bits(1) };
}

function readEac3(bits: BitReader): Ac3Frame {
  bits.skip(2 + 3 + 11);
  const rateCode = bits.bits(2);
  const lowRateCode = bits.bits(2);
  const sampleRateHz = rateCode === 3 ? rateOf(lowRateCode) / 2 : rateOf(rateCode);
  const mode = bits.bits(3);
  return { codec: 'E-AC-3', sampleRateHz, channels: (CHANNELS[mode] ?? 0) + bits.bits(1) };
}

function rateOf(code: number): number {
  const rate = RATES_HZ[code];
  if (rate === undefined) throw new ProtocolError('codec-out-of-range', `AC-3 sample rate code ${code}`);
  return rate;
}
