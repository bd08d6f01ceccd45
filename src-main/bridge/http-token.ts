/**
 * The token that lets windows, scripts and players in.
 * @module
 */
import type { Random } from '../platform/random.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Secret } from '../secrets/secret.ts';

/** 256 bits: nobody guesses it. */
const TOKEN_BYTES = 32;

/** Made on the first start and kept, so that saved browser docks and scripts go on working. */
export function httpToken(secrets: SecretStore, random: Random): Secret {
  if (secrets.get('http/token') === undefined) {
    secrets.set('http/token', Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url'));
  }
  const token = secrets.get('http/token');
  if (token === undefined) throw new Error('the token that was just set is not there');
  return token;
}
