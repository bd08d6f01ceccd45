/**
 * Bytes that are out and not acknowledged, of one connection: grows where the line or the peer takes less than we send,
 * long before a queue does, because the system's socket takes megabytes first (RTMP §5.4.3).
 * @module
 */

/** Growth by more than this of the target's own bitrate is a lag, s: less is a socket's usual buffer. */
const BEHIND_SEC = 3;
/** Growth by less than this is never a lag, bytes: 3 s of sound alone are less than one buffer of the system's. */
const LEAST_BEHIND_BYTES = 256 * 1024;
/** More than the sockets of both ends hold together, bytes: such a peer has stopped acknowledging, not receiving. */
const MOST_IN_FLIGHT_BYTES = 16 * 1024 * 1024;
/** The least that was out is looked for in this window and the one before it, ms: a window of acknowledgement fits in. */
const WINDOW_MS = 30_000;
/** Bytes per second in 1000 bit/s. */
const BYTES_PER_KBIT = 125;

/** One per connection of a target. */
export class AckWatch {
  #lastAcknowledged: number | undefined;
  /** Largest step of an acknowledgement, bytes: the peer says nothing in between, so that much is always open. */
  #stepBytes = 0;
  #leastNow = Infinity;
  #leastBefore = Infinity;
  #windowBegan: number | undefined;
  #unacknowledgedBytes = 0;
  #behindBytes = 0;

  /** Out, beyond what is usual for this connection, bytes; 0 for a peer that does not acknowledge. */
  get behindBytes(): number {
    return this.#behindBytes;
  }

  /** Takes totals, once a second. */
  sample(
    now: number,
    { bytesSent, bytesAcknowledged }: { bytesSent: number; bytesAcknowledged: number },
  ): void {
    const last = this.#lastAcknowledged ?? bytesAcknowledged;
    this.#lastAcknowledged = bytesAcknowledged;
    this.#unacknowledgedBytes = Math.max(0, bytesSent - bytesAcknowledged);
    this.#stepBytes = Math.max(this.#stepBytes, bytesAcknowledged - last);
    this.#windowBegan ??= now;
    if (now - this.#windowBegan >= WINDOW_MS) {
      this.#windowBegan = now;
      this.#leastBefore = this.#leastNow;
      this.#leastNow = Infinity;
    }
    this.#leastNow = Math.min(this.#leastNow, this.#unacknowledgedBytes);
    // Totals go over all connections of a target: what a lost one left open stays open, and is in the least.
    const usual = Math.min(this.#leastNow, this.#leastBefore) + this.#stepBytes;
    const behind = this.#stepBytes === 0 ? 0 : Math.max(0, this.#unacknowledgedBytes - usual);
    this.#behindBytes = behind > MOST_IN_FLIGHT_BYTES ? 0 : behind;
  }

  /** @param wantedKbps What it is to get, 1000 bit/s. */
  isBehind(wantedKbps: number): boolean {
    return this.#behindBytes > Math.max(LEAST_BEHIND_BYTES, BEHIND_SEC * wantedKbps * BYTES_PER_KBIT);
  }
}
