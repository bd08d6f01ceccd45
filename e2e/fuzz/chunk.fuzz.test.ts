import { ProtocolError } from '../../src-main/bytes/protocol-error.ts';
import { readChunkHeader, type ChunkHeader } from '../../src-main/rtmp/chunk/chunk-header.ts';
import { ChunkReader } from '../../src-main/rtmp/chunk/chunk-reader.ts';
import { MAX_HALF_READ_BYTES } from '../../src-main/rtmp/limits.ts';
import type { RtmpMessage } from '../../src-main/rtmp/message/message-type.ts';
import { bytesOf, fuzzReader, outcomeOf } from './harness/fuzz-reader.ts';
import { expectSameFourWays, promise } from './harness/same-outcome.ts';
import { clientTalk, HANDSHAKE_BYTES, publishedTalk, recordings } from './harness/samples.ts';

/** Headers on known chunk streams: with and without an extended timestamp. */
const known = new Map<number, ChunkHeader>();
for (const hex of ['03 0003e8 000020 08 01000000', '04 ffffff 000020 09 01000000 01000000']) {
  const header = readChunkHeader(bytesOf(hex), 0, () => undefined);
  if (header !== undefined) known.set(header.chunkStreamId, header);
}
const lastOn = (chunkStreamId: number): ChunkHeader | undefined => known.get(chunkStreamId);

fuzzReader({
  name: 'chunk-header',
  samples: [
    '03 000010 000020 14 00000000',
    '44 ffffff 000020 09 01000000',
    '84 000021',
    'c4 01000000',
    'c4 010000ff',
    '00 05 ffffff 000001 08 01000000 00000000',
    '01 2d01 000000 000001 14 00000000',
  ].map(bytesOf),
  maxBytes: 40,
  check: (bytes) => {
    const whole = outcomeOf(() => readChunkHeader(bytes, 0, lastOn));
    const header = 'value' in whole ? (whole.value as ChunkHeader | undefined) : undefined;
    promise((header?.byteLength ?? 0) <= bytes.length, 'a header longer than the bytes');
    // More bytes may turn "need more" into an answer, and never one answer into another.
    let answered = false;
    for (let n = 0; n <= bytes.length; n++) {
      const part = outcomeOf(() => readChunkHeader(bytes.subarray(0, n), 0, lastOn));
      const isAnswer = !('value' in part) || part.value !== undefined;
      promise(isAnswer || !answered, `an answer at fewer bytes, none at ${n}`);
      promise(!isAnswer || JSON.stringify(part) === JSON.stringify(whole), `another answer at ${n} bytes`);
      answered ||= isAnswer;
    }
    // Where the header begins among other bytes does not matter.
    const shifted = new Uint8Array(bytes.length + 7).fill(0xc3);
    shifted.set(bytes, 7);
    const there = outcomeOf(() => readChunkHeader(shifted, 7, lastOn));
    promise(JSON.stringify(there) === JSON.stringify(whole), 'another answer at an offset');
  },
});

/** All that comes out, the error's code last. */
function messagesOf(pieces: readonly Uint8Array[], maxMessageBytes: number): unknown {
  const reader = new ChunkReader(maxMessageBytes);
  const messages: RtmpMessage[] = [];
  try {
    for (const piece of pieces) {
      reader.push(piece);
      for (let message = reader.next(); message !== undefined; message = reader.next()) {
        promise(message.payload.length <= maxMessageBytes, 'a message over the limit');
        messages.push(message);
      }
      promise(reader.halfReadBytes <= MAX_HALF_READ_BYTES, 'half-read bytes over the limit');
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { messages, refused: error.code };
  }
  return { messages, halfRead: reader.halfReadBytes };
}

fuzzReader({
  name: 'chunk-reader',
  samples: [
    ...recordings.map((bytes) => bytes.subarray(HANDSHAKE_BYTES)),
    ...clientTalk,
    ...publishedTalk,
    // Interleaved: half a message on 4, one on 5, the rest.
    bytesOf(
      `04 000000 000090 09 01000000 ${'11'.repeat(128)} 05 000000 000001 08 01000000 af c4 ${'22'.repeat(16)}`,
    ),
    // Deltas that repeat, an abort, a chunk size within a message.
    bytesOf('04 000064 000002 08 01000000 0102 84 000017 0102 c4 0102 c4 0102'),
    bytesOf(`04 ffffff 000082 09 01000000 01000000 ${'33'.repeat(128)} c4 01000000 3333`),
    bytesOf(`04 ffffff 000082 09 01000000 01000000 ${'33'.repeat(128)} c4 3333`),
    bytesOf(
      `04 000000 000090 09 01000000 ${'11'.repeat(128)} 02 000000 000004 01 00000000 00000001 c4 11 c4 11`,
    ),
    bytesOf(`04 000000 000090 09 01000000 ${'11'.repeat(128)} 02 000000 000004 02 00000000 00000004 c4 11`),
  ],
  maxBytes: 6_000,
  check: (bytes) => {
    for (const limit of [4_096, 8 * 1024 * 1024]) {
      expectSameFourWays(bytes, (pieces) => messagesOf(pieces, limit));
    }
  },
});
