/**
 * How to get to a target's server: what redirects, challenges and a server's taste in handshakes have taught since
 * the target was last set on its way.
 * @module
 */
import { resolveTcUrl } from '../rtmp/command/tc-url.ts';
import { nextAuth, type AuthFailure, type Md5 } from './auth-challenge.ts';
import type { RunEnd, Verdict } from './run-end.ts';
import { readTarget, readTargetUrl, type TargetAddress, type TargetUrlFault } from './target-url.ts';

/** Where to publish, asked anew for every run, so that an edit counts from the next one on. */
export type TargetPlace = {
  readonly url: string;
  readonly streamKey: string;
  readonly platformName: string;
  /** Where the platform shows its key; null when unknown. */
  readonly keyPlace: string | null;
  /** For servers that ask; empty: none. */
  readonly user: string;
  readonly password: string;
  /** How to dial; see `DialOptions`. */
  readonly certificateSha256: string | undefined;
  readonly proxy: string | undefined;
  readonly bindAddress: string | undefined;
};

/** Where the next run goes. */
export type RouteStep = {
  /** The server without any sign-in: what redirects are relative to. */
  readonly server: TargetAddress;
  /** As it is dialled and connected to: the sign-in is in app and tcUrl. */
  readonly address: TargetAddress;
  readonly streamName: string;
  readonly handshake: 'simple' | 'digest';
  /** What the server must not be quoted with, beside the stream name. */
  readonly secrets: readonly string[];
};

/** Redirects in a row; more is a loop between servers. */
const MAX_REDIRECTS = 5;

/** Kept through the tries of one target; `reset` when it is set on its way anew. */
export class TargetRoute {
  readonly #random8hex: () => string;
  readonly #md5: Md5;
  /** Where a server has sent us. */
  #elsewhere: TargetAddress | undefined;
  /** Tries go there rather than to the place itself. */
  #goesElsewhere = false;
  #redirects = 0;
  #authQuery = '';
  #authAnswers = 0;
  #handshake: 'simple' | 'digest' = 'simple';

  constructor(random8hex: () => string, md5: Md5) {
    this.#random8hex = random8hex;
    this.#md5 = md5;
  }

  /** Forgets all that was learnt. */
  reset(): void {
    this.#elsewhere = undefined;
    this.#goesElsewhere = false;
    this.#handshake = 'simple';
    this.begin();
  }

  /** A new try, and no detour of the last one: a challenge is answered once, so its answer is of no more use. */
  begin(): void {
    this.#redirects = 0;
    this.#forgetAuth();
  }

  /** The next run's way, or what is wrong with the place. */
  next(place: TargetPlace): RouteStep | TargetUrlFault {
    const target = readTarget(place.url, place.streamKey);
    if ('field' in target) return target;
    const server = (this.#goesElsewhere ? this.#elsewhere : undefined) ?? target.address;
    const query = this.#authQuery;
    const address = { ...server, app: server.app + query, tcUrl: server.tcUrl + query };
    const answers = query.split('&').map((part) => part.slice(part.indexOf('=') + 1));
    const secrets = [place.password, place.user, ...answers];
    return { server, address, streamName: target.streamName, handshake: this.#handshake, secrets };
  }

  /**
   * The server moves us elsewhere while we are live (Reconnect Request): the way there, which is a new one with its
   * own redirects and sign-in. Undefined when we must not go there.
   */
  moved(step: RouteStep, tcUrl: string | undefined): TargetRoute | undefined {
    const address = followed(step.server, tcUrl);
    if (address === undefined) return undefined;
    const route = new TargetRoute(this.#random8hex, this.#md5);
    route.#goTo(address);
    route.#handshake = this.#handshake;
    return route;
  }

  /** The place itself has let us in: where we were sent before no longer counts. */
  arrived(): void {
    if (!this.#goesElsewhere) this.#elsewhere = undefined;
  }

  /**
   * A try has failed before it was live. Where a server has sent us may be gone, and then the place itself knows
   * better; or the place is gone, as it said it would be: tries take turns.
   */
  failed(): void {
    this.#goesElsewhere = !this.#goesElsewhere && this.#elsewhere !== undefined;
  }

  /**
   * Whether an end only asks for another way: `again` at once, a verdict when that way is closed, undefined when the
   * end is about something else.
   */
  detour(end: RunEnd, place: TargetPlace, step: RouteStep): 'again' | Verdict | undefined {
    if (end.kind === 'closed' && end.step === 'handshake') return this.#otherHandshake();
    if (end.kind !== 'refused' || end.step !== 'connect') return undefined;
    if (end.redirect !== undefined) return this.#redirect(end.redirect, place, step);
    return end.challenge === undefined ? undefined : this.#authenticate(end.challenge, place, step);
  }

  #goTo(address: TargetAddress): void {
    this.#elsewhere = address;
    this.#goesElsewhere = true;
    this.#forgetAuth();
  }

  #forgetAuth(): void {
    this.#authQuery = '';
    this.#authAnswers = 0;
  }

  /** A server that hangs up on a simple handshake may want the digest one; tried once, then simple again. */
  #otherHandshake(): 'again' | undefined {
    const wasSimple = this.#handshake === 'simple';
    this.#handshake = wasSimple ? 'digest' : 'simple';
    return wasSimple ? 'again' : undefined;
  }

  #redirect(redirect: string, place: TargetPlace, step: RouteStep): 'again' | Verdict {
    const { platformName: name } = place;
    const address = followed(step.server, redirect);
    if (address === undefined) {
      const words = `${name} sends this stream on to an address that cannot be used, or that is not encrypted as yours is. Check the server URL with the platform.`;
      return { code: 'bad-redirect', message: words, retry: false };
    }
    if (++this.#redirects > MAX_REDIRECTS) {
      return {
        code: 'too-many-redirects',
        message: `${name} sends this stream on from server to server without end.`,
        retry: true,
      };
    }
    this.#goTo(address);
    return 'again';
  }

  #authenticate(challenge: string, place: TargetPlace, step: RouteStep): 'again' | Verdict | undefined {
    const { user, password, platformName: name } = place;
    const { app } = step.server;
    const credentials = { user, password, app, random8hex: this.#random8hex(), attempt: this.#authAnswers };
    const next = nextAuth(challenge, credentials, this.#md5);
    if (next.kind === 'not-auth') return undefined;
    if (next.kind === 'failed') {
      this.#forgetAuth();
      return { code: `auth-${next.reason}`, message: authWords(name, next.reason), retry: false };
    }
    this.#authQuery = next.query;
    this.#authAnswers++;
    return 'again';
  }
}

/** An encrypted connection is never led to a plain one: the key would go out in the clear. */
function followed(from: TargetAddress, tcUrl: string | undefined): TargetAddress | undefined {
  const address = readTargetUrl(resolveTcUrl(from.tcUrl, tcUrl));
  if ('field' in address || (from.tls && !address.tls)) return undefined;
  return address;
}

function authWords(name: string, reason: AuthFailure): string {
  const words: Readonly<Record<AuthFailure, string>> = {
    'no-credentials': `${name} wants a user and a password. Enter both in this target's settings.`,
    'wrong-password': `${name} says that the password is wrong. Enter it again in this target's settings.`,
    'no-such-user': `${name} does not know this user. Check the user in this target's settings.`,
    'not-accepted': `${name} did not accept user and password. Check both in this target's settings.`,
    'unknown-method': `${name} wants a way of signing in that is not known here. Ask its operator for a stream key without sign-in.`,
    'bad-challenge': `${name} asked for a sign-in in a form that cannot be answered. Ask its operator.`,
  };
  return words[reason];
}
