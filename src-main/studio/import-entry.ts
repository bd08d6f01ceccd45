/**
 * A target from elsewhere as this studio would keep it.
 * @module
 */
import type { ImportEntry } from '../../src-shared/model/target-import.ts';
import { isOwnAddress } from '../net/shown-host.ts';
import { CUSTOM_PLATFORM, findPreset } from '../outbound/presets.ts';
import type { TravellingTarget } from '../portable/portable-target.ts';
import { maskKey } from '../secrets/mask-key.ts';
import { savedTargetSchema, type SavedIngest } from '../settings/settings.ts';
import { backupUrlWithoutKey, checkTarget, separateKey, separateLogin } from './check-target.ts';
import { ALL_ASPECTS, compareTarget, OBS_ASPECTS, OPEN_ASPECTS } from './compare-targets.ts';
import { CommandRefused } from './studio-port.ts';
import type { KeptTarget } from './target-secrets.ts';

/** One that comes. `profile`: of OBS; null: out of a file. `problem`: why it cannot be taken in, if known already. */
export type Arrival = TravellingTarget & {
  readonly id: string;
  readonly profile: string | null;
  readonly problem: string | undefined;
};

/** As it would be kept, and what there is to say about that. */
export type Candidate = {
  readonly kept: KeptTarget;
  readonly notes: readonly string[];
  readonly isUsable: boolean;
};

/** Fits a target to this computer: its ingest, its platforms, its addresses. It is switched off. */
export function toCandidate(
  { target, secrets, profile, problem, id }: Arrival,
  ingests: readonly SavedIngest[],
): Candidate {
  const notes: string[] = [];
  const { ingest: ingestName, proxy, ...rest } = target;
  const ingest = ingests.find(({ name }) => name === ingestName) ?? ingests[0];
  const login = separateLogin(target.url ?? '');
  // A file says what is the key; in OBS, some services have the whole address in the server's field.
  const key = secrets?.streamKey ?? '';
  const { url, streamKey } =
    profile === null ? { url: login.url, streamKey: key } : separateKey(login.url, key);
  const isKnown = findPreset(target.platform) !== undefined;
  if (!isKnown)
    notes.push(`The platform “${target.platform}” is not known here: it is taken as a server of your own.`);
  const bindAddress = target.bindAddress ?? '';
  const isHere = bindAddress === '' || isOwnAddress(bindAddress);
  if (!isHere)
    notes.push(
      `${bindAddress} is no address of this computer: the system chooses which one it connects from.`,
    );
  const saved = savedTargetSchema.parse({
    ...rest,
    id,
    enabled: false,
    platform: isKnown ? target.platform : CUSTOM_PLATFORM,
    url,
    ingestId: ingest?.id ?? '',
    user: target.user === undefined || target.user === '' ? login.user : target.user,
    bindAddress: isHere ? bindAddress : '',
    backupUrl: backupUrlWithoutKey(target.backupUrl ?? '', [streamKey, secrets?.backupKey ?? '']),
  });
  const texts = {
    streamKey,
    backupKey: secrets?.backupKey ?? '',
    password: notEmpty(secrets?.password) ?? login.password,
    proxy: notEmpty(secrets?.proxy) ?? proxy ?? '',
  };
  const kept = { saved, secrets: texts };
  const wrong = problem ?? whyUnusable(kept, ingests);
  return { kept, notes: wrong === undefined ? notes : [wrong], isUsable: wrong === undefined };
}

/** A candidate as it is shown. @param others What is there, and what is listed before it. */
export function toEntry(
  { id, profile, secrets }: Arrival,
  { kept, notes, isUsable }: Candidate,
  others: readonly KeptTarget[],
): ImportEntry {
  const aspects = profile !== null ? OBS_ASPECTS : secrets === null ? OPEN_ASPECTS : ALL_ASPECTS;
  const compared = compareTarget(kept, others, aspects);
  const { name, platform, url } = kept.saved;
  const streamKey = maskKey(kept.secrets.streamKey);
  const match = isUsable ? compared.match : 'unusable';
  return { id, profile, name, platform, url, streamKey, ...compared, match, notes };
}

/** One without its key may come: it is off, and cannot go live before it has one. */
const KEY_TO_COME = 'to-come';

function whyUnusable({ saved, secrets }: KeptTarget, ingests: readonly SavedIngest[]): string | undefined {
  const streamKey = notEmpty(secrets.streamKey) ?? KEY_TO_COME;
  try {
    checkTarget(saved, { ...secrets, streamKey }, (id) => ingests.some((ingest) => ingest.id === id));
    return undefined;
  } catch (error) {
    if (error instanceof CommandRefused) return error.refusal.message;
    throw error;
  }
}

const notEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
