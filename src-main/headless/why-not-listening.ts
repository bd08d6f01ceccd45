/**
 * A port that cannot be had, in words.
 * @module
 */

/** What wanted to listen. */
export type Wanted = {
  readonly what: 'rtmp' | 'rtmps' | 'http';
  readonly host: string;
  readonly port: number;
};

const PURPOSE = {
  rtmp: 'encoders (RTMP)',
  rtmps: 'encoders (RTMP over TLS)',
  http: 'the window and the HTTP API',
} as const;
const USUAL_HOLDERS = {
  rtmp: 'another Relaydeck, another relay or media server (nginx with RTMP, MediaMTX, SRS), or an OBS plugin that receives RTMP',
  rtmps: 'another Relaydeck or another relay or media server',
  http: 'another Relaydeck, or another web server',
} as const;

/** Names the port, who may hold it, the flag, and what to do. `code` is the system's, such as `EADDRINUSE`. */
export function whyNotListening(wanted: Wanted, code: string): string {
  const { what, host, port } = wanted;
  const portFlag = `--${what}-port`;
  const hostFlag = what === 'http' ? '--http-host' : '--rtmp-host';
  switch (code) {
    case 'EADDRINUSE':
      return (
        `Port ${port} on ${host} for ${PURPOSE[what]} is taken. It may be held by ${USUAL_HOLDERS[what]}. ` +
        `Stop that program, or choose another port with ${portFlag} PORT (0: any free one).`
      );
    case 'EACCES':
      return (
        `Port ${port} on ${host} for ${PURPOSE[what]} may not be used by this user. ` +
        `Choose one above 1023 with ${portFlag} PORT; on Windows the system may also have reserved it.`
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `${host} is not an address of this computer (${code}). Choose one with ${hostFlag}, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `Port ${port} on ${host} for ${PURPOSE[what]} cannot be listened on (${code}). Choose others with ${hostFlag} and ${portFlag}.`;
  }
}
