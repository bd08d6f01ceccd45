/**
 * Which losses the network is to blame for.
 * @module
 */

/** Of `Verdict.code`: what a line that is cut, or full, looks like. */
const NETWORK_LOSSES: ReadonlySet<string> = new Set([
  'connection-lost',
  'stalled',
  'no-answer',
  'dns-failed',
  'unreachable',
  'timeout',
  'network-error',
]);

/** @param code Of a verdict. A server that refuses, or a key, is no matter of the network. */
export function isNetworkLoss(code: string): boolean {
  return NETWORK_LOSSES.has(code);
}
