import { joinBytes } from '../../src-main/bytes/join.ts';
import { ProtocolError } from '../../src-main/bytes/protocol-error.ts';
import { seededRandom } from '../../src-main/platform/testing/seeded-random.ts';
import { writeJoinedChunks } from '../../src-main/rtmp/chunk/chunk-writer.ts';
import { ServerHandshake } from '../../src-main/rtmp/handshake/server-handshake.ts';
import { MAX_MESSAGE_BYTES } from '../../src-main/rtmp/limits.ts';
import type { ClientOptions } from '../../src-main/rtmp/session/client-session.ts';
import type { ClientOutput, ServerOutput } from '../../src-main/rtmp/session/session-output.ts';
import { commandOn } from '../../src-main/rtmp/testing/raw-peer.ts';
import { fuzzReader } from './harness/fuzz-reader.ts';
import { expectSameFourWays, promise } from './harness/same-outcome.ts';
import {
  clientLives,
  HANDSHAKE_BYTES,
  hmac,
  newClient,
  newServer,
  recordings,
  serverLives,
} from './harness/samples.ts';
import { CLIENT_WORDS, randomTalk, SERVER_WORDS } from './harness/talk.ts';

const now = 0;
const NOTHING = new Uint8Array(0);
const HANDSHAKE = new Uint8Array(HANDSHAKE_BYTES).fill(3, 0, 1);
const CONNECT = writeJoinedChunks(commandOn(0, 'connect', 1, { app: 'live', capsEx: 1 }), 3, 128);
const SUCCESS = writeJoinedChunks(
  commandOn(0, '_result', 1, {}, { level: 'status', code: 'NetConnection.Connect.Success' }),
  3,
  128,
);

/** Runs until an error; what it kept, and the error's code. */
function untilRefused(run: () => void): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'not refused';
}

/** When bytes are acknowledged depends on the pieces they came in, by the protocol; all else does not. */
function isAcknowledgement(output: ServerOutput | ClientOutput): boolean {
  return output.type === 'send' && output.bytes[0] === 2 && output.bytes[7] === 3;
}

fuzzReader({
  name: 'server-handshake',
  samples: recordings.map((bytes) => bytes.subarray(0, HANDSHAKE_BYTES + 20)),
  maxBytes: 3_200,
  check: (bytes) => {
    expectSameFourWays(bytes, (pieces) => {
      const handshake = new ServerHandshake(seededRandom(7).bytes, hmac);
      const sent: number[] = [];
      const rest: number[] = [];
      let done = false;
      const refused = untilRefused(() => {
        for (const piece of pieces) {
          if (done) {
            rest.push(...piece);
            continue;
          }
          const step = handshake.receive(piece);
          sent.push(...(step.send ?? []));
          rest.push(...step.rest);
          done = step.done;
        }
      });
      promise(sent.length === 0 || sent.length === HANDSHAKE_BYTES, `${sent.length} bytes sent`);
      return { sent, rest, done, refused, scheme: handshake.scheme };
    });
  },
});

fuzzReader({
  name: 'server-session',
  samples: clientLives,
  headBytes: HANDSHAKE_BYTES,
  // Most talk begins with a connect, so that what follows is listened to.
  make: (random) =>
    joinBytes([HANDSHAKE, random.next() < 0.8 ? CONNECT : NOTHING, randomTalk(random, CLIENT_WORDS)]),
  maxBytes: 8_000,
  check: (bytes) => {
    expectSameFourWays(bytes, (pieces) => {
      const session = newServer();
      const kept: ServerOutput[] = [];
      const take = (): void => {
        for (let outputs = session.takeOutputs(); outputs.length > 0; outputs = session.takeOutputs()) {
          kept.push(...outputs.filter((output) => !isAcknowledgement(output)));
          const last = outputs.at(-1);
          if (last?.type === 'publish-requested' && last.streamName.startsWith('no'))
            session.reject('a', 'b');
          else if (last?.type.endsWith('-requested') === true) session.accept(now);
        }
      };
      const refused = untilRefused(() => {
        for (const piece of pieces) {
          session.receive(piece, now);
          take();
        }
        session.requestReconnect('/b');
        session.endPlay(1);
        session.tick(now + 60_000);
        take();
      });
      kept.push(...session.takeOutputs().filter((output) => !isAcknowledgement(output)));
      for (const output of kept) {
        if (output.type !== 'message') continue;
        promise(output.message.payload.length <= MAX_MESSAGE_BYTES, 'a message over the limit');
        promise([8, 9, 18].includes(output.message.typeId), `type ${output.message.typeId} handed on`);
      }
      return { kept, refused };
    });
  },
});

const ROLES: readonly Partial<ClientOptions>[] = [
  { role: 'publish', canReconnect: true },
  { role: 'play', handshake: 'digest' },
];

fuzzReader({
  name: 'client-session',
  samples: ROLES.flatMap(serverLives),
  headBytes: HANDSHAKE_BYTES,
  // Connect is transaction 1; a publisher's createStream is 4, a player's 2.
  make: (random) => joinBytes([HANDSHAKE, SUCCESS, randomTalk(random, SERVER_WORDS)]),
  maxBytes: 6_000,
  check: (bytes) => {
    for (const options of ROLES) {
      expectSameFourWays(bytes, (pieces) => {
        const session = newClient(options);
        session.start();
        const kept: ClientOutput[] = [];
        const refused = untilRefused(() => {
          for (const piece of pieces) session.receive(piece, now);
          session.sayGoodbye();
        });
        kept.push(...session.takeOutputs().filter((output) => !isAcknowledgement(output)));
        promise(kept.filter((output) => output.type === 'refused').length <= 1, 'refused twice');
        promise(kept.filter((output) => output.type === 'started').length <= 1, 'started twice');
        return { kept, refused, step: session.step, streamId: session.streamId };
      });
    }
  },
});
