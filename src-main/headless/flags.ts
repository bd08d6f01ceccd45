/**
 * The flags of the command line.
 * @module
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { JOIN_MS } from '../net/joined-flush.ts';
import type { LogLevel } from '../platform/log.ts';

/** What the studio is started with. */
export type Flags = {
  /** Undefined: the system's app-data folder. */
  readonly dataDir: string | undefined;
  /** Undefined, here and below: as the settings have it. */
  readonly rtmpHost: string | undefined;
  /** 0: any free one. */
  readonly rtmpPort: number | undefined;
  /** TLS ingest. Without `own` files a certificate is made on first use. */
  readonly rtmps:
    | {
        readonly port: number;
        readonly own: { readonly certFile: string; readonly keyFile: string } | undefined;
      }
    | undefined;
  readonly httpHost: string;
  /** 0: any free one. */
  readonly httpPort: number | undefined;
  /** How long writes to very many lines wait to be joined with what follows, ms; 0: not at all. */
  readonly joinMs: number;
  /** Whether the first line on stdout is the ready line. */
  readonly json: boolean;
  readonly logLevel: LogLevel;
};

/** What the command line asks for; `bad` holds a sentence that names the flag and the way out. */
export type Asked =
  | { readonly type: 'run'; readonly flags: Flags }
  /** Undefined: the system's app-data folder. */
  | { readonly type: 'diagnose'; readonly dataDir: string | undefined }
  | { readonly type: 'help' }
  | { readonly type: 'version' }
  | { readonly type: 'bad'; readonly message: string };

const OPTIONS = {
  'data-dir': { type: 'string' },
  'rtmp-host': { type: 'string' },
  'rtmp-port': { type: 'string' },
  'rtmps-port': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'http-host': { type: 'string', default: '127.0.0.1' },
  'http-port': { type: 'string' },
  'join-ms': { type: 'string', default: String(JOIN_MS) },
  json: { type: 'boolean', default: false },
  'log-level': { type: 'string', default: 'info' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

/** What stands before the flags to have a diagnosis written. */
const DIAGNOSE = 'diagnose';
const DIAGNOSE_OPTIONS = {
  'data-dir': OPTIONS['data-dir'],
  help: OPTIONS.help,
} as const satisfies ParseArgsConfig['options'];

/** Names of all flags, for programs that pass only those on. */
export const FLAG_NAMES: readonly string[] = Object.keys(OPTIONS);

/** Longest that writes may wait, ms: about the time between two frames. */
const MAX_JOIN_MS = 20;

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const SEE_HELP = 'See --help.';

/** What `--help` prints. */
export const HELP = `Relaydeck, headless: the streaming relay without its desktop window.

  npm run headless -- [flags]
  npm run headless -- diagnose [--data-dir DIR]

  --data-dir DIR      settings, keys, history, recordings (default: the system's app-data folder)
  --rtmp-host HOST    where encoders and players connect (default: 127.0.0.1 *; 0.0.0.0: other computers too)
  --rtmp-port PORT    (default: 1935 *; 0: any free one)
  --rtmps-port PORT   RTMP over TLS as well (default: off *); a certificate is made on first use
  --tls-cert FILE     a certificate chain of your own, PEM
  --tls-key FILE      its private key, PEM
  --http-host HOST    window, HTTP API, previews (default: 127.0.0.1)
  --http-port PORT    (default: 8935 *; 0: any free one)
  --join-ms MS        media for 64 targets and players or more at once wait so long to go out with what follows, which
                      costs less (default: ${JOIN_MS}; 0 to ${MAX_JOIN_MS}; 0: nothing waits)
  --json              the first line on stdout says in JSON where everything is; logs go to stderr
  --log-level LEVEL   debug, info, warn or error (default: info)
  --help, --version

  * or as set in the window under Settings, Network; a flag comes before that, for this start

  diagnose            writes a file to show to who helps you, without your keys, and prints where it is

Exit codes: 0 after Ctrl+C or SIGTERM, 2 for a bad flag or setting, 1 for anything else.
`;

class BadFlag extends Error {}

/** Reads the arguments after the program's name. Never throws. */
export function parseFlags(args: readonly string[]): Asked {
  try {
    if (args[0] === DIAGNOSE) return diagnose(args.slice(1));
    const { values } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: false,
      strict: true,
    });
    if (values.help) return { type: 'help' };
    if (values.version) return { type: 'version' };
    return { type: 'run', flags: toFlags(values) };
  } catch (error) {
    return { type: 'bad', message: inWords(error) };
  }
}

function diagnose(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: DIAGNOSE_OPTIONS,
    allowPositionals: false,
    strict: true,
  });
  if (values.help) return { type: 'help' };
  return { type: 'diagnose', dataDir: folder(values['data-dir']) };
}

const folder = (given: string | undefined): string | undefined => ifGiven('data-dir', given, notEmpty);

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function toFlags(values: Values): Flags {
  return {
    dataDir: folder(values['data-dir']),
    rtmpHost: ifGiven('rtmp-host', values['rtmp-host'], host),
    rtmpPort: ifGiven('rtmp-port', values['rtmp-port'], port),
    rtmps: rtmps(values),
    httpHost: host('http-host', values['http-host']),
    httpPort: ifGiven('http-port', values['http-port'], port),
    joinMs: joinMs(values['join-ms']),
    json: values.json,
    logLevel: level(values['log-level']),
  };
}

/** Reads a flag that may be left out. */
function ifGiven<T>(
  flag: string,
  given: string | undefined,
  read: (flag: string, text: string) => T,
): T | undefined {
  return given === undefined ? undefined : read(flag, given);
}

function rtmps(values: Values): Flags['rtmps'] {
  const given = values['rtmps-port'];
  const certFile = values['tls-cert'];
  const keyFile = values['tls-key'];
  if (given === undefined) {
    if (certFile === undefined && keyFile === undefined) return undefined;
    throw new BadFlag('--tls-cert and --tls-key are for --rtmps-port: give it as well, or leave them out.');
  }
  const number = port('rtmps-port', given);
  if (certFile === undefined && keyFile === undefined) return { port: number, own: undefined };
  if (certFile === undefined || keyFile === undefined) {
    throw new BadFlag('--tls-cert and --tls-key belong together: give both, or neither to have one made.');
  }
  const own = { certFile: notEmpty('tls-cert', certFile), keyFile: notEmpty('tls-key', keyFile) };
  return { port: number, own };
}

function port(flag: string, text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (value >= 0 && value <= 65_535) return value;
  throw new BadFlag(`--${flag} must be a port from 0 (any free one) to 65535, not ${JSON.stringify(text)}.`);
}

function joinMs(text: string): number {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  if (value >= 0 && value <= MAX_JOIN_MS) return value;
  throw new BadFlag(
    `--join-ms must be whole milliseconds from 0 (nothing waits) to ${MAX_JOIN_MS}, not ${JSON.stringify(text)}.`,
  );
}

function host(flag: string, text: string): string {
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  if (/^[A-Za-z0-9.:%_-]+$/.test(bare)) return bare;
  throw new BadFlag(`--${flag} must be a name or an address such as 127.0.0.1, not ${JSON.stringify(text)}.`);
}

function level(text: string): LogLevel {
  const found = LEVELS.find((name) => name === text);
  if (found !== undefined) return found;
  throw new BadFlag(`--log-level must be one of ${LEVELS.join(', ')}, not ${JSON.stringify(text)}.`);
}

function notEmpty(flag: string, text: string): string {
  if (text.trim() !== '') return text;
  throw new BadFlag(`--${flag} must not be empty.`);
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return `The flags cannot be read. ${SEE_HELP}`;
  if (error instanceof BadFlag) return `${error.message} ${SEE_HELP}`;
  const flag = /'(?:-\w, )?(-[^' ]*)/.exec(error.message)?.[1] ?? '';
  if (/^Unknown option/.test(error.message)) return `There is no flag ${flag}. ${SEE_HELP}`;
  if (/argument missing/.test(error.message)) return `${flag} needs a value after it. ${SEE_HELP}`;
  if (/does not take an argument/.test(error.message)) return `${flag} takes no value. ${SEE_HELP}`;
  if (/argument is ambiguous/.test(error.message)) {
    return `${flag} is followed by something that begins with "-": write ${flag}=VALUE if that is its value. ${SEE_HELP}`;
  }
  const word = /Unexpected argument '([^']*)'/.exec(error.message)?.[1];
  if (word === DIAGNOSE) return `${DIAGNOSE} stands before the flags, and once. ${SEE_HELP}`;
  if (word !== undefined) return `${JSON.stringify(word)} is not a flag: flags begin with --. ${SEE_HELP}`;
  return `${error.message} ${SEE_HELP}`;
}
