/**
 * Data messages (§7.1.2): AMF0 values; in type 15 a format byte comes before them.
 * @module
 */
import { messageType, type RtmpMessage } from './message-type.ts';

/**
 * A type 15 message as type 18, which every peer reads: its format byte is 0 and what follows is AMF0. Where
 * the byte is missing the values begin at once.
 */
export function dataAsAmf0(message: RtmpMessage): RtmpMessage {
  const payload = message.payload[0] === 0 ? message.payload.subarray(1) : message.payload;
  return { typeId: messageType.dataAmf0, timestamp: message.timestamp, streamId: message.streamId, payload };
}
