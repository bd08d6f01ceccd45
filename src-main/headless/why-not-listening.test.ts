import { expect, test } from 'vitest';
import { whyNotListening } from './why-not-listening.ts';

test.each([
  [
    'rtmp',
    'EADDRINUSE',
    [/Port 1935 on 127\.0\.0\.1/, /another Relaydeck/, /nginx/, /OBS/, /--rtmp-port PORT/],
  ],
  ['http', 'EADDRINUSE', [/window and the HTTP API/, /--http-port PORT/]],
  ['rtmps', 'EADDRINUSE', [/--rtmps-port PORT/]],
  ['rtmp', 'EACCES', [/above 1023/, /--rtmp-port/]],
  ['http', 'EADDRNOTAVAIL', [/not an address of this computer/, /--http-host/]],
  ['rtmps', 'ENOTFOUND', [/--rtmp-host/]],
  ['http', 'EODD', [/EODD/, /--http-host and --http-port/]],
] as const)('%s %s names port, flag and way out', (what, code, words) => {
  const text = whyNotListening({ what, host: '127.0.0.1', port: 1935 }, code);
  for (const word of words) expect(text).toMatch(word);
});
