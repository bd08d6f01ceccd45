/**
 * Targets on their way out of a studio and into another: a file, and what of it may be taken in.
 * @module
 */
import { z } from 'zod';

/** Longest file of targets, characters: 1 MiB, a thousand targets with the longest keys seen. */
export const MAX_TARGET_FILE_CHARS = 1024 * 1024;
/** Shortest passphrase, characters: below it, what scrypt costs does not stop guessing. */
export const MIN_PASSPHRASE_CHARS = 8;
/** Longest passphrase, characters: a page of a book. */
const MAX_PASSPHRASE_CHARS = 1024;

const passphrase = z
  .string({ error: 'must be text' })
  .max(MAX_PASSPHRASE_CHARS, `must be at most ${MAX_PASSPHRASE_CHARS} characters`);

/** Body of POST for an export. */
export const targetExportSchema = z.strictObject({
  /** Locks the keys into the file; left out: they stay out of it. */
  passphrase: passphrase
    .min(MIN_PASSPHRASE_CHARS, `must be at least ${MIN_PASSPHRASE_CHARS} characters`)
    .optional(),
});

/** A file to be saved. */
export const targetFileSchema = z
  .object({
    fileName: z.string(),
    text: z.string(),
    targets: z.number(),
    /** Whether the keys are in it, locked by the passphrase. */
    withKeys: z.boolean(),
  })
  .readonly();

/** Body of POST for a look at a file. */
export const importPreviewSchema = z.strictObject({
  /** The file's text. */
  file: z
    .string({ error: 'must be text' })
    .max(MAX_TARGET_FILE_CHARS, 'is larger than 1 MiB: Relaydeck writes no such file'),
  /** Opens its keys; left out: they stay locked. */
  passphrase: passphrase.optional(),
});

/** Body of POST for taking in what was looked at. */
export const targetImportSchema = z.strictObject({
  planId: z.string({ error: 'must be text' }).max(64, 'is too long'),
  /** Of its entries. */
  ids: z
    .array(z.string({ error: 'must be text' }).max(64, 'is too long'), { error: 'must be a list' })
    .min(1, 'must name one target at least')
    .max(1000, 'are too many'),
});

/**
 * What it is beside the targets that are there. `same`: it is there already. `differs`: one like it is there.
 * `unusable`: it cannot be taken in.
 */
export const importMatchSchema = z.enum(['new', 'same', 'differs', 'unusable']);
export type ImportMatch = z.infer<typeof importMatchSchema>;

/** What of a target two of them may differ in. */
export const targetAspectSchema = z.enum([
  'name',
  'platform',
  'url',
  'stream-key',
  'delay',
  'schedule',
  'backup',
  'connection',
]);
export type TargetAspect = z.infer<typeof targetAspectSchema>;

/** A target that may be taken in. */
export const importEntrySchema = z
  .object({
    id: z.string(),
    /** Profile of OBS that it comes from; null: it comes from a file. */
    profile: z.string().nullable(),
    name: z.string(),
    platform: z.string(),
    url: z.string(),
    /** Masked; empty: it comes without one. */
    streamKey: z.string(),
    match: importMatchSchema,
    /** Name of the one like it, where there is one. */
    matches: z.string().nullable(),
    differs: z.array(targetAspectSchema).readonly(),
    /** Sentences: why it cannot be taken in, or what is changed on the way. */
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
export type ImportEntry = z.infer<typeof importEntrySchema>;

/** What may be taken in; nothing has been changed yet. */
export const importPlanSchema = z
  .object({
    /** Good for a quarter of an hour. */
    planId: z.string(),
    /** `none`: it came without keys. `locked`: a passphrase is needed. `open`: they are here. */
    keys: z.enum(['none', 'locked', 'open']),
    entries: z.array(importEntrySchema).readonly(),
    /** Sentences about what was found and cannot be read. */
    skipped: z.array(z.string()).readonly(),
  })
  .readonly();
export type ImportPlan = z.infer<typeof importPlanSchema>;
