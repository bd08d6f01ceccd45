import { MAX_AMF_DEPTH, MAX_AMF_VALUES } from '../../src-main/amf/amf-limits.ts';
import {
  AMF_TYPE,
  amfDate,
  amfXml,
  ecmaArray,
  isAmfArray,
  typedObject,
  type AmfValue,
} from '../../src-main/amf/amf-value.ts';
import { readAmf0All } from '../../src-main/amf/amf0-read.ts';
import { encodeAmf0 } from '../../src-main/amf/amf0-write.ts';
import { readAmf3 } from '../../src-main/amf/amf3-read.ts';
import { encodeAmf3 } from '../../src-main/amf/amf3-write.ts';
import {
  readDataMessage,
  dataMessageName,
  stripSetDataFrame,
  addSetDataFrame,
} from '../../src-main/flv/metadata.ts';
import { readConnectRequest } from '../../src-main/rtmp/command/connect.ts';
import { readCommand } from '../../src-main/rtmp/command/command-message.ts';
import { readReconnectRequest } from '../../src-main/rtmp/command/reconnect-request.ts';
import { readStatus } from '../../src-main/rtmp/command/status.ts';
import { resolveTcUrl } from '../../src-main/rtmp/command/tc-url.ts';
import { bytesOf, fuzzReader } from './harness/fuzz-reader.ts';
import { expectSameBody, promise } from './harness/same-outcome.ts';
import { recordedBodies } from './harness/samples.ts';

const VALUES: readonly AmfValue[] = [
  1.5,
  -1,
  true,
  'text',
  'ü€😀',
  'x'.repeat(70_000),
  null,
  undefined,
  amfDate(1e12, -60),
  amfXml('<a/>'),
  amfXml('<a/>', 'e4x'),
  [1, 'two', [3]],
  { a: 1, b: { c: [null, { d: 'x' }] } },
  ecmaArray({ width: 1920, height: 1080, list: [1, 2, 3] }),
  typedObject('flex.messaging.Message', { body: [1], id: 'a' }),
  Uint8Array.of(1, 2, 3),
  { [AMF_TYPE]: 'vector', of: 'int', fixed: true, className: '', items: [1, -2, 3] },
  { [AMF_TYPE]: 'vector', of: 'object', fixed: false, className: 'C', items: [{ a: 1 }, null] },
  {
    [AMF_TYPE]: 'dictionary',
    weakKeys: false,
    entries: [
      ['k', 1],
      [{ o: 1 }, 'v'],
    ],
  },
];
/** References: to an object, to itself, doubling; traits and strings again; deep arrays. */
const ROWS = Array.from({ length: 20 }, (_, row) => row);
/** Twenty rows, each twice the row before by reference: a million values in 300 bytes. */
const doubling = {
  amf0: `0a00000014 ${ROWS.map((row) => `0a00000002${row === 0 ? '0505' : `07${hex(row, 4)}`.repeat(2)}`).join('')}`,
  amf3: `09 29 01 ${ROWS.map((row) => `090501${row === 0 ? '0101' : `09${hex(row * 2, 2)}`.repeat(2)}`).join('')}`,
};
const AMF0_ODD = [
  doubling.amf0,
  '0a00000002 03 0001 61 05 000009 07 0001',
  '0a00000001 070000',
  '0a00000002 0a00000001 05 07 0001',
  '080000000a 0001 61 00 3ff0000000000000',
  `${'0a00000001'.repeat(31)} 05`,
  '11 0a 0b 01 03 61 04 01 01',
  '0c 00000003 616263',
];
const AMF3_ODD = [
  doubling.amf3,
  '09 05 01 0a 13 03 43 03 61 04 01 0a 01 04 02',
  '09 05 01 06 03 61 06 00',
  '09 03 01 09 00',
  `${'09 03 01'.repeat(31)} 04 01`,
  '10 03 00 01 04 05',
  '04 ffffffff',
];

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** Walks a value as everyone who gets it may: as deep and as many as the limits allow. */
function expectBounded(outcome: unknown): void {
  let left = MAX_AMF_VALUES + 1;
  const walk = (value: AmfValue, depth: number): void => {
    left -= 1;
    promise(left >= 0, `over ${MAX_AMF_VALUES} values`);
    promise(depth <= MAX_AMF_DEPTH, `over ${MAX_AMF_DEPTH} levels`);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if (isAmfArray(value)) for (const item of value) walk(item, depth + 1);
    else if (value[AMF_TYPE] === 'vector') for (const item of value.items) walk(item, depth + 1);
    else if (value[AMF_TYPE] === 'dictionary')
      for (const entry of value.entries) for (const item of entry) walk(item, depth + 1);
    else if (value[AMF_TYPE] !== 'date' && value[AMF_TYPE] !== 'xml') {
      for (const key of Object.keys(value)) walk(value[key], depth + 1);
    }
  };
  const { value } = outcome as { readonly value?: readonly AmfValue[] };
  for (const item of value ?? []) walk(item, 1);
}

fuzzReader({
  name: 'amf0',
  samples: [
    ...VALUES.map((value) => encodeAmf0(value)),
    encodeAmf0(...VALUES.slice(6)),
    ...AMF0_ODD.map(bytesOf),
  ],
  check: (bytes) => expectBounded(expectSameBody(bytes, (body) => readAmf0All(body))),
});

fuzzReader({
  name: 'amf3',
  samples: [
    ...VALUES.map((value) => encodeAmf3(value)),
    encodeAmf3([...VALUES.slice(6)]),
    ...AMF3_ODD.map(bytesOf),
  ],
  check: (bytes) =>
    expectBounded(
      expectSameBody(bytes, (body) => {
        const { value, next } = readAmf3(body, 0);
        promise(next <= body.length, 'read beyond the end');
        return [value];
      }),
    ),
});

const COMMANDS: readonly Uint8Array[] = [
  encodeAmf0('connect', 1, {
    app: 'live/?a=b',
    tcUrl: 'rtmp://h/live',
    flashVer: 'FMLE/3.0',
    capsEx: 15,
    fourCcList: ['av01', '*'],
    videoFourCcInfoMap: { hvc1: 1, '*': 4 },
    audioFourCcInfoMap: ecmaArray({ Opus: 7 }),
  }),
  encodeAmf0('_error', 1, null, {
    level: 'error',
    code: 'NetConnection.Connect.Rejected',
    description: '[ AccessManager.Reject ] : [ code=302; redirect=rtmp://b/live ] : ',
    ex: { code: 302, redirect: 'rtmp://b/live' },
  }),
  encodeAmf0('onStatus', 0, null, {
    level: 'status',
    code: 'NetConnection.Connect.ReconnectRequest',
    tcUrl: '//b:1936/../live?x=1',
    description: 'Update.',
  }),
  encodeAmf0('createStream', 4, null),
  encodeAmf0('publish', 5, null, 'key?a=b', 'live'),
];

fuzzReader({
  name: 'command-message',
  samples: [...COMMANDS, ...COMMANDS.map((command) => Uint8Array.of(0, ...command))],
  check: (bytes) => {
    for (const amf3 of [false, true]) {
      expectSameBody(bytes, (body) => {
        const command = readCommand(body, amf3);
        const [object, info] = command.values;
        const connect = readConnectRequest(object);
        promise(connect.fourCcs.video.size <= 64 && connect.fourCcs.audio.size <= 64, 'over 64 codecs');
        const reconnect = readReconnectRequest(info);
        const next = resolveTcUrl(connect.tcUrl, reconnect.tcUrl);
        return { command, connect, status: readStatus(info), reconnect, next };
      });
    }
  },
});

fuzzReader({
  name: 'metadata',
  samples: [
    encodeAmf0('@setDataFrame', 'onMetaData', ecmaArray({ width: 1920, videocodecid: 'avc1' })),
    encodeAmf0('onMetaData', { audioTrackIdInfoMap: { 1: { audiocodecid: 'Opus' } } }),
    Uint8Array.of(0, ...encodeAmf0('onCuePoint', null)),
    ...recordedBodies(18),
  ],
  check: (bytes) => {
    expectSameBody(bytes, (body) => readDataMessage(body));
    expectSameBody(bytes, (body) => {
      const name = dataMessageName(body);
      const bare = stripSetDataFrame(body);
      promise(bare.length <= body.length, 'longer without its wrapper');
      // Whoever gets it bare, and whoever gets it wrapped, reads the same name.
      if (name !== undefined && name !== '@setDataFrame') {
        promise(dataMessageName(bare) === name, 'another name without @setDataFrame');
        promise(dataMessageName(addSetDataFrame(bare)) === name, 'another name with @setDataFrame');
      }
      return { name, bare, wrapped: addSetDataFrame(body) };
    });
  },
});
