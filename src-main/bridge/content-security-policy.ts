/**
 * What the window's page may load: its own files and nothing else.
 * @module
 */

/** @param connectTo Origins beside its own that the page may talk to: the previews' server, for the desktop window. */
export function contentSecurityPolicy(connectTo: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // React and uPlot set style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // Media Source Extensions play from a blob.
    "media-src 'self' blob:",
    ['connect-src', "'self'", 'ws:', 'wss:', ...connectTo].join(' '),
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers for every answer, with or without a page in it. */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;
