/**
 * Asks the studio that holds a data folder for a diagnosis.
 * @module
 */
import { connect } from 'node:net';
import { errorCode } from '../platform/files.ts';
import { printable } from '../platform/printable.ts';
import { lockPaths } from './data-dir-lock.ts';
import { DIAGNOSE_REQUEST } from './diagnose-answers.ts';

/** How long a studio may take, ms: a busy one on a slow disk needs seconds, and FFmpeg may hang for five. */
const ANSWER_MS = 20_000;
/** Longest answer that is read, characters. */
const MAX_ANSWER_CHARS = 16 * 1024;

/** What came of the question. */
export type AskedStudio =
  | { readonly type: 'written'; readonly path: string }
  /** Nobody holds the folder. */
  | { readonly type: 'no-studio' }
  /** Somebody does, and gives no diagnosis; `why` in its own words or in ours. */
  | { readonly type: 'not-written'; readonly why: string };

/** @param dir Must exist. */
export async function askForDiagnosis(dir: string): Promise<AskedStudio> {
  for (const path of await lockPaths(dir)) {
    const asked = await askAt(path);
    if (asked.type !== 'no-studio') return asked;
  }
  return { type: 'no-studio' };
}

function askAt(path: string): Promise<AskedStudio> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(path);
    const done = (asked: AskedStudio): void => {
      resolve(asked);
      clearTimeout(timer);
      socket.destroy();
    };
    const silent = (): void => {
      done({ type: 'not-written', why: 'It gave no answer: it may be busy, or of an older version.' });
    };
    const timer = setTimeout(silent, ANSWER_MS);
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(DIAGNOSE_REQUEST));
    socket.on('data', (part: string) => {
      text += part;
      // The first line is the process number.
      const answer = /^[^\n]*\n([^\n]*)\n/.exec(text)?.[1];
      if (answer !== undefined) done(readAnswer(answer));
      else if (text.length > MAX_ANSWER_CHARS) silent();
    });
    socket.on('end', silent);
    socket.on('error', (error) => {
      const isFree = ['ECONNREFUSED', 'ENOENT'].includes(errorCode(error) ?? '');
      if (isFree) done({ type: 'no-studio' });
      else silent();
    });
  });
}

function readAnswer(line: string): AskedStudio {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    answer = undefined;
  }
  if (typeof answer === 'object' && answer !== null) {
    if ('path' in answer && typeof answer.path === 'string') {
      return { type: 'written', path: printable(answer.path) };
    }
    if ('problem' in answer && typeof answer.problem === 'string') {
      return { type: 'not-written', why: printable(answer.problem) };
    }
  }
  return { type: 'not-written', why: 'Its answer cannot be read.' };
}
