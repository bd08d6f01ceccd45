/**
 * What is saved between runs, version 1. Keys are not here: they live in `secrets`.
 * @module
 */
import { z } from 'zod';
import { holdPictureSchema, holdThenSchema, switchBackSchema } from '../../src-shared/model/ingest.ts';
import {
  DEFAULT_NOTICE_SETTINGS,
  noticeLevelSchema,
  noticeSettingsSchema,
} from '../../src-shared/model/notice.ts';
import { rtmpHostSchema } from '../../src-shared/model/studio-state.ts';
import { backupModeSchema } from '../../src-shared/model/target.ts';

const unique = (items: readonly { readonly id: string }[]): boolean =>
  new Set(items.map((item) => item.id)).size === items.length;

/** An ingest as it is saved; its keys are the secrets `ingest/<id>/stream-key` and `ingest/<id>/play-key`. */
export const savedIngestSchema = z
  .object({
    id: z.string().min(1),
    name: z.string(),
    app: z.string().min(1),
    /** Seconds the targets are kept alive after the encoder is gone; 0 is off. */
    holdSeconds: z.number().min(0),
    holdThen: holdThenSchema.default('end'),
    holdPicture: holdPictureSchema.default('slate'),
    /** Empty: the built-in picture. */
    holdPictureFile: z.string().default(''),
    /** Seconds without video after which a connected encoder counts as gone; 0: never. */
    stallSeconds: z.number().min(0).default(3),
    /** Whether there is a backup encoder; its key is the secret `ingest/<id>/backup-key`. */
    backup: z.boolean().default(false),
    switchBack: switchBackSchema.default('auto'),
    switchBackSeconds: z.number().min(0).default(10),
  })
  .readonly();
export type SavedIngest = z.infer<typeof savedIngestSchema>;

/** A target as it is saved; its key is the secret `target/<id>/stream-key`, its proxy `target/<id>/proxy`. */
export const savedTargetSchema = z
  .object({
    id: z.string().min(1),
    name: z.string(),
    platform: z.string().min(1),
    url: z.string(),
    ingestId: z.string(),
    enabled: z.boolean(),
    /** For servers that ask who you are; the password is the secret `target/<id>/password`. */
    user: z.string().default(''),
    /** Hex; empty: the usual check. */
    certificateSha256: z.string().default(''),
    /** Address of this computer to connect from; empty: the system chooses. */
    bindAddress: z.string().default(''),
    delaySeconds: z.number().min(0).default(0),
    /** ISO 8601. */
    startAt: z.iso.datetime({ offset: true }).nullable().default(null).catch(null),
    startAfterSeconds: z.number().min(0).max(86_400).nullable().default(null).catch(null),
    backupMode: backupModeSchema.default('off'),
    /** Its key is the secret `target/<id>/backup-key`; without one it is the first connection's. */
    backupUrl: z.string().default(''),
  })
  .readonly();
export type SavedTarget = z.infer<typeof savedTargetSchema>;

/** A webhook as it is saved; its address and its secret are the secrets `webhook/<id>/url` and `webhook/<id>/secret`. */
export const savedWebhookSchema = z
  .object({
    id: z.string().min(1),
    name: z.string(),
    enabled: z.boolean(),
    leastLevel: noticeLevelSchema,
    codes: z.array(z.string()).readonly(),
  })
  .readonly();
export type SavedWebhook = z.infer<typeof savedWebhookSchema>;

const savedPort = z.number().int().min(1).max(65_535);

/** The whole file. */
export const settingsSchema = z
  .object({
    version: z.literal(1),
    ingests: z.array(savedIngestSchema).readonly().refine(unique, 'the same id is there twice'),
    /** Most important first. */
    targets: z.array(savedTargetSchema).readonly().refine(unique, 'the same id is there twice'),
    /** Where the next start listens, unless a flag says otherwise. */
    rtmpHost: rtmpHostSchema.default('127.0.0.1'),
    rtmpPort: savedPort.default(1935),
    /** Null: no RTMP over TLS. */
    rtmpsPort: savedPort.nullable().default(null),
    httpPort: savedPort.default(8935),
    /** Upload that all targets may take together, 1000 bit/s; null is no limit. */
    uplinkBudgetKbps: z.number().positive().nullable(),
    /** Empty: the one that comes with Relaydeck, or the system's. */
    ffmpegPath: z.string().default(''),
    /** Days that shows are kept for; 0: none is. */
    historyDays: z.number().int().min(0).default(90),
    notices: noticeSettingsSchema.default(DEFAULT_NOTICE_SETTINGS),
    webhooks: z.array(savedWebhookSchema).readonly().default([]),
  })
  .readonly();
export type Settings = z.infer<typeof settingsSchema>;

/** The version this program writes. */
export const SETTINGS_VERSION = 1;

/** What the first start begins with: one ingest, so that there is an address to paste at once. */
export const FIRST_SETTINGS: Settings = settingsSchema.parse({
  version: SETTINGS_VERSION,
  ingests: [{ id: 'main', name: 'Main', app: 'live', holdSeconds: 60 }],
  targets: [],
  uplinkBudgetKbps: null,
});
