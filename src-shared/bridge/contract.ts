/**
 * The contract between the studio and whoever steers it (window, HTTP API): commands with their arguments and
 * answers, updates, refusals. Both ends infer their types from this data and check it on arrival.
 * @module
 */
import { z } from 'zod';
import {
  holdPictureSchema,
  holdThenSchema,
  incomingConnectionSchema,
  ingestSchema,
  sourceRoleSchema,
  switchBackSchema,
} from '../model/ingest.ts';
import { logEventSchema } from '../model/log-event.ts';
import { platformPresetSchema } from '../model/platform-preset.ts';
import {
  diagnosisSchema,
  rtmpHostSchema,
  studioSettingsSchema,
  studioStateSchema,
  uplinkSchema,
} from '../model/studio-state.ts';
import {
  noticeSchema,
  noticeSettingsPatchSchema,
  noticeSettingsSchema,
  webhookCreateSchema,
  webhookDeliverySchema,
  webhookPatchSchema,
  webhookSchema,
} from '../model/notice.ts';
import { rehearsalSchema } from '../model/rehearsal.ts';
import { showReportSchema, showSummarySchema } from '../model/show-report.ts';
import { backupModeSchema, targetSchema } from '../model/target.ts';
import {
  importPlanSchema,
  importPreviewSchema,
  MAX_TARGET_FILE_CHARS,
  targetExportSchema,
  targetFileSchema,
  targetImportSchema,
} from '../model/target-import.ts';

/**
 * Longest message to the studio, bytes: a whole file of targets, each character of it in the six bytes that JSON may
 * need for one, and what stands around it.
 */
export const MAX_MESSAGE_BYTES = 6 * MAX_TARGET_FILE_CHARS + 64 * 1024;
/** Longest name of an ingest or a target, characters: what a row of the window can show. */
export const MAX_NAME_CHARS = 80;
/** Longest URL or key, characters: the longest keys seen (signed CDN keys) are below 1 000. */
export const MAX_URL_CHARS = 2048;
/** Longest delay of a target or a show, seconds: what the longest events ask for. */
export const MAX_DELAY_SECONDS = 600;
/** Longest wait before a target goes live, seconds: a day. */
export const MAX_START_AFTER_SECONDS = 86_400;
/** Longest hold, seconds: an hour; platforms end a broadcast that shows nothing new for longer. */
export const MAX_HOLD_SECONDS = 3600;

const name = z
  .string({ error: 'must be text' })
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_NAME_CHARS, `must be at most ${MAX_NAME_CHARS} characters`);
const id = z.string({ error: 'must be text' }).min(1, 'must not be empty').max(64, 'is too long');
const ingestKey = z
  .string({ error: 'must be text' })
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters')
  .regex(
    /^[A-Za-z0-9._~-]+$/,
    'may hold letters, digits and . _ ~ - only, so that every encoder can send it unchanged',
  );
const holdSeconds = z
  .number({ error: 'must be a number of seconds' })
  .min(0, 'must be 0 (off) or more')
  .max(MAX_HOLD_SECONDS, `must be at most ${MAX_HOLD_SECONDS} seconds`);
const url = z
  .string({ error: 'must be text' })
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_URL_CHARS, `must be at most ${MAX_URL_CHARS} characters`);
const targetKey = z
  .string({ error: 'must be text' })
  .trim()
  .max(MAX_URL_CHARS, `must be at most ${MAX_URL_CHARS} characters`);
const platform = z.string({ error: 'must be text' }).min(1, 'must not be empty').max(64, 'is too long');
const optionalText = z
  .string({ error: 'must be text' })
  .trim()
  .max(MAX_URL_CHARS, `must be at most ${MAX_URL_CHARS} characters`);
const certificateSha256 = z
  .string({ error: 'must be text' })
  .trim()
  .regex(
    /^$|^([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/,
    'must be a SHA-256 fingerprint: 64 hex digits, colons allowed',
  );
const enabled = z.boolean({ error: 'must be true or false' });

/** A number of seconds from `least` to `most`. */
function seconds(most: number, least = 0): z.ZodNumber {
  return z
    .number({ error: 'must be a number of seconds' })
    .min(least, `must be ${least} or more`)
    .max(most, `must be at most ${most} seconds`);
}
const delaySeconds = seconds(MAX_DELAY_SECONDS);
const port = z
  .number({ error: 'must be a port: a number from 1 to 65535' })
  .int('must be a port: a whole number')
  .min(1, 'must be a port from 1 to 65535')
  .max(65_535, 'must be a port from 1 to 65535');
const budgetKbps = z
  .number({ error: 'must be a number of kbit/s, or null for no limit' })
  .min(100, 'must be 100 kbit/s or more, or null for no limit')
  .max(100_000_000, 'must be at most 100000000 kbit/s')
  .nullable();

const byId = z.strictObject({ id });
const nothing = z.strictObject({});
const done = z.null();

/** Body of POST for an ingest; the forms of the window use these too. */
export const ingestCreateSchema = z.strictObject({
  name,
  streamKey: ingestKey.optional(),
  holdSeconds: holdSeconds.optional(),
  /** When the hold time is up. */
  holdThen: holdThenSchema.optional(),
  holdPicture: holdPictureSchema.optional(),
  /** Path of a picture (PNG, JPEG) on the relay's computer; empty: the built-in one. */
  holdPictureFile: optionalText.optional(),
  /** Seconds without video after which a connected encoder counts as gone; 0: never. */
  stallSeconds: seconds(60).optional(),
  /** Whether a second encoder may stand by under a key of its own. */
  backup: enabled.optional(),
  /** Key of the backup encoder; one is made when none is given. */
  backupStreamKey: ingestKey.optional(),
  switchBack: switchBackSchema.optional(),
  switchBackSeconds: seconds(600).optional(),
});
/** Body of PATCH on an ingest: what is left out stays. */
export const ingestPatchSchema = ingestCreateSchema.partial();
/** Body of POST for a target. */
export const targetCreateSchema = z.strictObject({
  name,
  /** May be left out for the rehearsal platform only. */
  url: url.optional(),
  streamKey: targetKey.optional(),
  ingestId: id.optional(),
  platform: platform.optional(),
  enabled: enabled.optional(),
  /** For servers that ask who you are (`authmod=adobe`, `authmod=llnw`); empty: none. */
  user: optionalText.optional(),
  /** Written, never read back; empty: none. */
  password: optionalText.optional(),
  /** SHA-256 of the server's certificate, hex: that one is trusted and no other; empty: the usual check. */
  certificateSha256: certificateSha256.optional(),
  /** `socks5://[user:password@]host:port` or `http://…`; written, read back without its password; empty: none. */
  proxy: optionalText.optional(),
  /** Address of this computer to connect from; empty: the system chooses. */
  bindAddress: optionalText.optional(),
  /** Behind the show by this much. */
  delaySeconds: delaySeconds.optional(),
  /** Wall time, ISO 8601, before which it does not go live; null: at once. */
  startAt: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-11-22T20:00:00Z, or null' })
    .nullable()
    .optional(),
  /** Seconds after the show has begun before which it does not go live; null: at once. */
  startAfterSeconds: seconds(MAX_START_AFTER_SECONDS).nullable().optional(),
  backupMode: backupModeSchema.optional(),
  /** Server URL of the second connection; empty: the platform's own backup server, where it has one. */
  backupUrl: optionalText.optional(),
  /** Written, never read back; empty: the same key as the first connection. */
  backupStreamKey: targetKey.optional(),
});
/** Body of PATCH on a target: what is left out stays. */
export const targetPatchSchema = targetCreateSchema.partial();

/** Body of PATCH on the settings: what is left out stays. */
export const settingsPatchSchema = z.strictObject({
  /** From where encoders may connect. This and the ports are used from the next start on. */
  rtmpHost: rtmpHostSchema.optional(),
  rtmpPort: port.optional(),
  /** RTMP over TLS; null: off. */
  rtmpsPort: port.nullable().optional(),
  /** Of the window and the HTTP API. */
  httpPort: port.optional(),
  /** Upload that all targets may take together, 1000 bit/s; null: what the line carries. */
  uplinkBudgetKbps: budgetKbps.optional(),
  /** Path of the FFmpeg to use; empty: the one that comes with Relaydeck, or the system's. */
  ffmpegPath: optionalText.optional(),
  /** Days that shows are kept for; 0: none is. */
  historyDays: z
    .number({ error: 'must be a number of days' })
    .int('must be a whole number of days')
    .min(0, 'must be 0 (none) or more')
    .max(3650, 'must be at most 3650 days')
    .optional(),
});
/** Body of POST for a rehearsal. */
export const rehearsalStartSchema = z.strictObject({
  ingestId: id.optional(),
  seconds: seconds(300, 5).optional(),
});
/** Body of POST for a switch between the two encoders of an ingest. */
export const switchSourceSchema = z.strictObject({ to: sourceRoleSchema });
/** Body of POST for a show-wide delay. */
export const armDelaySchema = z.strictObject({ seconds: seconds(MAX_DELAY_SECONDS, 1) });
/** Body of POST for the order of targets. */
export const reorderSchema = z.strictObject({ ids: z.array(id).max(1000, 'are too many') });

/** Every command: the arguments it takes, the answer it gives. */
export const commands = {
  'state.get': { args: nothing, answer: studioStateSchema },
  'platforms.list': { args: nothing, answer: z.array(platformPresetSchema) },
  'ingest.create': { args: ingestCreateSchema, answer: ingestSchema },
  'ingest.update': { args: ingestPatchSchema.extend({ id }), answer: ingestSchema },
  'ingest.delete': { args: byId, answer: done },
  /** Brings back what was deleted less than 30 s ago, under the same id, at its place, with its keys. */
  'ingest.restore': { args: byId, answer: ingestSchema },
  /** Makes a new stream key; the old one is refused from then on. */
  'ingest.renew-key': { args: byId, answer: ingestSchema },
  /** Ends a hold now: the targets say goodbye. */
  'ingest.end-hold': { args: byId, answer: ingestSchema },
  /** The other encoder goes on air at its next keyframe. */
  'ingest.switch-source': { args: switchSourceSchema.extend({ id }), answer: ingestSchema },
  /** Begins to fill the buffer of a show-wide delay; targets stay live. */
  'ingest.arm-delay': { args: armDelaySchema.extend({ id }), answer: ingestSchema },
  /** The targets get what is that old, from a keyframe on, as soon as the buffer is long enough. */
  'ingest.activate-delay': { args: byId, answer: ingestSchema },
  /** The targets are live again from the next keyframe on; the buffer is thrown away. */
  'ingest.cut-delay': { args: byId, answer: ingestSchema },
  'ingest.start-test-signal': { args: byId, answer: ingestSchema },
  'ingest.stop-test-signal': { args: byId, answer: ingestSchema },
  /** Where the live picture can be fetched as FLV over HTTP; the address holds what it needs to be let in. */
  'ingest.preview-url': { args: byId, answer: z.object({ url: z.string() }).readonly() },
  /** Where what a target is really sent (after drops, hold and delay) can be fetched; as `ingest.preview-url`. */
  'target.preview-url': { args: byId, answer: z.object({ url: z.string() }).readonly() },
  /** Where this window can be opened in a browser, such as a dock of OBS; the address lets its holder in. */
  'window.url': { args: nothing, answer: z.object({ url: z.string() }).readonly() },
  'target.create': { args: targetCreateSchema, answer: targetSchema },
  'target.update': { args: targetPatchSchema.extend({ id }), answer: targetSchema },
  'target.delete': { args: byId, answer: done },
  /** Brings back what was deleted less than 30 s ago, under the same id, at its place, with its keys, on or off as it was. */
  'target.restore': { args: byId, answer: targetSchema },
  /** Sets `enabled`, and tries again at once when the target had failed or waits for its next try. */
  'target.start': { args: byId, answer: targetSchema },
  /** Clears `enabled`; the platform is told goodbye. */
  'target.stop': { args: byId, answer: targetSchema },
  'targets.start-all': { args: nothing, answer: done },
  'targets.stop-all': { args: nothing, answer: done },
  /** Most important first; targets that are left out keep their order behind these. */
  'targets.reorder': { args: reorderSchema, answer: done },
  /** Writes the targets into a file's text; the keys only under a passphrase. */
  'targets.export': { args: targetExportSchema, answer: targetFileSchema },
  /** What of a file may be taken in; changes nothing. */
  'targets.preview-import': { args: importPreviewSchema, answer: importPlanSchema },
  /** What of OBS's profiles on the studio's computer may be taken in; changes nothing. */
  'targets.find-in-obs': { args: nothing, answer: importPlanSchema },
  /** Takes targets of a plan in, all or none; they are switched off. */
  'targets.import': { args: targetImportSchema, answer: z.array(targetSchema) },
  'settings.get': { args: nothing, answer: studioSettingsSchema },
  'settings.update': { args: settingsPatchSchema, answer: studioSettingsSchema },
  /** Shows that were kept, newest first. */
  'history.list': { args: nothing, answer: z.array(showSummarySchema) },
  'history.report': { args: byId, answer: showReportSchema },
  'notices.get': { args: nothing, answer: noticeSettingsSchema },
  'notices.update': { args: noticeSettingsPatchSchema, answer: noticeSettingsSchema },
  'webhooks.list': { args: nothing, answer: z.array(webhookSchema) },
  'webhook.create': { args: webhookCreateSchema, answer: webhookSchema },
  'webhook.update': { args: webhookPatchSchema.extend({ id }), answer: webhookSchema },
  'webhook.delete': { args: byId, answer: done },
  /** Sends one event now, and tells what came of it. */
  'webhook.test': { args: byId, answer: webhookDeliverySchema },
  /** Writes a file that may be shown to others: no key is in it. */
  'diagnosis.write': { args: nothing, answer: diagnosisSchema },
  /** Sends to every target at once, the ones that allow it as a bandwidth test, and tells what the line carries. */
  'rehearsal.start': { args: rehearsalStartSchema, answer: rehearsalSchema },
  'rehearsal.stop': { args: nothing, answer: rehearsalSchema.nullable() },
} as const;

/** The table of commands, as a type. */
export type Commands = typeof commands;
/** Every command's name. */
export type CommandName = keyof Commands;
export type CommandArgs<K extends CommandName> = z.infer<Commands[K]['args']>;
export type CommandAnswer<K extends CommandName> = z.infer<Commands[K]['answer']>;

/** Why a command was not carried out: stable code, a sentence, the field it is about. */
export const refusalSchema = z
  .object({ code: z.string(), message: z.string(), field: z.string().nullable() })
  .readonly();
export type Refusal = z.infer<typeof refusalSchema>;

/** What a subscriber gets: the snapshot first, then every change in order. */
export const updateSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), state: studioStateSchema }).readonly(),
  z.object({ type: z.literal('ingest'), ingest: ingestSchema }).readonly(),
  z.object({ type: z.literal('ingest-removed'), id: z.string() }).readonly(),
  z.object({ type: z.literal('target'), target: targetSchema }).readonly(),
  z.object({ type: z.literal('target-removed'), id: z.string() }).readonly(),
  z.object({ type: z.literal('connection'), connection: incomingConnectionSchema }).readonly(),
  z.object({ type: z.literal('event'), event: logEventSchema }).readonly(),
  z.object({ type: z.literal('uplink'), uplink: uplinkSchema }).readonly(),
  z.object({ type: z.literal('rehearsal'), rehearsal: rehearsalSchema }).readonly(),
  /** Something needs a person. */
  z.object({ type: z.literal('notice'), notice: noticeSchema }).readonly(),
  z.object({ type: z.literal('notice-settings'), settings: noticeSettingsSchema }).readonly(),
  /** The targets' ids, most important first. */
  z.object({ type: z.literal('target-order'), ids: z.array(z.string()).readonly() }).readonly(),
  z.object({ type: z.literal('ingest-order'), ids: z.array(z.string()).readonly() }).readonly(),
]);
export type Update = z.infer<typeof updateSchema>;

/** Caller to studio. Over Electron IPC and over the WebSocket alike, one value per message. */
export const callSchema = z
  .object({ kind: z.literal('call'), callId: z.number(), command: z.string(), args: z.unknown() })
  .readonly();
/** Asks for the snapshot and all that follows. */
export const subscribeSchema = z.object({ kind: z.literal('subscribe') }).readonly();
/** All that a caller may send. */
export const toStudioSchema = z.discriminatedUnion('kind', [callSchema, subscribeSchema]);
export type ToStudio = z.infer<typeof toStudioSchema>;

/** Studio to caller. */
export const fromStudioSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), callId: z.number(), value: z.unknown() }).readonly(),
  z.object({ kind: z.literal('refusal'), callId: z.number(), refusal: refusalSchema }).readonly(),
  z.object({ kind: z.literal('update'), update: updateSchema }).readonly(),
]);
export type FromStudio = z.infer<typeof fromStudioSchema>;
