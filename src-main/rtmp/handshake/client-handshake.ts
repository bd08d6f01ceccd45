/**
 * The client's side of the handshake (§5.2): simple, or with a digest in C1 for servers of Flash's time that want one.
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { putU32be } from '../../bytes/write.ts';
import { findDigest, handshakeKeys, signBlock1, signBlock2, type DigestScheme, type Hmac } from './digest.ts';
import { BLOCK_BYTES, BlockGatherer, RTMP_VERSION } from './handshake-block.ts';
import type { HandshakeStep } from './server-handshake.ts';

/** How to shake hands; with a digest, `hmac` is HMAC-SHA256 and `digestScheme` says where C1 holds it. */
export type ClientHandshakeOptions =
  | { readonly scheme: 'simple' }
  | { readonly scheme: 'digest'; readonly hmac: Hmac; readonly digestScheme?: DigestScheme };

const NO_BYTES = new Uint8Array(0);
const SIMPLE: ClientHandshakeOptions = { scheme: 'simple' };
/** The version in C1 that says "digest": Flash Player's own, since servers have been seen to look for known ones. */
const DIGEST_CLIENT_VERSION = 0x8000_0702;
/** The scheme of Flash Player 10 and later, and of the servers that know only one. */
const USUAL_DIGEST_SCHEME: DigestScheme = 1;

/** Sends C0 and C1, waits for S0, S1 and S2, answers C2. */
export class ClientHandshake {
  readonly #options: ClientHandshakeOptions;
  readonly #randomBytes: (length: number) => Uint8Array;
  readonly #gatherer = new BlockGatherer();
  readonly #c1: Uint8Array;
  #scheme: 'simple' | 'digest-0' | 'digest-1' = 'simple';

  constructor(randomBytes: (length: number) => Uint8Array, options: ClientHandshakeOptions = SIMPLE) {
    this.#randomBytes = randomBytes;
    this.#options = options;
    this.#c1 = randomBytes(BLOCK_BYTES);
    putU32be(this.#c1, 0, 0);
    putU32be(this.#c1, 4, options.scheme === 'digest' ? DIGEST_CLIENT_VERSION : 0);
    if (options.scheme === 'digest') {
      const where = options.digestScheme ?? USUAL_DIGEST_SCHEME;
      signBlock1(this.#c1, where, handshakeKeys.client.short, options.hmac);
    }
  }

  /** Which handshake the server has taken part in; known once it is done. */
  get scheme(): 'simple' | 'digest-0' | 'digest-1' {
    return this.#scheme;
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
    const send = this.#answer(gathered.block.subarray(1, 1 + BLOCK_BYTES));
    return { send, done: true, rest: gathered.rest };
  }

  /** C2: signed for a server that proves a digest, else S1 again. */
  #answer(s1: Uint8Array): Uint8Array {
    if (this.#options.scheme === 'simple') return s1.slice();
    const { hmac } = this.#options;
    const found = findDigest(s1, handshakeKeys.server.short, hmac);
    if (found === undefined) return s1.slice();
    this.#scheme = found.scheme === 0 ? 'digest-0' : 'digest-1';
    const c2 = this.#randomBytes(BLOCK_BYTES);
    signBlock2(c2, found.digest, handshakeKeys.client.full, hmac);
    return c2;
  }
}
