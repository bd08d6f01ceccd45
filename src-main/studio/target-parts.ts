/**
 * A target as it is wanted, taken apart into what is saved and what is kept secret. Unchecked: whether it can work is for
 * `checkTarget` to say.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import { CUSTOM_PLATFORM } from '../outbound/presets.ts';
import { savedTargetSchema } from '../settings/settings.ts';
import { backupUrlWithoutKey, defaultUrl, separateKey, separateLogin } from './check-target.ts';
import { given } from './studio-parts.ts';
import { newKey, shownProxy, type KeptTarget } from './target-secrets.ts';

/** One that is not there yet. */
export function newTarget(
  args: CommandArgs<'target.create'>,
  { id, ingestId }: { readonly id: string; readonly ingestId: string },
): KeptTarget {
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
  const secrets = {
    streamKey,
    backupKey: backupStreamKey ?? '',
    password: password ?? login.password,
    proxy: proxy ?? '',
  };
  return { saved, secrets };
}

/** What is left out stays. */
export function changedTarget(
  before: KeptTarget,
  { id: _, streamKey, backupStreamKey, password, proxy, ...changes }: CommandArgs<'target.update'>,
): KeptTarget {
  const { saved, secrets } = before;
  const login = separateLogin(changes.url ?? saved.url);
  const separated = separateKey(login.url, newKey(streamKey, secrets.streamKey));
  const after = {
    streamKey: separated.streamKey,
    backupKey: newKey(backupStreamKey, secrets.backupKey),
    password: password ?? (login.password === '' ? secrets.password : login.password),
    // What was read back without its password and comes again is no new proxy.
    proxy: proxy === undefined || proxy === shownProxy(secrets.proxy) ? secrets.proxy : proxy,
  };
  const user = changes.user ?? (login.user === '' ? saved.user : login.user);
  const backupUrl = backupUrlWithoutKey(changes.backupUrl ?? saved.backupUrl, [
    after.streamKey,
    after.backupKey,
  ]);
  return { saved: { ...saved, ...given(changes), user, url: separated.url, backupUrl }, secrets: after };
}
