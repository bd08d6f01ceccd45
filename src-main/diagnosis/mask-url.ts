/**
 * Addresses as a stranger may see them: where they lead, not what lets one in.
 * @module
 */

const DOTS = '••••';
/** Shorter last parts of a path are names of apps: `live2`, `rtmp`. */
export const LEAST_KEY_CHARS = 8;
/** A part of a path this long is a key wherever it stands, ... */
const SURE_KEY_CHARS = 20;
/** ... and so is one of `LEAST_KEY_CHARS` that looks like one. */
const LOOKS_LIKE_KEY = /\d/;

const SENTENCE_ENDS: ReadonlySet<string> = new Set('.,;:!?)]}');

/** Scheme, user, host with port, path, query, fragment; nothing of it is decoded. */
const ADDRESS = /^([a-z0-9+.-]+:\/\/)(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;
/** The same where the password holds a slash or the like that should have been escaped: all up to the last `@`. */
const LOOSE_ADDRESS = /^([a-z0-9+.-]+:\/\/)(.*)@([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;
const HOST = /^(?:\[[^\]]*\]?|[^:]*)(?::\d*)?$/;

/**
 * Without user, password, values of the query, fragment, and parts of the path that may be a key. What is no address
 * is shown as dots only: it may be a key in the wrong field.
 *
 * @param options.lastPartIsKey The last of several parts of the path is masked whatever it looks like: a target without
 *   a key of its own has it there.
 */
export function maskUrl(url: string, options: { readonly lastPartIsKey?: boolean } = {}): string {
  if (url === '') return '';
  const match = takenApart(url);
  if (match === null) return DOTS;
  const [, scheme = '', user, host = '', path = '', query, fragment] = match;
  const shownPath = pathParts(path, options.lastPartIsKey === true)
    .map(({ text, isSecret }) => (isSecret ? DOTS : text))
    .join('/');
  const shownQuery = query?.replaceAll(/[^&]+/g, (pair) =>
    pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=${DOTS}` : DOTS,
  );
  return [
    scheme,
    user === undefined ? '' : `${DOTS}@`,
    host,
    shownPath,
    shownQuery === undefined ? '' : `?${shownQuery}`,
    fragment === undefined ? '' : `#${DOTS}`,
  ].join('');
}

/** Every address in a text, masked; in time linear in the text. */
export function maskUrlsIn(text: string): string {
  // Looking back keeps the search from beginning anew at each letter of a long word.
  return text.replaceAll(/(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^\s"'`<>\\]+/gi, (found) => {
    // The end of a sentence or of a bracket is not the end of the address.
    let end = found.length;
    while (SENTENCE_ENDS.has(found.charAt(end - 1))) end--;
    return maskUrl(found.slice(0, end)) + found.slice(end);
  });
}

/** What `maskUrl` hides: user, password, values, keys in the path, fragment. */
export function secretPartsOfUrl(url: string): readonly string[] {
  const match = takenApart(url);
  if (match === null) return [url];
  const [, , user = '', , path = '', query = '', fragment = ''] = match;
  const [name = '', ...password] = user.split(':');
  const keys = pathParts(path, false).flatMap(({ text, isSecret }) => (isSecret ? [text] : []));
  const values = query.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1));
  return [user, name, password.join(':'), ...keys, ...values, fragment].filter((part) => part !== '');
}

function takenApart(url: string): RegExpExecArray | null {
  const match = ADDRESS.exec(url);
  return match !== null && HOST.test(match[3] ?? '') ? match : (LOOSE_ADDRESS.exec(url) ?? match);
}

function pathParts(
  path: string,
  lastPartIsKey: boolean,
): readonly { readonly text: string; readonly isSecret: boolean }[] {
  const parts = path.split('/');
  const last = parts.findLastIndex((part) => part !== '');
  // A key stands behind an app: the only part of a path is no key.
  const isBehind = parts.findIndex((part) => part !== '') < last;
  return parts.map((text, index) => ({
    text,
    isSecret:
      text.length >= SURE_KEY_CHARS ||
      (text.length >= LEAST_KEY_CHARS && (index === last || LOOKS_LIKE_KEY.test(text))) ||
      (index === last && isBehind && lastPartIsKey),
  }));
}
