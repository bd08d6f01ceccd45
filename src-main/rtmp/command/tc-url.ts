/**
 * Where a server sends its client on to (E-RTMP v2, "Reconnect Request"): a URI reference against the tcUrl in use.
 * @module
 */

/** Scheme, authority, path, query of a URI reference (RFC 3986, appendix B); a fragment is left out. */
const REFERENCE = /^([a-z][a-z0-9+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/i;

type Reference = {
  readonly scheme: string;
  /** With its two slashes; empty when there is none. */
  readonly authority: string;
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
};

/**
 * The tcUrl to connect to next, by RFC 3986 §5.2. Nothing is said about whether it can be dialled: the answer is the
 * server's word, to be checked as any server URL is.
 *
 * @param requested Absolute, `//host/app`, `/app`, or any other reference; undefined or empty: the same again.
 */
export function resolveTcUrl(current: string, requested: string | undefined): string {
  if (requested === undefined || requested.trim() === '') return current;
  const to = split(requested.trim());
  if (to.scheme !== '') return whole(to);
  const from = split(current);
  if (to.authority !== '') return whole({ ...to, scheme: from.scheme });
  const { scheme, authority } = from;
  if (to.path === '') return whole({ ...from, query: to.query === '' ? from.query : to.query });
  if (to.path.startsWith('/')) return whole({ scheme, authority, path: to.path, query: to.query });
  const folder = from.path.slice(0, from.path.lastIndexOf('/') + 1);
  return whole({ scheme, authority, path: `${folder === '' ? '/' : folder}${to.path}`, query: to.query });
}

function split(reference: string): Reference {
  const [, scheme = '', authority = '', path = '', query = ''] = REFERENCE.exec(reference) ?? [];
  return { scheme, authority, path, query };
}

function whole({ scheme, authority, path, query }: Reference): string {
  return `${scheme}${authority}${withoutDots(path)}${query}`;
}

/** The path without `.` and `..` steps (§5.2.4); those that lead above the root are dropped. */
function withoutDots(path: string): string {
  if (!/(^|\/)\.\.?(\/|$)/.test(path)) return path;
  const steps: string[] = [];
  const parts = path.split('/');
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    if (part === '..' && steps.length > 1) steps.pop();
    if (part !== '.' && part !== '..') steps.push(part);
    else if (isLast) steps.push('');
  }
  return steps.join('/');
}
