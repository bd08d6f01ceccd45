/**
 * Who is let in: the token, and the names this studio answers to.
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';

/** Always ours: names of this computer that no one else can point elsewhere. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'] as const;
const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]']);

/** Whether the two are the same text; takes as long for a near miss as for a far one. */
export function sameToken(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** The token a request carries: `Authorization: Bearer …`, or `?token=` for windows and players. */
export function tokenOf(request: { authorization: string | undefined; query: unknown }): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const { query } = request;
  if (typeof query !== 'object' || query === null || !('token' in query)) return undefined;
  return typeof query.token === 'string' ? query.token : undefined;
}

/** Where the server listens, and whom it takes for its own window beside itself. */
export type Listening = {
  readonly httpHost: string;
  readonly port: number;
  /** Whole origins, such as `app://relaydeck` of the desktop window. */
  readonly extraOrigins: readonly string[];
};

/**
 * Whether a Host header names this studio. A page elsewhere can point its own name at 127.0.0.1 (DNS rebinding), so
 * names are refused that were not given; when every address is listened on, any bare address is taken as ours.
 */
export function hostAllowed(host: string | undefined, listening: Listening): boolean {
  if (host === undefined) return false;
  const match = /^(\[[0-9a-f:.%]+\]|[^:[\]]+)(?::(\d+))?$/i.exec(host);
  const name = match?.[1]?.toLowerCase();
  if (name === undefined) return false;
  // Clients leave the port out only where it is HTTP's own.
  if (Number(match?.[2] ?? 80) !== listening.port) return false;
  const ours = listening.httpHost.toLowerCase();
  if ([...LOOPBACK, ours, `[${ours}]`].includes(name)) return true;
  return EVERY_ADDRESS.has(ours) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

/** Whether a page of this origin may ask: ours, or none (scripts, players, top-level visits). */
export function originAllowed(origin: string | undefined, listening: Listening): boolean {
  if (origin === undefined || listening.extraOrigins.includes(origin)) return true;
  const host = /^http:\/\/([^/]+)$/i.exec(origin)?.[1];
  return host !== undefined && hostAllowed(host, listening);
}
