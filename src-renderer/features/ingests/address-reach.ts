/**
 * @module
 */

/** Whether a server address can be reached from this computer alone. */
export function isOnThisComputerOnly(serverUrl: string): boolean {
  // RTMP is no "special" scheme to URL, but its host is read all the same.
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
