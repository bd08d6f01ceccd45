/**
 * Links that lead out of the window.
 * @module
 */

/** Of this studio's own pages, only the report of a show. */
const OWN_REPORT = /^\/api\/v1\/history\/[^/]+\/report\.(html|csv|json)$/;

/**
 * Whether a link may be opened in the person's own browser: https, to a site that the presets name (where keys are
 * found), without user name or odd port; or a report of this studio at `ownUrl`. Anything else could start a program
 * or carry data away.
 */
export function mayOpenOutside(address: string, knownHosts: ReadonlySet<string>, ownUrl?: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (ownUrl !== undefined && url.origin === ownUrl) return OWN_REPORT.test(url.pathname);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '')
    return false;
  return knownHosts.has(url.hostname);
}

/** Sites in https addresses, also within longer text. */
export function hostsIn(texts: Iterable<string | null>): Set<string> {
  const hosts = new Set<string>();
  for (const text of texts) {
    for (const address of text?.match(/https:\/\/[^\s"'<>()]+/g) ?? []) {
      if (URL.canParse(address)) hosts.add(new URL(address).hostname);
    }
  }
  return hosts;
}
