/**
 * Sends events to webhooks.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { WebhookDelivery } from '../../src-shared/model/notice.ts';
import type { Clock } from '../platform/clock.ts';
import type { HmacSha256 } from '../platform/crypto.ts';
import type { Random } from '../platform/random.ts';
import { isAtLeast } from './is-at-least.ts';
import { WebhookQueue } from './webhook-queue.ts';
import { hookHost, webhookRequest, type Delivery, type Hook } from './webhook-request.ts';
import { tryOnce, type Fetch, type TryResult } from './webhook-try.ts';

/** A webhook that has taken nothing for this long is told of, once, ms. */
const LONG_FAILURE_MS = 3_600_000;
/** 128 bits: receivers keep ids to know repeats. */
const ID_BYTES = 16;

/** What a sender works with. */
export type WebhookSenderOptions = {
  readonly clock: Clock;
  readonly random: Random;
  /** The global `fetch` in the programs. */
  readonly fetch: Fetch;
  readonly hmacSha256: HmacSha256;
  /** Of Relaydeck. */
  readonly version: string;
  /** As they are now, secrets included. One that is gone or off takes what waits for it along. */
  readonly hooks: () => readonly Hook[];
  /** Takes secrets out of a text: an event leaves this computer. */
  readonly redact: (text: string) => string;
  /** After every try of every webhook. */
  readonly onDelivery: (hookId: string, delivery: WebhookDelivery) => void;
  /** A webhook has failed for an hour; told again only after it has taken something in between. */
  readonly onFailingLong: (hookId: string, words: string) => void;
};

/** Hands each event to every webhook that asked for it, in order, bounded. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #queues = new Map<string, WebhookQueue>();
  /** By webhook id: since when nothing was taken. */
  readonly #failing = new Map<string, { readonly since: number; told: boolean }>();
  readonly #stop = new AbortController();

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  /** Takes an event on for all webhooks that want it. Returns at once. */
  offer(event: LogEvent): void {
    if (this.#stop.signal.aborted) return;
    const hooks = this.#options.hooks();
    this.#forgetOthers(hooks);
    for (const hook of hooks) if (wants(hook, event)) this.#queueOf(hook.id).push(this.#delivery(event));
  }

  /**
   * One try, at once, beside the queue and whether or not the webhook is on: a person waits for the answer.
   * Never rejects.
   */
  async testDelivery(hook: Hook): Promise<WebhookDelivery> {
    const at = this.#isoNow();
    const message = `This is a test of the webhook "${hook.name}". Nothing has happened.`;
    const about = { ingestId: null, targetId: null };
    const event: LogEvent = { seq: 0, at, level: 'info', code: 'webhook-test', message, ...about };
    const result = await this.#try(hook, this.#delivery(event));
    if (result.ok) this.#failing.delete(hook.id);
    const delivery = this.#shown(hook, result, {});
    this.#options.onDelivery(hook.id, delivery);
    return delivery;
  }

  /** Events that wait for a webhook. */
  waiting(hookId: string): number {
    return this.#queues.get(hookId)?.waiting ?? 0;
  }

  /** Ends what is under way and forgets what waits: events of a studio that ends are news to nobody. */
  close(): void {
    this.#stop.abort();
    for (const queue of this.#queues.values()) queue.close();
    this.#queues.clear();
  }

  #queueOf(id: string): WebhookQueue {
    const known = this.#queues.get(id);
    if (known !== undefined) return known;
    const { clock, random } = this.#options;
    const queue = new WebhookQueue({
      clock,
      random,
      attempt: async (delivery) => {
        const hook = this.#hook(id);
        return hook?.enabled === true ? this.#try(hook, delivery) : undefined;
      },
      onTried: (result, waitMs) => {
        const hook = this.#hook(id);
        if (hook === undefined) return;
        const dropped = queue.takeDropped();
        const gaveUp = waitMs === undefined && result.mayRetry;
        this.#options.onDelivery(id, this.#shown(hook, result, { waitMs, dropped, gaveUp }));
        this.#watchFailure(hook, result);
      },
    });
    this.#queues.set(id, queue);
    return queue;
  }

  #hook(id: string): Hook | undefined {
    return this.#options.hooks().find((hook) => hook.id === id);
  }

  async #try(hook: Hook, delivery: Delivery): Promise<TryResult> {
    const { clock, fetch, hmacSha256, version } = this.#options;
    const request = webhookRequest(hook, delivery, { wallNow: clock.wallNow(), version, hmacSha256 });
    if (request === undefined) {
      const words = 'has a URL that cannot be used. It must start with http:// or https:// and name a host.';
      return { ok: false, status: null, words, mayRetry: false, retryAfterMs: 0 };
    }
    return tryOnce(request, { fetch, clock, stop: this.#stop.signal });
  }

  #delivery(event: LogEvent): Delivery {
    const { random, redact } = this.#options;
    const id = Buffer.from(random.bytes(ID_BYTES)).toString('hex');
    return { id, at: this.#isoNow(), event: { ...event, message: redact(event.message) } };
  }

  #shown(
    hook: Hook,
    { ok, status, words }: TryResult,
    {
      waitMs,
      dropped = 0,
      gaveUp = false,
    }: { waitMs?: number | undefined; dropped?: number; gaveUp?: boolean },
  ): WebhookDelivery {
    const parts = [
      `${hook.name} (${hookHost(hook.url)}) ${words}`,
      waitMs === undefined ? '' : `Tried again in ${Math.ceil(waitMs / 1000)} s.`,
      gaveUp ? 'This event is given up; the next one is tried.' : '',
      dropped === 0 ? '' : `${dropped} older events were left out because too many waited.`,
    ];
    return { at: this.#isoNow(), ok, status, message: parts.filter((part) => part !== '').join(' ') };
  }

  #watchFailure(hook: Hook, result: TryResult): void {
    if (result.ok) {
      this.#failing.delete(hook.id);
      return;
    }
    const now = this.#options.clock.now();
    const failing = this.#failing.get(hook.id) ?? { since: now, told: false };
    this.#failing.set(hook.id, failing);
    if (failing.told || now - failing.since < LONG_FAILURE_MS) return;
    failing.told = true;
    const words = `The webhook ${hook.name} has taken nothing for an hour: ${hookHost(hook.url)} ${result.words} Mend it, or switch it off.`;
    this.#options.onFailingLong(hook.id, words);
  }

  /** Queues of webhooks that were deleted. */
  #forgetOthers(hooks: readonly Hook[]): void {
    const ids = new Set(hooks.map(({ id }) => id));
    for (const [id, queue] of this.#queues) {
      if (ids.has(id)) continue;
      queue.close();
      this.#queues.delete(id);
    }
    for (const id of this.#failing.keys()) if (!ids.has(id)) this.#failing.delete(id);
  }

  #isoNow(): string {
    return new Date(this.#options.clock.wallNow()).toISOString();
  }
}

function wants(hook: Hook, { level, code }: LogEvent): boolean {
  return (
    hook.enabled &&
    isAtLeast(level, hook.leastLevel) &&
    (hook.codes.length === 0 || hook.codes.includes(code))
  );
}
