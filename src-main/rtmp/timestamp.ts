/**
 * RTMP timestamps: unsigned 32-bit milliseconds that wrap after 49.7 days (§4).
 * @module
 */

/** The sum, wrapped to 32 bits. */
export function addTimestamp(timestamp: number, delta: number): number {
  return (timestamp + delta) >>> 0;
}

/** How far `later` lies after `earlier`, ms, by serial arithmetic (RFC 1982): negative when it lies before. */
export function timestampDistance(earlier: number, later: number): number {
  return (later - earlier) | 0;
}
