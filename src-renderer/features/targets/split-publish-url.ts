/**
 * @module
 */

/** A server and the key that was pasted behind it. */
export type PublishUrl = { readonly url: string; readonly streamKey: string };

/**
 * Takes a pasted address apart; null: it is none, or has no key in it.
 * @param knownServers Server URLs of platforms, some of which have more parts than host and app.
 */
export function splitPublishUrl(pasted: string, knownServers: readonly string[]): PublishUrl | null {
  const text = pasted.trim();
  const match = /^(rtmps?:\/\/[^/\s]+)(\/[^\s?]+?)\/*(\?\S*)?$/i.exec(text);
  if (match === null) return null;
  const bare = knownServers.map((server) => server.replace(/\/+$/, ''));
  if (bare.includes(text.replace(/\/+$/, ''))) return null;
  const server = bare.filter((known) => text.startsWith(`${known}/`)).sort((a, b) => b.length - a.length)[0];
  if (server !== undefined) return { url: server, streamKey: text.slice(server.length + 1) };
  const [, host = '', path = '', query = ''] = match;
  const slash = path.lastIndexOf('/');
  // One part only is the app.
  if (slash <= 0) return null;
  return { url: host + path.slice(0, slash), streamKey: path.slice(slash + 1) + query };
}
