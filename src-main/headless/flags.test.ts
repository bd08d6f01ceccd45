import { expect, test } from 'vitest';
import { HELP, parseFlags, FLAG_NAMES } from './flags.ts';

const DEFAULTS = {
  dataDir: undefined,
  rtmpHost: undefined,
  rtmpPort: undefined,
  rtmps: undefined,
  httpHost: '127.0.0.1',
  httpPort: undefined,
  joinMs: 5,
  json: false,
  logLevel: 'info',
};

test.each([
  [[], {}],
  [['--json', '--rtmp-port', '0', '--http-port=0'], { json: true, rtmpPort: 0, httpPort: 0 }],
  [['--data-dir', '/tmp/a b'], { dataDir: '/tmp/a b' }],
  [['--http-host', '0.0.0.0', '--rtmp-host', '[::1]'], { httpHost: '0.0.0.0', rtmpHost: '::1' }],
  [['--log-level', 'debug'], { logLevel: 'debug' }],
  [['--join-ms', '0'], { joinMs: 0 }],
  [['--join-ms=20'], { joinMs: 20 }],
  [
    ['--rtmps-port', '1936', '--tls-cert', 'c.pem', '--tls-key', 'k.pem'],
    { rtmps: { port: 1936, own: { certFile: 'c.pem', keyFile: 'k.pem' } } },
  ],
  [['--rtmps-port', '1936'], { rtmps: { port: 1936, own: undefined } }],
])('%o', (args, changed) => {
  expect(parseFlags(args)).toEqual({ type: 'run', flags: { ...DEFAULTS, ...changed } });
});

test.each([
  [['--rtmp-port', 'x'], /^--rtmp-port must be a port.*"x"/],
  [['--rtmp-port', '-1'], /--rtmp-port.*--rtmp-port=VALUE/],
  [['--rtmp-port=-1'], /^--rtmp-port must be a port/],
  [['--http-port', '70000'], /^--http-port must be a port.*65535/],
  [['--http-port', '80.5'], /^--http-port must be a port/],
  [['--http-port', ''], /^--http-port must be a port/],
  [['--http-port'], /^--http-port needs a value/],
  [['--http-host', 'a/b'], /^--http-host must be a name/],
  [['--data-dir', ''], /^--data-dir must not be empty/],
  [['--join-ms', '21'], /^--join-ms must be whole milliseconds from 0 \(nothing waits\) to 20, not "21"/],
  [['--join-ms', '2.5'], /^--join-ms must be whole milliseconds/],
  [['--join-ms='], /^--join-ms must be whole milliseconds/],
  [['--log-level', 'loud'], /^--log-level must be one of debug, info, warn, error/],
  [['--rtmps-port', '1936', '--tls-cert', 'c.pem'], /^--tls-cert and --tls-key belong together/],
  [['--tls-cert', 'c.pem'], /--rtmps-port/],
  [['--nothing'], /^There is no flag --nothing/],
  [['-x'], /^There is no flag -x/],
  [['start'], /^"start" is not a flag/],
  [['--json=1'], /^--json takes no value/],
  [['diagnose', '--rtmp-port', '1'], /^There is no flag --rtmp-port/],
  [['diagnose', '--data-dir='], /^--data-dir must not be empty/],
  [['diagnose', 'now'], /^"now" is not a flag/],
  [['--json', 'diagnose'], /^diagnose stands before the flags/],
])('%o is refused in words', (args, words) => {
  const asked = parseFlags(args);
  expect(asked).toEqual({ type: 'bad', message: expect.stringMatching(words) as string });
  expect(asked).toMatchObject({ message: expect.stringMatching(/See --help\.$/) as string });
});

test('help and version come before everything else, and help names every flag', () => {
  expect([parseFlags(['--help']).type, parseFlags(['-h', '--json']).type]).toEqual(['help', 'help']);
  expect(parseFlags(['--version']).type).toBe('version');
  for (const name of FLAG_NAMES) expect(HELP).toContain(`--${name}`);
});

test('diagnose takes a folder, or the usual one', () => {
  expect(parseFlags(['diagnose'])).toEqual({ type: 'diagnose', dataDir: undefined });
  expect(parseFlags(['diagnose', '--data-dir', '/d'])).toEqual({ type: 'diagnose', dataDir: '/d' });
  expect(parseFlags(['diagnose', '--help'])).toEqual({ type: 'help' });
  expect(HELP).toContain('diagnose');
});
