/**
 * What stands in the form of a webhook, and what is sent of it.
 * @module
 */
import type { NoticeLevel, Webhook, WebhookCreate, WebhookPatch } from '../../../src-shared/model/notice.ts';

export type WebhookValues = {
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly leastLevel: NoticeLevel;
  /** Codes as typed: apart by commas or spaces; empty: all. */
  readonly codes: string;
  /** Never read back; empty on a change: the old one stays. */
  readonly secret: string;
  /** Whether a secret that is there is to go. */
  readonly forgetSecret: boolean;
};

/** What stands in the form at first. */
export function startWebhook(webhook: Webhook | null): WebhookValues {
  return {
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    enabled: webhook?.enabled ?? true,
    leastLevel: webhook?.leastLevel ?? 'warning',
    codes: webhook?.codes.join(', ') ?? '',
    secret: '',
    forgetSecret: false,
  };
}

/** What is sent for a new webhook. */
export function createArgs({ url, ...values }: WebhookValues): WebhookCreate {
  return { ...commonArgs(values), url };
}

/** What is sent on a change. An address that was not touched stays out: it is shown without its password. */
export function updateArgs(webhook: Webhook, { url, ...values }: WebhookValues): WebhookPatch {
  return { ...commonArgs(values), ...(url === webhook.url ? {} : { url }) };
}

function commonArgs(values: Omit<WebhookValues, 'url'>) {
  const { name, enabled, leastLevel, codes, secret, forgetSecret } = values;
  return {
    name,
    enabled,
    leastLevel,
    codes: codesOf(codes),
    ...(forgetSecret ? { secret: '' } : secret === '' ? {} : { secret }),
  };
}

/** The codes in a text. */
export function codesOf(text: string): string[] {
  return [...new Set(text.toLowerCase().split(/[\s,;]+/))].filter((code) => code !== '');
}
