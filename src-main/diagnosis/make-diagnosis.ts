/**
 * One document that a stranger can find a fault with, and nothing else.
 *
 * Two nets, one behind the other: every text goes through a redactor that knows all secrets, and then what may be
 * secret by its place is left out or masked.
 * @module
 */
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import { diagnosisSummary } from './diagnosis-summary.ts';
import { maskUrlsIn } from './mask-url.ts';
import { maskedConnection, maskedShow, maskedState } from './masked-state.ts';
import { maskedSettings, secretsInSettings } from './masked-settings.ts';
import { redactor, inEveryString } from './redact.ts';
import { shortenAddresses } from './shorten-address.ts';

/** Largest document, bytes of UTF-8: what mail and issue trackers take. */
export const MAX_DIAGNOSIS_BYTES = 4 * 1024 * 1024;
/** Most log lines, and most shows. */
const MAX_LOG_LINES = 2_000;
const MAX_SHOWS = 50;
/** Room that is left for the log beside settings and state, bytes. */
const LOG_ROOM_BYTES = 512 * 1024;
/** Longest single text, characters; longer ones are cut behind the redacting. */
const MAX_TEXT_CHARS = 4_000;

/** A finished diagnosis. */
export type Diagnosis = {
  /** Proposed name of its file, without a folder. */
  readonly fileName: string;
  /** A few lines for people; they stand at the beginning of `json`, too. */
  readonly summary: readonly string[];
  /** The whole document, at most `MAX_DIAGNOSIS_BYTES`; without any of the secrets. */
  readonly json: string;
};

/** Builds the document, in one go: about 50 ms with an ordinary full log, 250 ms at worst. */
export function makeDiagnosis(facts: DiagnosisFacts): Diagnosis {
  const { secrets, homeDir, ...rest } = facts;
  const redact = redactor([...secrets, ...secretsInSettings(facts.settings)]);
  // Known secrets go first: masking would cut those that look like an address, and leave half of them.
  const known = inEveryString(rest, redact);
  const finished = finisher(homeDir);
  const finish = <T>(value: T): T => inEveryString(value, finished);
  const summary = finish(diagnosisSummary(known));
  const at = new Date(facts.wallNow).toISOString();
  const { log, events, shows, connections } = lists(known);
  const fixed = { format: 'relaydeck-diagnosis', version: 1, at, summary, ...finish(fixedPart(known)) };
  const json = boundedDocument(fixed, [
    // First to be filled is last to go.
    ['shows', finish(shows)],
    ['connections', finish(connections)],
    ['events', finish(events)],
    ['log', finish(log)],
  ]);
  return { fileName: `relaydeck-diagnosis-${at.replaceAll(/[-:.]/g, '')}.json`, summary, json };
}

/** Facts whose texts hold no known secret any more. */
type KnownFacts = Omit<DiagnosisFacts, 'secrets' | 'homeDir'>;

function fixedPart(facts: KnownFacts): object {
  const { versions, computer, uptimeSeconds, dataDir, ffmpeg, interfaces, listening, state } = facts;
  const { relaydeck, node, electron, os, arch } = versions;
  const { cpus, cpuModel, memoryBytes, freeMemoryBytes, usedBytes } = computer;
  return {
    versions: { relaydeck, node, electron, os, arch },
    computer: { cpus, cpuModel, memoryBytes, freeMemoryBytes, usedBytes },
    uptimeSeconds,
    dataDir,
    secretsKnown: facts.secretsKnown,
    ffmpeg: ffmpeg === null ? null : { path: ffmpeg.path, version: ffmpeg.version },
    network: interfaces.map(({ name, family, address, internal }) => ({ name, family, address, internal })),
    listening: listening.map(({ what, host, port }) => ({ what, host, port })),
    settings: maskedSettings(facts.settings),
    state: state === null ? null : maskedState(state),
  };
}

function lists({ log, state, shows }: KnownFacts): {
  readonly log: readonly string[];
  readonly events: readonly string[];
  readonly shows: readonly object[];
  readonly connections: readonly object[];
} {
  return {
    log: log.slice(-MAX_LOG_LINES).map(({ at, level, text }) => `${at} ${level} ${text}`),
    events: (state?.events ?? []).map(
      ({ at, level, code, message, ingestId, targetId }) =>
        `${at} ${level} ${code} ${JSON.stringify({ ingestId, targetId })} ${message}`,
    ),
    shows: shows.slice(-MAX_SHOWS).map(maskedShow),
    connections: (state?.connections ?? []).map(maskedConnection),
  };
}

/** What is done to each text that goes into the document: unknown secrets in addresses, the user's name, places. */
function finisher(homeDir: string): (text: string) => string {
  // Log lines hold paths as JSON, too, where Windows' backslashes are doubled. `/` alone is nobody's own.
  const homes = homeDir.length > 1 ? [JSON.stringify(homeDir).slice(1, -1), homeDir] : [];
  return (text) => {
    const left = homes.reduce((rest, home) => rest.replaceAll(home, '~'), text);
    const shown = shortenAddresses(maskUrlsIn(left));
    return shown.length > MAX_TEXT_CHARS ? `${shown.slice(0, MAX_TEXT_CHARS)}…` : shown;
  };
}

/**
 * Fills the lists, newest items first, as far as the document's bound allows; `leftOut` counts the rest.
 * @param wanted In the order of their importance.
 */
function boundedDocument(rest: object, wanted: readonly (readonly [string, readonly unknown[]])[]): string {
  let document: Record<string, unknown> = { ...rest };
  // Settings of a thousand targets with long addresses could alone be too much.
  for (const part of ['settings', 'state']) {
    if (bytesOf(document) > MAX_DIAGNOSIS_BYTES - LOG_ROOM_BYTES)
      document = { ...document, [part]: 'left out: too long' };
  }
  const leftOut: Record<string, number> = Object.fromEntries(wanted.map(([name]) => [name, 0]));
  const empty = Object.fromEntries(wanted.map(([name]) => [name, []]));
  // Counts grow to a few digits.
  let room = MAX_DIAGNOSIS_BYTES - bytesOf({ ...document, leftOut, ...empty }) - 1_000;
  const filled: Record<string, readonly unknown[]> = {};
  for (const [name, items] of wanted) {
    const kept: unknown[] = [];
    for (const item of items.toReversed()) {
      // As deep as it will stand, with its comma.
      const bytes = bytesOf([[item]]) + 1;
      if (bytes > room) break;
      room -= bytes;
      kept.push(item);
    }
    filled[name] = kept.reverse();
    leftOut[name] = items.length - kept.length;
  }
  return `${JSON.stringify({ ...document, leftOut, ...filled }, null, 2)}\n`;
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value, null, 2));
