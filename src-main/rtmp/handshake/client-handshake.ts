/**
 * The client's side of the simple handshake (§5.2).
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { putU32be } from '../../bytes/write.ts';
import { BLOCK_BYTES, BlockGatherer, RTMP_VERSION } from './handshake-block.ts';
import type { HandshakeStep } from './server-handshake.ts';

const NO_BYTES = new Uint8Array(0);

/** Sends C0 and C1, waits for S0, S1 and S2, answers C2. */
export class ClientHandshake {
  readonly #gatherer = new BlockGatherer();
  readonly #c1: Uint8Array;

  constructor(randomBytes: (length: number) => Uint8Array) {
    this.#c1 = randomBytes(BLOCK_BYTES);
    putU32be(this.#c1, 0, 0);
    putU32be(this.#c1, 4, 0);
  }

  /** C0 and C1: the first bytes on the line. */
  start(): Uint8Array {
    return joinBytes([Uint8Array.of(RTMP_VERSION), this.#c1]);
  }

  /**
   * S2 is not compared with C1: digest servers send something else, and plain ones have been seen to.
   * @throws {ProtocolError} `not-an-rtmp-server`
   */
  receive(bytes: Uint8Array): HandshakeStep {
    const first = this.#gatherer.firstByte ?? bytes[0];
    if (first !== undefined && first !== RTMP_VERSION) {
      throw new ProtocolError('not-an-rtmp-server', `the server's first byte is ${first}, not 3`);
    }
    const gathered = this.#gatherer.gather(bytes, 1 + 2 * BLOCK_BYTES);
    if (gathered === undefined) return { send: undefined, done: false, rest: NO_BYTES };
    return { send: gathered.block.slice(1, 1 + BLOCK_BYTES), done: true, rest: gathered.rest };
  }
}
