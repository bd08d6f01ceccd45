/**
 * Who is told of what needs a person: notices on this computer, and webhooks.
 * @module
 */
import { z } from 'zod';

/** Most webhooks: each may hold a queue of its own. */
export const MAX_WEBHOOKS = 20;
/** Most codes or targets in one list of them: more than there are codes. */
const MAX_LISTED = 200;
const MAX_NAME_CHARS = 80;
const MAX_URL_CHARS = 2048;
const MAX_SECRET_CHARS = 200;

/** Of an event, least first. */
export const noticeLevelSchema = z.enum(['info', 'warning', 'error']);
export type NoticeLevel = z.infer<typeof noticeLevelSchema>;

const flag = z.boolean({ error: 'must be true or false' });
const level = z.enum(['info', 'warning', 'error'], { error: 'must be info, warning or error' });
const code = z
  .string({ error: 'must be text' })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be codes of events, such as encoder-left')
  .max(64, 'is too long');
const id = z.string({ error: 'must be text' }).min(1, 'must not be empty').max(64, 'is too long');
const codes = z.array(code, { error: 'must be a list of codes' }).max(MAX_LISTED, 'are too many');
const ids = z.array(id, { error: 'must be a list of ids' }).max(MAX_LISTED, 'are too many');
const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-11-22T20:00:00Z, or null' });

/** What is notified here, and how. A value without fields gives the defaults. */
export const noticeSettingsSchema = z
  .object({
    /** Notifications of the operating system, from the desktop program. */
    desktop: z.boolean().default(true),
    /** In the window. */
    window: z.boolean().default(true),
    sound: z.boolean().default(false),
    /** Events below it are in the log only. */
    leastLevel: noticeLevelSchema.default('warning'),
    mutedCodes: z
      .array(z.string())
      .readonly()
      .default(() => []),
    /** Ids of targets. */
    mutedTargets: z
      .array(z.string())
      .readonly()
      .default(() => []),
    /** No notices before then; ISO 8601, null: no quiet time. */
    quietUntil: z.string().nullable().default(null),
  })
  .readonly();
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>;

/** What a first start begins with. */
export const DEFAULT_NOTICE_SETTINGS: NoticeSettings = noticeSettingsSchema.parse({});

/** Body of PATCH on the notice settings: what is left out stays. */
export const noticeSettingsPatchSchema = z.strictObject({
  desktop: flag.optional(),
  window: flag.optional(),
  sound: flag.optional(),
  leastLevel: level.optional(),
  mutedCodes: codes.optional(),
  mutedTargets: ids.optional(),
  quietUntil: time.nullable().optional(),
});
export type NoticeSettingsPatch = z.infer<typeof noticeSettingsPatchSchema>;

/** An event that a person is told of right now. */
export const noticeSchema = z
  .object({
    /** Of the event. */
    seq: z.number(),
    /** ISO 8601. */
    at: z.string(),
    level: noticeLevelSchema,
    code: z.string(),
    ingestId: z.string().nullable(),
    targetId: z.string().nullable(),
    title: z.string(),
    text: z.string(),
    /** Where it is to be shown, and whether with a sound. */
    desktop: z.boolean(),
    window: z.boolean(),
    sound: z.boolean(),
  })
  .readonly();
export type Notice = z.infer<typeof noticeSchema>;

/** How the newest try of a webhook went. */
export const webhookDeliverySchema = z
  .object({
    /** ISO 8601. */
    at: z.string(),
    ok: z.boolean(),
    /** Of HTTP; null: there was no answer. */
    status: z.number().nullable(),
    /** A sentence; names neither password nor path of the URL. */
    message: z.string(),
  })
  .readonly();
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

/** One webhook, as everybody sees it. */
export const webhookSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Without its password. */
    url: z.string(),
    enabled: z.boolean(),
    leastLevel: noticeLevelSchema,
    /** Only these codes; empty: all. */
    codes: z.array(z.string()).readonly(),
    /** Whether requests are signed; the secret itself is never shown. */
    hasSecret: z.boolean(),
    /** Null: there was none since the studio started. */
    lastDelivery: webhookDeliverySchema.nullable(),
  })
  .readonly();
export type Webhook = z.infer<typeof webhookSchema>;

/** Body of POST for a webhook. */
export const webhookCreateSchema = z.strictObject({
  name: z
    .string({ error: 'must be text' })
    .trim()
    .min(1, 'must not be empty')
    .max(MAX_NAME_CHARS, `must be at most ${MAX_NAME_CHARS} characters`),
  url: z
    .string({ error: 'must be text' })
    .trim()
    .max(MAX_URL_CHARS, `must be at most ${MAX_URL_CHARS} characters`)
    .regex(/^https?:\/\/[^\s/?#]/i, 'must start with http:// or https:// and name a host')
    .pipe(z.url('must be a whole address, such as http://127.0.0.1:9000/relaydeck')),
  enabled: flag.optional(),
  leastLevel: level.optional(),
  codes: codes.optional(),
  /** Signs each request; written, never read back; empty: none. */
  secret: z
    .string({ error: 'must be text' })
    .trim()
    .max(MAX_SECRET_CHARS, `must be at most ${MAX_SECRET_CHARS} characters`)
    .optional(),
});
export type WebhookCreate = z.infer<typeof webhookCreateSchema>;
/** Body of PATCH on a webhook: what is left out stays. */
export const webhookPatchSchema = webhookCreateSchema.partial();
export type WebhookPatch = z.infer<typeof webhookPatchSchema>;
