/**
 * A target without what belongs to one computer only: its id, and which ingest it was on but by name.
 * @module
 */
import { z } from 'zod';
import { MAX_NAME_CHARS, targetCreateSchema } from '../../src-shared/bridge/contract.ts';

/** What may be read by everybody who has the file. Held to the same bounds as what is typed. */
export const portableTargetSchema = targetCreateSchema
  .omit({
    ingestId: true,
    enabled: true,
    streamKey: true,
    password: true,
    proxy: true,
    backupStreamKey: true,
  })
  .required({ platform: true })
  .extend({
    /** Name of its ingest. */
    ingest: z.string({ error: 'must be text' }).max(MAX_NAME_CHARS, 'is too long').optional(),
    /** Only one without a password; one with a password is among the secrets. */
    proxy: targetCreateSchema.shape.proxy,
  })
  .readonly();
export type PortableTarget = z.infer<typeof portableTargetSchema>;

const secretText = z.string().max(4096);

/** What only the passphrase opens; empty: none. */
export const portableSecretsSchema = z
  .strictObject({ streamKey: secretText, backupKey: secretText, password: secretText, proxy: secretText })
  .readonly();
export type PortableSecrets = z.infer<typeof portableSecretsSchema>;

/** A target on its way from one studio to another; `secrets` null: they are not known here. */
export type TravellingTarget = {
  readonly target: PortableTarget;
  readonly secrets: PortableSecrets | null;
};
