/**
 * Talk that is well formed and makes no sense: every message can be read, and none need fit the one before it.
 * @module
 */
import { ecmaArray, type AmfValue } from '../../../src-main/amf/amf-value.ts';
import { encodeAmf0 } from '../../../src-main/amf/amf0-write.ts';
import { joinBytes } from '../../../src-main/bytes/join.ts';
import type { Random } from '../../../src-main/platform/random.ts';
import { writeJoinedChunks } from '../../../src-main/rtmp/chunk/chunk-writer.ts';
import { commandOn } from '../../../src-main/rtmp/testing/raw-peer.ts';
import { publishedTalk } from './samples.ts';

/** What one end may say. */
export type Vocabulary = { readonly names: readonly string[]; readonly codes: readonly string[] };

/** What clients say. */
export const CLIENT_WORDS: Vocabulary = {
  names: [
    'connect',
    'createStream',
    'createStream',
    'releaseStream',
    'FCPublish',
    'publish',
    'publish',
    'play',
    'pause',
    'seek',
    'receiveAudio',
    'FCSubscribe',
    'getStreamLength',
    '_checkbw',
    'FCUnpublish',
    'closeStream',
    'deleteStream',
    '_result',
    'onStatus',
    'x',
  ],
  codes: [],
};

/** What servers say. */
export const SERVER_WORDS: Vocabulary = {
  names: ['_result', '_result', '_result', '_error', 'onStatus', 'onStatus', 'onFCPublish', 'close', 'x'],
  codes: [
    'NetConnection.Connect.Success',
    'NetConnection.Connect.Rejected',
    'NetConnection.Connect.ReconnectRequest',
    'NetStream.Publish.Start',
    'NetStream.Play.Start',
    'NetStream.Publish.BadName',
    'NetStream.Play.Reset',
  ],
};

const MEDIA_TYPES = [8, 9, 15, 16, 18, 19, 22, 7, 255];
const CHUNK_STREAMS = [2, 3, 4, 5, 6, 63];

/** Up to 30 messages. Set Chunk Size is said seldom, since the chunks that follow it here do not obey it. */
export function randomTalk(random: Random, { names, codes }: Vocabulary): Uint8Array {
  const below = (count: number): number => Math.floor(random.next() * count);
  const oneOf = <T>(items: readonly [T, ...T[]] | readonly T[], other: T): T =>
    items[below(items.length)] ?? other;
  const value = (depth = 0): AmfValue =>
    oneOf<AmfValue>(
      [
        null,
        undefined,
        below(6),
        -1.5,
        Number.NaN,
        below(2) === 0,
        'key',
        'no',
        '',
        'x'.repeat(below(300)),
        info(),
        info(),
        depth < 3 ? [value(depth + 1), value(depth + 1)] : null,
        depth < 3
          ? ecmaArray({ app: value(depth + 1), tcUrl: value(depth + 1), ex: value(depth + 1) })
          : null,
        depth < 3
          ? { capsEx: below(16), videoFourCcInfoMap: value(depth + 1), fourCcList: value(depth + 1) }
          : null,
      ],
      null,
    );
  const info = (): AmfValue => ({
    level: oneOf<string>(['status', 'error', 'warning'], 'status'),
    code: oneOf<string>(codes, 'x'),
    description: 'why',
  });
  const command = (): Uint8Array => {
    const values = Array.from({ length: below(4) }, () => value());
    const said = commandOn(
      below(3),
      oneOf<string>(names, 'x'),
      below(7),
      below(3) === 0 ? value() : null,
      ...values,
    );
    return writeJoinedChunks(said, 3, 128);
  };
  const media = (): Uint8Array => {
    const payload = below(3) === 0 ? encodeAmf0(value(), value()) : random.bytes(below(200));
    const timestamp = oneOf<number>([0, 40, 0xff_fffe, 0xff_ffff, 0xffff_ffff], 0);
    const typeId = oneOf<number>(MEDIA_TYPES, 8);
    return writeJoinedChunks(
      { typeId, timestamp, streamId: below(3), payload },
      oneOf<number>(CHUNK_STREAMS, 4),
      128,
    );
  };
  const pieces: Uint8Array[] = [];
  for (let left = below(30); left > 0; left--) {
    const kind = below(12);
    pieces.push(kind < 7 ? command() : kind < 11 ? media() : oneOf<Uint8Array>(publishedTalk, media()));
  }
  return joinBytes(pieces);
}
