/**
 * Addresses for people: what to type to reach a listener.
 * @module
 */
import { networkInterfaces } from 'node:os';

/** The host to dial from this computer, for a listener bound to `host`. */
export function dialableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** Host as it stands in an address of this computer: brackets around IPv6, loopback for "every address". */
export function hostInUrl(host: string): string {
  return bracketed(dialableHost(host));
}

/** Names of cards that containers, virtual machines and tunnels add. */
const VIRTUAL_CARD =
  /^(vethernet|docker|br-|veth|virbr|vmnet|vmware|virtualbox|tun|utun|tap|wg|zt|tailscale)/i;

/** The host to show for a listener bound to `host`: on all interfaces, the first address that others can reach. */
export function shownHost(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return bracketed(host);
  const cards = Object.entries(networkInterfaces());
  // Others reach a real card before they reach a virtual one, if they reach that at all.
  cards.sort(([a], [b]) => Number(VIRTUAL_CARD.test(a)) - Number(VIRTUAL_CARD.test(b)));
  for (const [, addresses] of cards) {
    const reachable = addresses?.find(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    );
    if (reachable !== undefined) return reachable.address;
  }
  return '127.0.0.1';
}

/**
 * Addresses that tell whether this computer's way out has changed: of real cards, IPv4 where there is any. Those that
 * computers give and take by themselves (link-local, containers, IPv6 privacy) are left out.
 */
export function wayOutAddresses(cards = networkInterfaces()): readonly string[] {
  const all = Object.entries(cards).flatMap(([name, own]) => (VIRTUAL_CARD.test(name) ? [] : (own ?? [])));
  const real = all.filter(
    ({ internal, address }) => !internal && !address.startsWith('169.254.') && !/^fe80:/i.test(address),
  );
  const ipv4 = real.filter(({ family }) => family === 'IPv4');
  return (ipv4.length > 0 ? ipv4 : real).map(({ address }) => address);
}

/** IPv6 addresses stand in brackets in a URL. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Whether connections can be made from this address. */
export function isOwnAddress(address: string): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some((own) => own.address === address));
}
