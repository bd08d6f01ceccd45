/**
 * How one run of a target ended, and what that means: try again or not, and in which words.
 * @module
 */
import type { ClientStep } from '../rtmp/session/session-output.ts';
import type { TransportErrorCode } from '../net/transport.ts';

/** Why there is no line. A reset is no such failure: the line stood, and was `closed`. */
export type DialFailure = Exclude<TransportErrorCode, 'reset'>;

/** Facts of an end. */
export type RunEnd =
  /** We ended it: the target was stopped, the show is over. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'dial-failed'; readonly code: DialFailure; readonly detail: string }
  | {
      readonly kind: 'refused';
      readonly step: ClientStep;
      readonly code: string;
      readonly description: string;
      /** Where the server sends us on to, as it wrote it. */
      readonly redirect?: string;
      /** An access manager's question, as it came, with nothing hidden: for the answer only, never to be shown. */
      readonly challenge?: string;
    }
  /** The line was lost, or the server closed it, while at this step. */
  | { readonly kind: 'closed'; readonly step: ClientStep; readonly detail: string }
  /** The server did not answer within the time for a step. */
  | { readonly kind: 'no-answer'; readonly step: ClientStep }
  /** The server stopped taking what we send. */
  | { readonly kind: 'stalled'; readonly stillMs: number; readonly waitingBytes: number }
  | { readonly kind: 'ended-by-server'; readonly code: string; readonly description: string }
  | { readonly kind: 'protocol-error'; readonly code: string; readonly detail: string };

/** What an end means. */
export type Verdict = {
  /** Stable, for scripts. */
  readonly code: string;
  /** For the streamer: what happened, and what to do when something can be done. */
  readonly message: string;
  /** False: trying again by itself would only repeat it. */
  readonly retry: boolean;
};

/** Where the words come from. */
export type VerdictContext = {
  /** The platform's name as the user knows it. */
  readonly platformName: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Where the platform shows its key; null when unknown. */
  readonly keyPlace: string | null;
  /** Whether it took this stream, with this key, earlier in this show. */
  readonly wasLive: boolean;
  /** Runs in a row, this one included, that were refused. */
  readonly refusedInARow: number;
  /** Runs in a row, this one included, that were closed right at publish. */
  readonly closedAtPublish: number;
};

/**
 * A server that closes this often right when it gets the key does not like the key. With the growing pauses that is
 * about a minute: time enough for a server to let go of the connection that a crash of ours has left there.
 */
export const CLOSED_AT_PUBLISH_LIMIT = 8;
/** A refusal without words may mean a key that is wrong or one that is still in use: told apart by its going on. */
const BARE_BAD_NAME_LIMIT = 8;

/** What a server says is repeated up to this length, characters: some send whole paragraphs. */
const MAX_SAID_CHARS = 120;

/** Judges an end. `stopped` is no failure and must not be asked about. */
export function judge(end: Exclude<RunEnd, { kind: 'stopped' }>, context: VerdictContext): Verdict {
  const { platformName: name, host, port } = context;
  switch (end.kind) {
    case 'dial-failed':
      return dialVerdict(end.code, end.detail, context);
    case 'refused':
      return refusedVerdict(end, context);
    case 'closed':
      return closedVerdict(end, context);
    case 'no-answer':
      return {
        code: 'no-answer',
        message: `${name} (${host}:${port}) does not answer (${stepWords(end.step)}). Trying again.`,
        retry: true,
      };
    case 'stalled':
      return {
        code: 'stalled',
        message: `${name} has taken no data for ${Math.round(end.stillMs / 1000)} s, and ${Math.ceil(end.waitingBytes / 1000)} kB wait for it. The connection is made anew; if only ${name} does this, the fault is there.`,
        retry: true,
      };
    case 'ended-by-server':
      return {
        code: 'ended-by-platform',
        message: `${name} ended the stream${tail(end.description, end.code)}. Trying again.`,
        retry: true,
      };
    case 'protocol-error':
      return end.code === 'not-an-rtmp-server'
        ? {
            code: 'not-rtmp',
            message: `${host}:${port} answers, but it is no RTMP server. Check the server URL: host, port, and rtmp:// or rtmps://.`,
            retry: true,
          }
        : {
            code: 'protocol-error',
            message: `${name} sent something that is not RTMP (${end.detail}). Trying again.`,
            retry: true,
          };
  }
}

function dialVerdict(code: DialFailure, detail: string, context: VerdictContext): Verdict {
  const { platformName: name, host, port } = context;
  const words: Readonly<Record<DialFailure, string>> = {
    'dns-failed': `The name ${host} cannot be found. Check the server URL for a typing error, and whether this computer is online.`,
    refused: `Nothing accepts connections at ${host}:${port}. Check host and port of the server URL, or whether the server is running.`,
    unreachable: `${host} cannot be reached from this computer. Check the network connection.`,
    timeout: `${host}:${port} does not answer. A firewall may block it, or the server is down.`,
    'tls-certificate': `${host} shows a certificate that cannot be trusted (${detail}). The stream key was not sent. Check the server URL; for a server of your own, install a valid certificate or use rtmp://.`,
    'tls-failed': `No encrypted connection could be made with ${host}:${port}. If this port is plain RTMP, use rtmp:// in the server URL.`,
    'proxy-failed': `The proxy did not make the connection to ${host}:${port} (${detail}). Check the proxy in this target's settings.`,
    'network-error': `The connection to ${name} failed (${detail}).`,
  };
  // A captive portal shows its own certificate for a while; a server that was live here had a good one.
  return { code: codeOf(code), message: words[code], retry: code !== 'tls-certificate' || context.wasLive };
}

function codeOf(code: DialFailure): string {
  return code === 'refused' ? 'connection-refused' : code;
}

type Refused = Extract<RunEnd, { kind: 'refused' }>;

function refusedVerdict(end: Refused, context: VerdictContext): Verdict {
  const { platformName: name } = context;
  const said = tail(end.description, end.code);
  const isBareBadName = end.description === '' && end.code.endsWith('BadName');
  const mayBeGhost = isBareBadName && context.refusedInARow < BARE_BAD_NAME_LIMIT;
  if (mayBeGhost || /already|in use|duplicate|occupied|busy/i.test(end.description)) {
    return {
      code: 'already-publishing',
      message: `${name} says that somebody is already live with this stream key${said}. Stop the other stream; this one tries again by itself.`,
      retry: true,
    };
  }
  // It took the same key a while ago: what has changed is on its side, most often a connection it has not let go yet.
  if (context.wasLive) {
    return {
      code: 'not-let-back-in',
      message: `${name} does not let this stream back in yet${said}. Trying again; if this goes on, copy the stream key again from ${keyPlaceWords(context)}.`,
      retry: true,
    };
  }
  if (end.step === 'create-stream') {
    return {
      code: 'server-refused',
      message: `${name} cannot take the stream right now${said}. Trying again.`,
      retry: true,
    };
  }
  if (end.step === 'connect') {
    return {
      code: 'server-refused',
      message: `${name} refused the connection${said}. Check the server URL; its last part (the app) must be as the platform shows it.`,
      retry: false,
    };
  }
  return {
    code: 'key-refused',
    message: `${name} refused the stream key${said}. Copy it again from ${keyPlaceWords(context)} and start this target anew.`,
    retry: false,
  };
}

function keyPlaceWords({ keyPlace }: VerdictContext): string {
  return keyPlace ?? 'the platform';
}

function closedVerdict(end: Extract<RunEnd, { kind: 'closed' }>, context: VerdictContext): Verdict {
  const { platformName: name, host, port } = context;
  if (end.step === 'publish') {
    const often = !context.wasLive && context.closedAtPublish >= CLOSED_AT_PUBLISH_LIMIT;
    const cause = context.wasLive
      ? 'It may not have let the lost connection go yet; trying again. If this goes on, copy the key again from'
      : 'Most often the key is wrong or has expired: copy it again from';
    return {
      code: 'closed-at-publish',
      message: `${name} closed the connection when it got the stream key. ${cause} ${keyPlaceWords(context)}${often ? ' and start this target anew' : ''}.`,
      retry: !often,
    };
  }
  if (end.step === 'live') {
    return {
      code: 'connection-lost',
      message: `The connection to ${name} was lost (${end.detail}). Trying again.`,
      retry: true,
    };
  }
  return {
    code: 'closed-early',
    message: `${name} (${host}:${port}) closed the connection during set-up (${stepWords(end.step)}). If this goes on, check the server URL${context.tls ? '' : '; some servers want rtmps:// on this port'}.`,
    retry: true,
  };
}

function stepWords(step: ClientStep): string {
  const words: Readonly<Record<ClientStep, string>> = {
    handshake: 'at the handshake',
    connect: 'after the connection was asked for',
    'create-stream': 'while the stream was created',
    publish: 'after the stream key was sent',
    play: 'after the stream was asked for',
    live: 'while live',
  };
  return words[step];
}

/** What the server said, cut so that no key that it may echo gets into logs whole. */
function tail(description: string, code: string): string {
  const said = description === '' ? code : description;
  const shown = said.length > MAX_SAID_CHARS ? `${said.slice(0, MAX_SAID_CHARS)}…` : said;
  return said === '' ? '' : ` (it says: “${shown}”)`;
}
