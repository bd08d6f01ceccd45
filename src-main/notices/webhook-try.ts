/**
 * One try of one request: what came of it, in words.
 * @module
 */
import type { Clock } from '../platform/clock.ts';
import type { WebhookRequest } from './webhook-request.ts';

/** How long a receiver may take to answer, ms. */
const TIMEOUT_MS = 10_000;
/** Longest wait that an answer may ask for, ms. */
const MAX_RETRY_AFTER_MS = 300_000;
/** Tells our own time-out from other ends of a try. */
const LATE = 'late';

/** The part of the global `fetch` that webhooks use. */
export type Fetch = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly body: { readonly cancel: () => Promise<void> } | null;
}>;

/** What came of a try. */
export type TryResult = {
  readonly ok: boolean;
  /** Null: no answer. */
  readonly status: number | null;
  /** End of a sentence that begins with the webhook: "answered with 500." */
  readonly words: string;
  /** Whether a later try can help. */
  readonly mayRetry: boolean;
  /** The receiver asks to be left alone for this long, ms. */
  readonly retryAfterMs: number;
};

/**
 * Sends the request once. Never rejects; the answer's body is thrown away unread.
 * @param options.stop Ends the try early when the sender is closed.
 */
export async function tryOnce(
  request: WebhookRequest,
  options: { readonly fetch: Fetch; readonly clock: Clock; readonly stop: AbortSignal },
): Promise<TryResult> {
  const { fetch, clock, stop } = options;
  const abort = new AbortController();
  const timer = clock.after(TIMEOUT_MS, () => {
    abort.abort(LATE);
  });
  const end = (): void => {
    abort.abort();
  };
  stop.addEventListener('abort', end);
  try {
    const { url, headers, body } = request;
    const init = { method: 'POST', headers: { ...headers }, body, redirect: 'manual' } as const;
    const answer = await fetch(url, { ...init, signal: abort.signal });
    // It may be endless; a body that cannot be cancelled is closed already.
    answer.body?.cancel().catch(() => undefined);
    return judged(answer.status, answer.headers.get('retry-after'), clock.wallNow());
  } catch (error) {
    const isLate = abort.signal.reason === LATE;
    const words = isLate ? `did not answer within ${TIMEOUT_MS / 1000} s.` : whyNoAnswer(error);
    return { ok: false, status: null, words, mayRetry: true, retryAfterMs: 0 };
  } finally {
    timer.cancel();
    stop.removeEventListener('abort', end);
  }
}

function judged(status: number, retryAfter: string | null, wallNow: number): TryResult {
  const ok = status >= 200 && status < 300;
  if (ok) return { ok, status, words: `took it (${status}).`, mayRetry: false, retryAfterMs: 0 };
  // The standard hides the status of a redirect that is not followed.
  if (status === 0 || (status >= 300 && status < 400)) {
    const words =
      'answered with a redirect, which is not followed. Enter the address it leads to as the URL of the webhook.';
    return { ok, status: status === 0 ? null : status, words, mayRetry: false, retryAfterMs: 0 };
  }
  const mayRetry = status === 408 || status === 429 || status >= 500;
  const asksForTime = status === 429 || status === 503;
  return {
    ok,
    status,
    words: `answered with ${status}${MEANINGS[status] ?? ''}.`,
    mayRetry,
    retryAfterMs: asksForTime ? readRetryAfter(retryAfter, wallNow) : 0,
  };
}

const MEANINGS: Readonly<Record<number, string>> = {
  400: ': it does not understand the request',
  401: ': it wants a password, or another one',
  403: ': it does not let us in',
  404: ': there is nothing at this path. Check the URL of the webhook',
  405: ': it takes no POST. Check the URL of the webhook',
  410: ': it is gone for good. Delete the webhook, or make a new one there',
  413: ': the event is too long for it',
  429: ': it gets too many requests',
};

/** Seconds, or a date. */
function readRetryAfter(text: string | null, wallNow: number): number {
  if (text === null) return 0;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - wallNow;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'was not reached: no program listens there. Start it, or check the port.',
  ECONNRESET: 'closed the connection without an answer.',
  UND_ERR_SOCKET: 'closed the connection without an answer.',
  ENOTFOUND: 'was not found: there is no host of this name. Check the URL, and your network.',
  EAI_AGAIN: 'was not found: the name could not be looked up. Check your network.',
  EHOSTUNREACH: 'cannot be reached from this computer. Check your network.',
  ENETUNREACH: 'cannot be reached from this computer. Check your network.',
  ETIMEDOUT: 'did not answer.',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer.',
};

/** From the error's code alone: its message may hold the whole URL. */
function whyNoAnswer(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error && cause.message === 'bad port') {
    return 'uses a port that is kept for another protocol. Choose another port.';
  }
  const code = codeOf(cause);
  if (code === undefined) return 'was not reached.';
  const known = Object.hasOwn(CAUSES, code) ? CAUSES[code] : undefined;
  if (known !== undefined) return known;
  if (/CERT|SELF_SIGNED|ISSUER/.test(code)) {
    return `has a certificate that this computer does not trust (${code}).`;
  }
  return `was not reached (${code}).`;
}

/** Codes are capitals; anything else is free text. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^[A-Z0-9_]{1,60}$/.test(error.code) ? error.code : undefined;
}
