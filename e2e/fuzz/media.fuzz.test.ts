import { isDeepStrictEqual } from 'node:util';
import { readAacConfig } from '../../src-main/codec/aac-config.ts';
import { readAv1Config } from '../../src-main/codec/av1-config.ts';
import { readAvcConfig, readAvcSps } from '../../src-main/codec/avc-config.ts';
import { readHevcConfig, readHevcSps } from '../../src-main/codec/hevc-config.ts';
import { readOpusConfig } from '../../src-main/codec/opus-config.ts';
import { ProtocolError } from '../../src-main/bytes/protocol-error.ts';
import { readAudioBody, readMultichannelConfig } from '../../src-main/flv/audio-body.ts';
import { classifyMedia } from '../../src-main/flv/classify.ts';
import { flvFileHeader, flvTag, FlvTagReader, type FlvTag } from '../../src-main/flv/flv-tags.ts';
import { readVideoBody } from '../../src-main/flv/video-body.ts';
import { splitAggregate } from '../../src-main/rtmp/message/aggregate.ts';
import type { RtmpMessage } from '../../src-main/rtmp/message/message-type.ts';
import { bytesOf, fuzzReader, type Outcome } from './harness/fuzz-reader.ts';
import { expectSameBody, expectSameFourWays, promise } from './harness/same-outcome.ts';
import { aggregateBodies, recordedBodies, recordedMessages } from './harness/samples.ts';

const VIDEO: readonly Uint8Array[] = [
  '17 00 000000 014d402a',
  '27 01 ffffdf cc',
  '57 00',
  '1c 01 000000 01',
  '90 68766331 0102',
  '91 61766331 000010 aa',
  '93 68766331 aa',
  '94 68766331 02 0009 636f6c6f72496e666f 03 000009',
  '95 61763031 80',
  'd1 00',
  '96 01 76703039 01 aabb',
  '96 11 61763031 00 000002 aabb 01 000001 cc',
  '96 21 61766331 00 000004 000010aa 68766331 01 000005 000011bbcc',
  '97 02 00000a 01 68766331 000000 aa',
  '97 ff 0003 00000a01 07 00 05 01 68766331 000000 aa',
].map(bytesOf);
const AUDIO: readonly Uint8Array[] = [
  'af 00 1190',
  'af 01 2110',
  '2e fffb',
  '90 664c6143 664c614300000022',
  '91 4f707573 aabb',
  '94 61632d33 01 06 0000003f',
  '94 4f707573 02 03 00 01 fe',
  '95 01 6d703461 02 aabb',
  '95 11 4f707573 00 000002 aabb 01 000001 cc',
  '95 20 6d703461 00 000002 1190 4f707573 01 000000',
  '97 02 0f423f 01 4f707573 aa',
].map(bytesOf);

type AnyBody = { readonly type: string; readonly tracks?: readonly { readonly data: Uint8Array }[] };

/** Tracks lie within the message, and are as many as have IDs. */
function expectWithin(bytes: Uint8Array, outcome: Outcome): void {
  if (!('value' in outcome)) return;
  const { tracks = [] } = outcome.value as AnyBody;
  let length = 0;
  for (const { data } of tracks) length += data.length;
  promise(length <= bytes.length, 'tracks longer than the message');
  promise(tracks.length <= 256, `${tracks.length} tracks`);
}

fuzzReader({
  name: 'video-body',
  samples: [...VIDEO, ...recordedBodies(9)],
  check: (bytes) => expectWithin(bytes, expectSameBody(bytes, readVideoBody)),
});

fuzzReader({
  name: 'audio-body',
  samples: [...AUDIO, ...recordedBodies(8)],
  check: (bytes) => expectWithin(bytes, expectSameBody(bytes, readAudioBody)),
});

fuzzReader({
  name: 'classify',
  samples: [...VIDEO, ...AUDIO, ...recordedBodies(9), ...recordedBodies(18)],
  check: (bytes) => {
    for (const typeId of [8, 9, 15, 18, 22]) {
      const outcome = expectSameBody(bytes, (body) => classifyMedia(typeId, body));
      promise('value' in outcome, 'classify threw');
    }
  },
});

fuzzReader({
  name: 'multichannel',
  samples: ['00 02', '01 06 0000003f', '02 03 00 01 fe', '02 ff'].map(bytesOf),
  maxBytes: 300,
  check: (bytes) => void expectSameBody(bytes, readMultichannelConfig),
});

fuzzReader({
  name: 'aggregate',
  samples: aggregateBodies,
  check: (bytes) => {
    const outcome = expectSameBody(bytes, (payload) =>
      splitAggregate({ typeId: 22, timestamp: 0xffff_ff00, streamId: 1, payload }),
    );
    if (!('value' in outcome)) return;
    const parts = outcome.value as readonly RtmpMessage[];
    const length = parts.reduce((sum, part) => sum + 11 + part.payload.length, 0);
    promise(length <= bytes.length, 'parts longer than the aggregate');
    for (const { timestamp } of parts) promise(timestamp === timestamp >>> 0, `timestamp ${timestamp}`);
  },
});

const tags = recordedMessages.slice(0, 6).map((m) => flvTag(m.typeId, m.timestamp, m.payload));
const MAX_TAG_BYTES = 1_000_000;

fuzzReader({
  name: 'flv-tag-reader',
  samples: [
    flvFileHeader(),
    new Uint8Array(Buffer.concat([flvFileHeader(), ...tags])),
    new Uint8Array(
      Buffer.concat([flvFileHeader({ hasAudio: false }), flvTag(9, 0xffff_ffff, Uint8Array.of(1))]),
    ),
    bytesOf('464c56 01 05 00000010 00000000000000 00000000 08 000001 000000 00 000000 af 0000000c'),
  ],
  check: (bytes) => {
    expectSameFourWays(bytes, (pieces) => {
      const reader = new FlvTagReader({ maxTagBytes: MAX_TAG_BYTES });
      const read: FlvTag[] = [];
      try {
        for (const piece of pieces) {
          reader.push(piece);
          for (let tag = reader.next(); tag !== undefined; tag = reader.next()) read.push(tag);
        }
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        return { read, refused: error.code };
      }
      const length = read.reduce((sum, tag) => sum + tag.payload.length, 0);
      promise(length <= bytes.length, 'tags longer than the file');
      return { read };
    });
  },
});

const RECORDS = {
  'codec-avc': {
    read: readAvcConfig,
    samples: [
      '014d402affe1001a674d402aeca03c0113f2e022000003000200000300781e30632c01000468ce0fc8',
      '01640020ffe1001967640020acd9405005bb0110000003001000000780f183196001000668ebe3cb22c0fdf8f800',
      '0142c01effe100186742c01ed900a02ff9701100000303e90000ea600f162e4801000568cb83cb20',
    ],
  },
  'codec-avc-sps': { read: readAvcSps, samples: ['674d402aeca03c0113f2e022000003000200000300781e30632c'] },
  'codec-hevc': {
    read: readHevcConfig,
    samples: [
      '0101600000009000000000007bf000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003000003007b959409a10001002b42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04a2000100064401c073c189',
      '0102200000009000000000005df000fcfdfafa00000f03a00001001840010c01ffff02200000030090000003000003005d959409a10001002a42010102200000030090000003000003005da00280802d1365959649395e02d01000003e900007530080a2000100074401c172b46240',
    ],
  },
  'codec-hevc-sps': {
    read: readHevcSps,
    samples: ['42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04'],
  },
  'codec-av1': {
    read: readAv1Config,
    samples: [
      '81080c000a0b00000042abbfc3700be001',
      '81044c000a0b00000024c6abdf36be5010',
      '812400000a0b20000024c6abdf36be4080',
    ],
  },
  'codec-aac': {
    read: readAacConfig,
    samples: [
      '119056e500',
      '118004c4040021100d4c61766335392e33372e31303056e500',
      '2b920800',
      '138856e5a54880',
    ],
  },
  'codec-opus': {
    read: readOpusConfig,
    samples: [
      '4f707573686561640102380180bb0000000000',
      '4f707573686561640106380180bb00000000010402000401020305',
    ],
  },
} as const;

for (const [name, { read, samples }] of Object.entries(RECORDS)) {
  fuzzReader({
    name,
    samples: samples.map(bytesOf),
    maxBytes: 600,
    check: (bytes) => {
      const outcome = expectSameBody(bytes, read);
      if (!('value' in outcome)) return;
      // What goes on a page: no number that is none.
      for (const value of Object.values((outcome.value ?? {}) as Record<string, unknown>)) {
        promise(typeof value !== 'number' || Number.isFinite(value), `${String(value)} in a config`);
      }
      promise(
        isDeepStrictEqual(structuredClone(outcome.value), outcome.value),
        'a config that is no plain value',
      );
    },
  });
}
