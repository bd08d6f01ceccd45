/**
 * Aggregate messages (§7.1.6): several messages in one body, each with the header of an FLV tag before it and
 * a back pointer behind it.
 * @module
 */
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { u24be, u8 } from '../../bytes/read.ts';
import { addTimestamp, timestampDistance } from '../timestamp.ts';
import type { RtmpMessage } from './message-type.ts';

/** Type (1), length (3), timestamp (3, then its top byte), stream ID (3). */
const HEADER_BYTES = 11;
const BACK_POINTER_BYTES = 4;

/**
 * The messages within, in order. Their payloads are views into the aggregate's. Their times are moved by as much
 * as the aggregate's own time lies after the first of them; the stream ID is the aggregate's.
 * @throws {ProtocolError} `bad-aggregate`: a message reaches beyond the end.
 */
export function splitAggregate(aggregate: RtmpMessage): RtmpMessage[] {
  const { payload, streamId } = aggregate;
  const messages: RtmpMessage[] = [];
  let offset: number | undefined;
  let at = 0;
  while (at < payload.length) {
    const start = at + HEADER_BYTES;
    const end = start + u24be(payload, at + 1);
    if (end > payload.length) {
      throw new ProtocolError(
        'bad-aggregate',
        `a part ends at ${end} in an aggregate of ${payload.length} bytes`,
      );
    }
    const time = (u24be(payload, at + 4) | (u8(payload, at + 7) << 24)) >>> 0;
    offset ??= timestampDistance(time, aggregate.timestamp);
    messages.push({
      typeId: u8(payload, at),
      timestamp: addTimestamp(time, offset),
      streamId,
      payload: payload.subarray(start, end),
    });
    at = end + BACK_POINTER_BYTES;
  }
  return messages;
}
