/**
 * Whether a live server still takes what it is sent.
 * @module
 */

/**
 * A server that takes and acknowledges nothing for this long while data waits is stalled, ms: longer than a Wi-Fi
 * hiccup.
 */
export const STALL_TIMEOUT_MS = 20_000;
/**
 * The same for a server that never acknowledges, ms: of a slow line that moves, the system's buffers tell only every
 * half a minute.
 */
export const UNACKNOWLEDGED_STALL_TIMEOUT_MS = 60_000;
/** The same after the computer woke up or changed its network, ms: then the line is probably dead. */
export const CHECKED_STALL_TIMEOUT_MS = 5_000;
/** How long that holds, ms: the system needs about as long to notice by itself. */
export const CHECKED_FOR_MS = 60_000;

/** One per run; times are ms, monotonic. */
export class StallWatch {
  #sent = 0;
  #acknowledged = 0;
  #progressAt = 0;
  #checkedUntil = Number.NEGATIVE_INFINITY;

  /** Bytes that the server has acknowledged, in all. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** The server is live from now on. */
  begin(now: number): void {
    this.#progressAt = now;
  }

  /** The network may have changed under the line: for a minute a short standstill is enough to give it up. */
  check(now: number): void {
    this.#checkedUntil = now + CHECKED_FOR_MS;
    // Time that was slept through is no standstill.
    this.#progressAt = now;
  }

  acknowledge(bytes: number, now: number): void {
    if (bytes > this.#acknowledged) this.#progressAt = now;
    this.#acknowledged = bytes;
  }

  /** How long nothing has moved, ms, when that is too long; undefined: it moves, or nothing waits. */
  stalledFor(
    now: number,
    line: { readonly bytesSent: number; readonly backlogBytes: number },
  ): number | undefined {
    if (line.bytesSent !== this.#sent || line.backlogBytes === 0) this.#progressAt = now;
    this.#sent = line.bytesSent;
    const stillMs = now - this.#progressAt;
    return stillMs > this.#timeoutMs(now) ? stillMs : undefined;
  }

  #timeoutMs(now: number): number {
    if (now < this.#checkedUntil) return CHECKED_STALL_TIMEOUT_MS;
    return this.#acknowledged > 0 ? STALL_TIMEOUT_MS : UNACKNOWLEDGED_STALL_TIMEOUT_MS;
  }
}
