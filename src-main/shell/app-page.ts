/**
 * The window's page under an own address: `app://relaydeck/`. Unlike `file:`, it has an origin of its own, and its
 * pages reach no other file of the computer.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { contentSecurityPolicy, SECURITY_HEADERS } from '../bridge/content-security-policy.ts';

/** Scheme of the page's address. */
export const APP_SCHEME = 'app';
/** The page's origin. */
export const APP_ORIGIN = `${APP_SCHEME}://relaydeck`;
/** The page. */
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Path below the window's folder that an address stands for; undefined for addresses that are not ours. */
export function fileOfAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  // Only plain names: no way up, no drive, no hidden file, on any system.
  const parts = path === '/' ? ['index.html'] : path.slice(1).split('/');
  return parts.every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part)) ? parts.join('/') : undefined;
}

/** Bytes of a file; undefined when it cannot be read. */
export type ReadBytes = (path: string) => Promise<Uint8Array | undefined>;

/**
 * Answers requests for the page and its assets.
 *
 * @param options.connectTo See `contentSecurityPolicy`.
 */
export function appPage(options: {
  windowDir: string;
  connectTo: readonly string[];
  read?: ReadBytes;
}): (request: { url: string }) => Promise<Response> {
  const { windowDir, connectTo, read = readBytes } = options;
  const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': contentSecurityPolicy(connectTo) };
  return async (request) => {
    const file = fileOfAddress(request.url);
    const body = file === undefined ? undefined : await read(join(windowDir, file));
    if (file === undefined || body === undefined) return new Response('Not found', { status: 404, headers });
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(body), { headers: { ...headers, 'Content-Type': type } });
  };
}

const readBytes: ReadBytes = (path) => readFile(path).catch(() => undefined);
