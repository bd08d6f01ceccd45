/**
 * Command messages (§7.2): name, transaction ID, command object, arguments.
 * @module
 */
import { encodeAmf0 } from '../../amf/amf0-write.ts';
import { readAmf0All } from '../../amf/amf0-read.ts';
import type { AmfValue } from '../../amf/amf-value.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';

/** One command, either way. */
export type Command = {
  readonly name: string;
  /** 0 where no answer is wanted. */
  readonly transactionId: number;
  /** What follows the transaction ID: the command object (or null) first. */
  readonly values: readonly AmfValue[];
};

/**
 * Reads the body of a command message.
 * @param amf3 Whether the message type is 17: a format byte of 0 then comes before the AMF0 values.
 * @throws {ProtocolError} `bad-command`, or what the AMF reader says.
 */
export function readCommand(payload: Uint8Array, amf3: boolean): Command {
  const [name, transactionId, ...values] = readAmf0All(payload, amf3 && payload[0] === 0 ? 1 : 0);
  if (typeof name !== 'string') throw new ProtocolError('bad-command', 'a command without a name');
  return { name, transactionId: typeof transactionId === 'number' ? transactionId : 0, values };
}

/** The body of an AMF0 command message. */
export function writeCommand(
  name: string,
  transactionId: number,
  ...values: readonly AmfValue[]
): Uint8Array {
  return encodeAmf0(name, transactionId, ...values);
}
