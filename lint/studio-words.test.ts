/**
 * The window translates the studio's finished sentences by patterns, and may not import the studio. Held together here:
 * every pattern is still in the studio's source, and what the studio says in trouble is found among the patterns.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge, type RunEnd, type VerdictContext } from '../src-main/outbound/run-end.ts';
import germanStudio from '../src-renderer/language/german-studio.json' with { type: 'json' };
import { sentencesOf, translateSentences } from '../src-renderer/language/studio-sentences.ts';

const root = resolve(import.meta.dirname, '..');
const sentences = sentencesOf(germanStudio, 'und');
const german = (text: string): string => translateSentences(sentences, text);

/** Everything that the studio, the contract and the line to the studio may say. */
const source = ['src-main', 'src-shared', 'src-renderer/bridge']
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((path) => join(room, path)),
  )
  .filter((path) => /\.(ts|json)$/.test(path) && !path.includes('.test.') && !path.includes('/testing/'))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

/** What a sentence of this pattern says in any case, clause by clause. */
function clauses(pattern: string): readonly string[] {
  return pattern
    .split(/\{[+&]?[a-zA-Z]+\}|(?<=[.,;:]) /)
    .map((part) => part.replace(/^[\s.:;,()“”"]+|[\s.:;,()“”"]+$/g, ''))
    .filter((part) => part !== '');
}

/** Whether the studio's source has the clause: but for two words at one end, where the source may put in a value. */
function isSaid(clause: string): boolean {
  const words = clause.split(' ');
  const forms = [0, 1, 2]
    .filter((less) => less === 0 || less < words.length)
    .flatMap((less) => [words.slice(less), words.slice(0, words.length - less)]);
  // Codes of events are shown as words: "target-lost" as "target lost".
  return forms.some((form) => source.includes(form.join(' '))) || source.includes(words.join('-'));
}

it('has no pattern that the studio does not say', () => {
  const strange = Object.keys(germanStudio).filter((pattern) => !clauses(pattern).every(isSaid));
  expect(strange).toEqual([]);
});

it('would notice a sentence that was written anew', () => {
  expect(clauses('{name} refused the stream key. Copy it anew from there.').map(isSaid)).toEqual([
    true,
    false,
  ]);
});

it.each(Object.entries(germanStudio))('keeps the values of %s', (english, deutsch) => {
  // `are`: a word of English grammar, not a value.
  const slots = (text: string) =>
    new Set(
      [...text.matchAll(/\{[+&]?[a-zA-Z]+\}/g)].map(([slot]) => slot).filter((slot) => slot !== '{are}'),
    );
  expect(slots(deutsch)).toEqual(slots(english));
});

const CONTEXT: VerdictContext = {
  platformName: 'Twitch',
  host: 'live.twitch.tv',
  port: 443,
  tls: false,
  keyPlace: 'Creator Dashboard → Settings → Stream',
  wasLive: false,
  refusedInARow: 1,
  closedAtPublish: 1,
};

const DIAL_CODES = [
  'dns-failed',
  'refused',
  'unreachable',
  'timeout',
  'tls-certificate',
  'tls-failed',
  'proxy-failed',
  'network-error',
] as const;
const STEPS = ['handshake', 'connect', 'create-stream', 'publish', 'play', 'live'] as const;

const ENDS: readonly Exclude<RunEnd, { kind: 'stopped' }>[] = [
  ...DIAL_CODES.map((code) => ({ kind: 'dial-failed', code, detail: 'given up' }) as const),
  ...STEPS.flatMap((step) =>
    ['', 'Bad key. Ask somebody.', 'already in use'].map(
      (description) => ({ kind: 'refused', step, code: 'NetStream.Publish.BadName', description }) as const,
    ),
  ),
  ...STEPS.map((step) => ({ kind: 'closed', step, detail: 'ECONNRESET' }) as const),
  ...STEPS.map((step) => ({ kind: 'no-answer', step }) as const),
  { kind: 'stalled', stillMs: 15_000, waitingBytes: 900_000 },
  { kind: 'ended-by-server', code: 'NetStream.Unpublish.Success', description: '' },
  { kind: 'protocol-error', code: 'not-an-rtmp-server', detail: '' },
  { kind: 'protocol-error', code: 'bad-chunk', detail: 'type 3 first' },
];

const CONTEXTS: readonly VerdictContext[] = [
  CONTEXT,
  { ...CONTEXT, wasLive: true, tls: true },
  { ...CONTEXT, refusedInARow: 20, closedAtPublish: 20, keyPlace: null },
];

describe('what went wrong with a target', () => {
  it.each(CONTEXTS.flatMap((context) => ENDS.map((end) => judge(end, context).message)))(
    'in German: %s',
    (message) => {
      const said = german(message);
      const withoutQuotes = said.replace(/“?„[^“]*“/g, '');
      expect(said).not.toBe(message);
      expect(withoutQuotes).not.toMatch(/\b(the|is|was|has|this|with|again|trying)\b/i);
      // The same in the event log and in the reasons of a target's health.
      expect(german(`My channel: ${message}`)).toBe(`My channel: ${said}`);
      expect(german(`Not connected for over 20 s; it keeps trying. ${message}`)).toBe(
        `${german('Not connected for over 20 s; it keeps trying.')} ${said}`,
      );
    },
  );
});
