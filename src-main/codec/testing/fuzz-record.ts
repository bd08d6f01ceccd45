/**
 * Fuzzing shared by the readers of config records.
 * @module
 */
import fc from 'fast-check';
import { ProtocolError } from '../../bytes/protocol-error.ts';

/** The bytes that the hex digits say; spaces are for the eye. */
export function bytesOf(hex: string): Uint8Array {
  const digits = hex.replaceAll(' ', '');
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

/** The code of the ProtocolError that the action throws; anything else it throws is thrown on. */
export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

/** Any bytes, and every good record cut off or with bytes changed, give a value or a ProtocolError. */
export function fuzzRecord(read: (bytes: Uint8Array) => unknown, records: readonly string[]): void {
  const expectControlled = (bytes: Uint8Array): void => {
    const code = codeOf(() => read(bytes));
    if (code !== 'nothing thrown' && !code.startsWith('codec-')) throw new Error(`refused with ${code}`);
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), expectControlled), { numRuns: 2_000 });
  for (const record of records.map(bytesOf)) {
    for (let n = 0; n < record.length; n++) expectControlled(record.subarray(0, n));
    const change = fc.tuple(fc.nat(record.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const changed = record.slice();
        for (const [at, byte] of changes) changed[at] = byte;
        expectControlled(changed);
      }),
      { numRuns: 1_000 },
    );
  }
}
