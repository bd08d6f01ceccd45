/**
 * A server socket that could not be opened.
 * @module
 */

/** `code` is the system's (EADDRINUSE, EACCES, EADDRNOTAVAIL, …). */
export class ListenError extends Error {
  readonly code: string;
  readonly host: string;
  readonly port: number;
  constructor(code: string, host: string, port: number) {
    super(`cannot listen on ${host} port ${port} (${code})`);
    this.name = 'ListenError';
    this.code = code;
    this.host = host;
    this.port = port;
  }
}
