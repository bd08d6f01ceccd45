/**
 * The webhooks: kept, shown without what protects them, and fed with events.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import {
  MAX_WEBHOOKS,
  type Webhook,
  type WebhookCreate,
  type WebhookDelivery,
  type WebhookPatch,
} from '../../src-shared/model/notice.ts';
import { shownHookUrl, type Hook } from '../notices/webhook-request.ts';
import { WebhookSender } from '../notices/webhook-sender.ts';
import type { Fetch } from '../notices/webhook-try.ts';
import type { SavedWebhook } from '../settings/settings.ts';
import { given, newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

/** What stands for a password where a URL is shown. */
const DOTS = '••••';

/** What a book works with. */
export type WebhookBookOptions = {
  readonly parts: Pick<StudioParts, 'settings' | 'secrets' | 'clock' | 'random' | 'hmacSha256'> & {
    readonly events: Pick<StudioParts['events'], 'write'>;
  };
  /** The global `fetch` in the programs. */
  readonly fetch: Fetch;
  /** Of Relaydeck. */
  readonly version: string;
  /** Takes secrets out of a text: events leave this computer. */
  readonly redact: (text: string) => string;
};

/** All webhooks. Their URLs and secrets are in the secret store, and leave it in requests only. */
export class WebhookBook {
  readonly #parts: WebhookBookOptions['parts'];
  readonly #sender: WebhookSender;
  /** By webhook id; as many as there are webhooks. */
  readonly #newest = new Map<string, WebhookDelivery>();

  constructor({ parts, fetch, version, redact }: WebhookBookOptions) {
    this.#parts = parts;
    const { clock, random, hmacSha256 } = parts;
    this.#sender = new WebhookSender({
      clock,
      random,
      hmacSha256,
      fetch,
      version,
      redact,
      hooks: () => this.#saved().map((saved) => this.#hook(saved)),
      onDelivery: (id, delivery) => {
        // A test may end after its webhook was deleted.
        if (this.#saved().some((saved) => saved.id === id)) this.#newest.set(id, delivery);
      },
      onFailingLong: (_id, words) => {
        parts.events.write('warning', 'webhook-failing', words);
      },
    });
  }

  list(): Webhook[] {
    return this.#saved().map((saved) => this.#shown(saved));
  }

  /** @throws {CommandRefused} `too-many-webhooks`, `bad-request` */
  create({ name, url, secret, enabled, leastLevel, codes }: WebhookCreate): Webhook {
    const { settings, random } = this.#parts;
    if (this.#saved().length >= MAX_WEBHOOKS) {
      const words = `There are ${MAX_WEBHOOKS} webhooks already, which is the most. Delete one first.`;
      throw new CommandRefused('too-many-webhooks', words);
    }
    refuseDots(url);
    const saved: SavedWebhook = {
      id: newId(random),
      name,
      enabled: enabled ?? true,
      leastLevel: leastLevel ?? 'warning',
      codes: [...new Set(codes)],
    };
    this.#keep(saved.id, { url, secret: secret ?? '' });
    settings.update((before) => ({ ...before, webhooks: [...before.webhooks, saved] }));
    return this.#shown(saved);
  }

  /**
   * What is left out stays, and so does a URL that comes as it is shown.
   * @throws {CommandRefused} `no-such-webhook`, `bad-request`
   */
  update({ id, ...patch }: WebhookPatch & { readonly id: string }): Webhook {
    const before = this.#find(id);
    const kept = this.#hook(before);
    const wanted = patch.url ?? kept.url;
    const isSame = wanted === kept.url || wanted === shownHookUrl(kept.url);
    const url = isSame ? kept.url : wanted;
    if (!isSame) refuseDots(url);
    const { name, enabled, leastLevel } = patch;
    const codes = patch.codes && [...new Set(patch.codes)];
    const after: SavedWebhook = { ...before, ...given({ name, enabled, leastLevel, codes }) };
    this.#keep(id, { url, secret: patch.secret ?? kept.secret });
    this.#parts.settings.update((settings) => ({
      ...settings,
      webhooks: settings.webhooks.map((saved) => (saved.id === id ? after : saved)),
    }));
    return this.#shown(after);
  }

  /** Forgets it, and all that waits for it. @throws {CommandRefused} `no-such-webhook` */
  delete(id: string): void {
    this.#find(id);
    this.#parts.settings.update((settings) => ({
      ...settings,
      webhooks: settings.webhooks.filter((saved) => saved.id !== id),
    }));
    this.#keep(id, { url: '', secret: '' });
    this.#newest.delete(id);
  }

  /** Sends one event now, whether or not the webhook is on. @throws {CommandRefused} `no-such-webhook` */
  async test(id: string): Promise<WebhookDelivery> {
    return this.#sender.testDelivery(this.#hook(this.#find(id)));
  }

  /** Call it once for every event; returns at once. */
  event(event: LogEvent): void {
    this.#sender.offer(event);
  }

  /** Nothing is sent any more; what waits is forgotten. */
  close(): void {
    this.#sender.close();
  }

  #saved(): readonly SavedWebhook[] {
    return this.#parts.settings.value.webhooks;
  }

  #find(id: string): SavedWebhook {
    const saved = this.#saved().find((webhook) => webhook.id === id);
    if (saved !== undefined) return saved;
    throw new CommandRefused('no-such-webhook', `There is no webhook with the id "${id}".`);
  }

  #hook(saved: SavedWebhook): Hook {
    const { secrets } = this.#parts;
    const url = secrets.get(`webhook/${saved.id}/url`)?.reveal() ?? '';
    return { ...saved, url, secret: secrets.get(`webhook/${saved.id}/secret`)?.reveal() ?? '' };
  }

  #shown(saved: SavedWebhook): Webhook {
    const { id, name, enabled, leastLevel, codes } = saved;
    const { url, secret } = this.#hook(saved);
    const lastDelivery = this.#newest.get(id) ?? null;
    const hasSecret = secret !== '';
    return { id, name, url: shownHookUrl(url), enabled, leastLevel, codes, hasSecret, lastDelivery };
  }

  /** Empty texts are forgotten. */
  #keep(id: string, texts: { readonly url: string; readonly secret: string }): void {
    const { secrets } = this.#parts;
    for (const field of ['url', 'secret'] as const) {
      if (texts[field] === '') secrets.delete(`webhook/${id}/${field}`);
      else secrets.set(`webhook/${id}/${field}`, texts[field]);
    }
  }
}

/** A new address beside the dots of an old password would be called with the dots. */
function refuseDots(url: string): void {
  if (!url.includes(DOTS)) return;
  const words = 'Enter the whole address, with its password: the dots only stand for one that is not shown.';
  throw new CommandRefused('bad-request', words, 'url');
}
