/**
 * A target as it is wanted, taken apart into what is saved and what is kept secret. Unchecked: whether it can work is for
 * `checkTarget` to say.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import { CUSTOM_PLATFORM } from '../outbound/presets.ts';
import { maskKey } from '../secrets/mask-key.ts';
import { savedTargetSchema, type SavedTarget } from '../settings/settings.ts';
import { backupUrlWithoutKey, defaultUrl, separateKey, separateLogin } from './check-target.ts';
import { given } from './studio-parts.ts';
import { shownProxy, type TargetSecretTexts } from './target-secrets.ts';

/** All of a target that outlives the program. */
export type TargetParts = { readonly saved: SavedTarget; readonly texts: TargetSecretTexts };

/** One that is not there yet. */
export function newTarget(
  args: CommandArgs<'target.create'>,
  { id, ingestId }: { readonly id: string; readonly ingestId: string },
): TargetParts {
  const platform = args.platform ?? CUSTOM_PLATFORM;
  const login = separateLogin(args.url ?? defaultUrl(platform));
  const { url, streamKey } = separateKey(login.url, args.streamKey ?? '');
  const { password, proxy, backupStreamKey, streamKey: _, ...rest } = args;
  const saved = savedTargetSchema.parse({
    enabled: true,
    ...given(rest),
    backupUrl: backupUrlWithoutKey(args.backupUrl ?? '', [streamKey, backupStreamKey ?? '']),
    id,
    platform,
    url,
    ingestId,
    user: args.user ?? login.user,
  });
  const texts = {
    streamKey,
    backupKey: backupStreamKey ?? '',
    password: password ?? login.password,
    proxy: proxy ?? '',
  };
  return { saved, texts };
}

/** What is left out stays. */
export function changedTarget(
  before: TargetParts,
  { id: _, streamKey, backupStreamKey, password, proxy, ...changes }: CommandArgs<'target.update'>,
): TargetParts {
  const { saved, texts } = before;
  const login = separateLogin(changes.url ?? saved.url);
  const separated = separateKey(login.url, newKey(streamKey, texts.streamKey));
  const after = {
    streamKey: separated.streamKey,
    backupKey: newKey(backupStreamKey, texts.backupKey),
    password: password ?? (login.password === '' ? texts.password : login.password),
    // What was read back without its password and comes again is no new proxy.
    proxy: proxy === undefined || proxy === shownProxy(texts.proxy) ? texts.proxy : proxy,
  };
  const user = changes.user ?? (login.user === '' ? saved.user : login.user);
  const backupUrl = backupUrlWithoutKey(changes.backupUrl ?? saved.backupUrl, [
    after.streamKey,
    after.backupKey,
  ]);
  return { saved: { ...saved, ...given(changes), user, url: separated.url, backupUrl }, texts: after };
}

/** What was read back as dots and comes again is no new key. */
function newKey(given: string | undefined, before: string): string {
  return given === undefined || given === maskKey(before) ? before : given;
}
