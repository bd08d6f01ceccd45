/**
 * What the studio says once everything listens.
 * @module
 */

/** Where everything is. Fixed names: scripts read them. */
export type Ready = {
  /** RTMP address without a key. */
  readonly rtmpUrl: string;
  readonly httpUrl: string;
  /** The window, with what lets its holder in. */
  readonly uiUrl: string;
  readonly token: string;
  readonly pid: number;
};

/** One line of JSON, without the line's end. */
export function readyLine(ready: Ready): string {
  const { rtmpUrl, httpUrl, uiUrl, token, pid } = ready;
  return JSON.stringify({ event: 'ready', rtmpUrl, httpUrl, uiUrl, token, pid });
}

/** The same for people. */
export function readyText(ready: Ready): string {
  return [
    'Relaydeck is running.',
    `  Window:    ${ready.uiUrl}`,
    `  Encoders:  ${ready.rtmpUrl}   (the stream key is in the window)`,
    '  Stop with Ctrl+C.',
    '',
  ].join('\n');
}
