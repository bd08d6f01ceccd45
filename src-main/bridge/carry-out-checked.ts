/**
 * A command from outside: nothing about it is known yet, not even that it exists.
 * @module
 */
import type { z } from 'zod';
import { commands, type CommandName, type Refusal } from '../../src-shared/bridge/contract.ts';
import type { Log } from '../platform/log.ts';
import { CommandRefused, type StudioPort } from '../studio/studio-port.ts';

/** Commands that answer an address which lets its holder in. */
const ADDRESSES: ReadonlySet<string> = new Set(['ingest.preview-url', 'target.preview-url', 'window.url']);

/** The answer, or why there is none. */
export type Outcome =
  | { readonly type: 'answer'; readonly value: unknown }
  | { readonly type: 'refusal'; readonly refusal: Refusal };

/** What the bridge needs beside the line itself. */
export type BridgeOptions = {
  readonly studio: StudioPort;
  readonly log: Log;
  /** Makes a path such as `/preview/main.flv` into an address that lets its holder in. */
  readonly previewUrl: (path: string) => string;
};

/** Checks name and arguments, carries the command out, and makes every failure a refusal. Never rejects. */
export async function carryOutChecked(
  command: string,
  args: unknown,
  options: BridgeOptions,
): Promise<Outcome> {
  const { studio, log, previewUrl } = options;
  if (!isCommand(command))
    return refusal('no-such-command', `There is no command ${JSON.stringify(command)}.`);
  const checked = commands[command].args.safeParse(args);
  if (!checked.success) return { type: 'refusal', refusal: badRequest(checked.error, args) };
  try {
    // The schema of this very command has just accepted the arguments.
    const value: unknown = await studio.carryOut(command, checked.data);
    return {
      type: 'answer',
      value: ADDRESSES.has(command) ? withAddress(value, previewUrl) : value,
    };
  } catch (error) {
    if (error instanceof CommandRefused) return { type: 'refusal', refusal: error.refusal };
    log.write('error', `command ${command} failed`, {
      error: error instanceof Error ? error.stack : String(error),
    });
    return refusal('internal-error', 'Relaydeck made a mistake while carrying this out; its log says more.');
  }
}

/** What is wrong with a value that does not fit its schema: the first field, and what it should be. */
export function badRequest(error: z.ZodError, input: unknown): Refusal {
  const issue = error.issues[0];
  if (issue === undefined) return { code: 'bad-request', message: 'The values do not fit.', field: null };
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0] ?? ''].join('.');
    return { code: 'bad-request', message: `${field} is not a field of this command.`, field };
  }
  const field = issue.path.join('.');
  if (field === '')
    return { code: 'bad-request', message: 'The values must be one JSON object.', field: null };
  const missing = valueAt(input, issue.path) === undefined;
  return {
    code: 'bad-request',
    message: `${field} ${missing ? 'is missing: it ' : ''}${inWords(issue)}.`,
    field,
  };
}

const inWords = (issue: z.core.$ZodIssue): string =>
  /^(must|may|is)\b/.test(issue.message) ? issue.message : `does not fit: ${issue.message}`;

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

const refusal = (code: string, message: string): Outcome => ({
  type: 'refusal',
  refusal: { code, message, field: null },
});

function withAddress(value: unknown, previewUrl: (path: string) => string): unknown {
  return { url: previewUrl(commands['ingest.preview-url'].answer.parse(value).url) };
}
