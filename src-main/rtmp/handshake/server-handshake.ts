/**
 * The server's side of the handshake: simple, or digest in either scheme when the client proves one.
 * @module
 */
import { joinBytes } from '../../bytes/join.ts';
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { u32be } from '../../bytes/read.ts';
import { putU32be } from '../../bytes/write.ts';
import { findDigest, handshakeKeys, signBlock1, signBlock2, type Hmac } from './digest.ts';
import { BLOCK_BYTES, BlockGatherer, RTMP_VERSION } from './handshake-block.ts';

/** What one call gives: bytes to send, and once done, the bytes that came after the handshake. */
export type HandshakeStep = {
  readonly send: Uint8Array | undefined;
  readonly done: boolean;
  readonly rest: Uint8Array;
};

const NO_BYTES = new Uint8Array(0);
/** A version in S1 that says "digest" to the client; any non-zero value does. */
const DIGEST_SERVER_VERSION = 0x0405_0001;

/** Waits for C0 and C1, answers S0, S1, S2, then waits for C2. */
export class ServerHandshake {
  readonly #randomBytes: (length: number) => Uint8Array;
  readonly #hmac: Hmac;
  readonly #gatherer = new BlockGatherer();
  #answered = false;
  #scheme: 'simple' | 'digest-0' | 'digest-1' = 'simple';

  constructor(randomBytes: (length: number) => Uint8Array, hmac: Hmac) {
    this.#randomBytes = randomBytes;
    this.#hmac = hmac;
  }

  /** Which handshake the client asked for; known once S1 has been sent. */
  get scheme(): 'simple' | 'digest-0' | 'digest-1' {
    return this.#scheme;
  }

  /**
   * @throws {ProtocolError} `not-rtmp`, `tls-on-plain-port`, `http-on-rtmp-port`, `rtmpe-not-supported`: told from
   * the first byte.
   */
  receive(bytes: Uint8Array): HandshakeStep {
    if (!this.#answered) {
      const first = this.#gatherer.firstByte ?? bytes[0];
      if (first !== undefined && first !== RTMP_VERSION) throw notRtmp(first);
      const gathered = this.#gatherer.gather(bytes, 1 + BLOCK_BYTES);
      if (gathered === undefined) return { send: undefined, done: false, rest: NO_BYTES };
      this.#answered = true;
      const send = this.#answer(gathered.block.subarray(1));
      const last = this.#awaitC2(gathered.rest);
      return { ...last, send };
    }
    return this.#awaitC2(bytes);
  }

  #awaitC2(bytes: Uint8Array): HandshakeStep {
    // What C2 holds is not checked: encoders exist that send zeros, and nothing depends on it.
    const gathered = this.#gatherer.gather(bytes, BLOCK_BYTES);
    if (gathered === undefined) return { send: undefined, done: false, rest: NO_BYTES };
    return { send: undefined, done: true, rest: gathered.rest };
  }

  #answer(c1: Uint8Array): Uint8Array {
    const s1 = this.#randomBytes(BLOCK_BYTES);
    putU32be(s1, 0, 0);
    const found = u32be(c1, 4) === 0 ? undefined : findDigest(c1, handshakeKeys.client.short, this.#hmac);
    if (found === undefined) {
      putU32be(s1, 4, 0);
      return joinBytes([Uint8Array.of(RTMP_VERSION), s1, c1]);
    }
    this.#scheme = found.scheme === 0 ? 'digest-0' : 'digest-1';
    putU32be(s1, 4, DIGEST_SERVER_VERSION);
    signBlock1(s1, found.scheme, handshakeKeys.server.short, this.#hmac);
    const s2 = this.#randomBytes(BLOCK_BYTES);
    signBlock2(s2, found.digest, handshakeKeys.server.full, this.#hmac);
    return joinBytes([Uint8Array.of(RTMP_VERSION), s1, s2]);
  }
}

function notRtmp(first: number): ProtocolError {
  if (first === 0x16)
    return new ProtocolError('tls-on-plain-port', 'a TLS greeting came on the plain RTMP port');
  if (first === 6 || first === 8)
    return new ProtocolError('rtmpe-not-supported', `RTMPE (version ${first}) was asked for`);
  const letter = String.fromCharCode(first);
  if (/[A-Z]/.test(letter))
    return new ProtocolError('http-on-rtmp-port', `text came on the RTMP port ("${letter}…")`);
  return new ProtocolError('not-rtmp', `the first byte is ${first}, not 3`);
}
