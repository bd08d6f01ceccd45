/**
 * The profiles of OBS on this computer: where each one streams to.
 * @module
 */
import { z } from 'zod';
import { joinOn, obsProfileFolders, type Computer } from './obs-places.ts';
import type { ProfileFiles } from './profile-files.ts';

/** Real ones are below 2 kB. */
const MAX_FILE_BYTES = 256 * 1024;
/** Nobody keeps more; a folder of something else must not be read to its end. */
const MAX_PROFILES = 200;

const text = z.string().max(4096).trim().default('');
const serviceSchema = z.object({
  type: text,
  settings: z.object({
    /** Name of a service of OBS's list; empty for a custom one. */
    service: text,
    /** A URL, or `auto`. */
    server: text,
    key: text,
    use_auth: z.boolean().default(false),
    username: text,
    password: text,
  }),
});

/** Where a profile streams to, as OBS has saved it. */
export type ObsService = z.infer<typeof serviceSchema>['settings'] & { readonly type: string };
/** A profile and where it streams to. */
export type ObsProfile = { readonly name: string; readonly service: ObsService };

/** What was found, and what could not be used, in words. */
export type ObsSearch = {
  readonly profiles: readonly ObsProfile[];
  readonly skipped: readonly string[];
};

/** Reads every profile there is. Never rejects for what it finds. */
export async function findObsProfiles(computer: Computer, files: ProfileFiles): Promise<ObsSearch> {
  const profiles: ObsProfile[] = [];
  const skipped: string[] = [];
  const places = obsProfileFolders(computer);
  let isAnywhere = false;
  for (const place of places) {
    let names: readonly string[] | undefined;
    try {
      names = await files.folders(place);
    } catch {
      skipped.push(`The folder ${place} could not be read: this user may not.`);
      isAnywhere = true;
    }
    if (names === undefined) continue;
    isAnywhere = true;
    if (names.length > MAX_PROFILES) skipped.push(`Only the first ${MAX_PROFILES} profiles were looked at.`);
    for (const name of names.toSorted().slice(0, MAX_PROFILES)) {
      const found = await readProfile(joinOn(computer.system, place, name), {
        folder: name,
        computer,
        files,
      });
      if (typeof found === 'string') skipped.push(found);
      else profiles.push(found);
    }
  }
  if (!isAnywhere)
    skipped.push(`OBS has no profiles on this computer: there is no folder ${places.join(', and none ')}.`);
  else if (profiles.length === 0 && skipped.length === 0) skipped.push('OBS has no profile here yet.');
  return { profiles, skipped };
}

type Surroundings = { readonly folder: string; readonly computer: Computer; readonly files: ProfileFiles };

/** The profile, or why it cannot be used. */
async function readProfile(
  path: string,
  { folder, computer, files }: Surroundings,
): Promise<ObsProfile | string> {
  const at = (file: string): string => joinOn(computer.system, path, file);
  const ini = await files.read(at('basic.ini'), MAX_FILE_BYTES);
  const name = ('text' in ini ? nameIn(ini.text) : undefined) ?? folder;
  const json = await files.read(at('service.json'), MAX_FILE_BYTES);
  if ('fault' in json) return `Profile “${name}” was skipped: ${FAULTS[json.fault]}.`;
  const service = readService(json.text);
  return service === undefined
    ? `Profile “${name}” was skipped: its service.json is damaged. Choose the service again in OBS → Settings → Stream.`
    : { name, service };
}

const FAULTS = {
  missing: 'no service is set in it',
  'too-large': 'its service.json is far larger than OBS writes it',
  'not-readable': 'its service.json could not be read',
} as const;

/** `Name=` of the section General, as OBS shows it. */
function nameIn(ini: string): string | undefined {
  const general = /^\[General\][^\n]*\n((?:(?!\[)[^\n]*(?:\n|$))*)/m.exec(
    ini.replace(/^\uFEFF/, '').replaceAll('\r', ''),
  );
  const name = /^Name=(.*)$/m.exec(general?.[1] ?? '')?.[1]?.trim();
  return name === undefined || name === '' ? undefined : name.slice(0, 200);
}

function readService(json: string): ObsService | undefined {
  try {
    const { type, settings } = serviceSchema.parse(JSON.parse(json.replace(/^\uFEFF/, '')));
    return { ...settings, type };
  } catch {
    return undefined;
  }
}
