/**
 * The contract between the studio and whoever steers it (window, HTTP API): commands with their arguments and
 * answers, updates, refusals. Both ends infer their types from this data and check it on arrival.
 * @module
 */
import { z } from 'zod';
import { incomingConnectionSchema, ingestSchema } from '../model/ingest.ts';
import { logEventSchema } from '../model/log-event.ts';
import { platformPresetSchema } from '../model/platform-preset.ts';
import { studioStateSchema, uplinkSchema } from '../model/studio-state.ts';
import { targetSchema } from '../model/target.ts';

/** Longest name of an ingest or a target, characters: what a row of the window can show. */
export const MAX_NAME_CHARS = 80;
/** Longest URL or key, characters: the longest keys seen (signed CDN keys) are below 1 000. */
export const MAX_URL_CHARS = 2048;
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

const byId = z.strictObject({ id });
const nothing = z.strictObject({});
const done = z.null();

/** Body of POST for an ingest; the forms of the window use these too. */
export const ingestCreateSchema = z.strictObject({
  name,
  streamKey: ingestKey.optional(),
  holdSeconds: holdSeconds.optional(),
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
});
/** Body of PATCH on a target: what is left out stays. */
export const targetPatchSchema = targetCreateSchema.partial();

/** Every command: the arguments it takes, the answer it gives. */
export const commands = {
  'state.get': { args: nothing, answer: studioStateSchema },
  'platforms.list': { args: nothing, answer: z.array(platformPresetSchema) },
  'ingest.create': { args: ingestCreateSchema, answer: ingestSchema },
  'ingest.update': { args: ingestPatchSchema.extend({ id }), answer: ingestSchema },
  'ingest.delete': { args: byId, answer: done },
  /** Makes a new stream key; the old one is refused from then on. */
  'ingest.renew-key': { args: byId, answer: ingestSchema },
  /** Ends a hold now: the targets say goodbye. */
  'ingest.end-hold': { args: byId, answer: ingestSchema },
  'ingest.start-test-signal': { args: byId, answer: ingestSchema },
  'ingest.stop-test-signal': { args: byId, answer: ingestSchema },
  /** Where the live picture can be fetched as FLV over HTTP; the address holds what it needs to be let in. */
  'ingest.preview-url': { args: byId, answer: z.object({ url: z.string() }).readonly() },
  'target.create': { args: targetCreateSchema, answer: targetSchema },
  'target.update': { args: targetPatchSchema.extend({ id }), answer: targetSchema },
  'target.delete': { args: byId, answer: done },
  /** Sets `enabled`, and tries again at once when the target had failed or waits for its next try. */
  'target.start': { args: byId, answer: targetSchema },
  /** Clears `enabled`; the platform is told goodbye. */
  'target.stop': { args: byId, answer: targetSchema },
  'targets.start-all': { args: nothing, answer: done },
  'targets.stop-all': { args: nothing, answer: done },
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
