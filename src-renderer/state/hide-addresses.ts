/**
 * @module
 */

/** Stands where an address or a key was. */
const HIDDEN = '•••';

const URL_WITH_SCHEME = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"”]*[^\s"”.,;)]/gi;
const IPV4 = /\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g;
const IPV6_IN_BRACKETS = /\[[0-9a-f:]*:[0-9a-f:.]*(%\w+)?\](:\d+)?/gi;
/** With `::`, or with at least four colons: a time of day has two. */
const IPV6 = /(?<![\w:.])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){4})[0-9a-f:]*:[0-9a-f:]*(\.\d+){0,3}(%\w+)?/gi;
/** `server.example.net:1935`; the last label has letters only, as no version number has. */
const HOST = /\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?\b/gi;

/**
 * The text without addresses, for screenshots and shared screens.
 * @param known Keys and names of computers: nothing in their looks gives them away.
 */
export function hideAddresses(text: string, known: readonly string[] = []): string {
  return [...known.map(asWord), URL_WITH_SCHEME, IPV6_IN_BRACKETS, IPV6, IPV4, HOST].reduce(
    (rest, pattern) => rest.replace(pattern, HIDDEN),
    text,
  );
}

/** Not inside a longer word: a key may be as short as "a". With its port, if it is a computer's name. */
function asWord(text: string): RegExp {
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])(?::\\d+)?`, 'gu');
}
