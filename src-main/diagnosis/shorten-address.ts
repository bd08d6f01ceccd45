/**
 * Addresses of networks, short enough that they lead to a network and not to a person.
 * @module
 */

/** Loopback, private and shared networks: thousands of homes have the same. */
const PRIVATE_IPV4 =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const IPV4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g;
/** More than addresses: times and fingerprints are told apart by their groups. */
const MAYBE_IPV6 = /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:]|\.\d)/gi;

/**
 * IPv4 without its last number, IPv6 without its interface part (the last 64 bits, which may be made from the
 * card's hardware address), wherever they stand in a text. Loopback and private addresses stay as they are.
 */
export function shortenAddresses(text: string): string {
  return text.replaceAll(MAYBE_IPV6, shortIpv6).replaceAll(IPV4, shortIpv4);
}

function shortIpv4(address: string): string {
  const numbers = address.split('.');
  if (numbers.some((number) => Number(number) > 255) || PRIVATE_IPV4.test(address)) return address;
  return [...numbers.slice(0, 3), 'x'].join('.');
}

function shortIpv6(found: string): string {
  const groups = ipv6Groups(found);
  if (groups === undefined) return found;
  const first = Number.parseInt(groups[0] ?? '', 16);
  const isUnspecifiedOrLoopback = groups.slice(0, 7).every((group) => Number.parseInt(group, 16) === 0);
  // fc00::/7; link-local ones (fe80::/10) are not spared: their interface part is what tells computers apart.
  const isPrivate = (first & 0xfe00) === 0xfc00;
  return isUnspecifiedOrLoopback || isPrivate ? found : `${groups.slice(0, 4).join(':')}:…`;
}

/** All eight; undefined: not an IPv6 address. */
function ipv6Groups(text: string): readonly string[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before = [], after] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if ([...before, ...(after ?? [])].some((group) => group === '')) return undefined;
  if (after === undefined) return before.length === 8 ? before : undefined;
  const missing = 8 - before.length - after.length;
  if (missing < 1 || before.length + after.length === 0) return undefined;
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after];
}
