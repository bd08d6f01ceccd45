/**
 * One studio per data folder.
 *
 * The lock is a local socket that the holder listens on, not a file with a process number: when the holder is killed
 * the system stops the listening with it, while a number may by then belong to another program (in a container it
 * nearly always does). What is left of a killed holder's socket is a name nobody answers to, and is taken over.
 * Two starts within the same millisecond over such a leftover may both succeed; their ports then collide.
 * @module
 */
import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../platform/files.ts';
import { DiagnoseAnswers, MAX_ASKING } from './diagnose-answers.ts';
import { StartError } from './start-error.ts';

/** A longer path does not fit into a socket address (104 bytes on macOS, 108 on Linux, end mark included). */
const MAX_SOCKET_PATH_BYTES = 103;
/** How long a holder may take to say who it is, ms; it is a local answer of a few bytes. */
const ANSWER_TIMEOUT_MS = 1_000;

/** Held until released or until the process ends in whatever way. */
export type DataDirLock = {
  readonly release: () => Promise<void>;
  /** From now on `diagnose` of the command line gets its file from `write`, which gives the file's path. */
  readonly answerDiagnose: (write: () => Promise<string>) => void;
};

/** @throws {StartError} Another studio uses the folder; its process number is named. */
export async function lockDataDir(dir: string): Promise<DataDirLock> {
  const candidates = await lockPaths(dir);
  let failure: unknown;
  for (const path of candidates) {
    try {
      return await lockAt(path, dir);
    } catch (error) {
      if (error instanceof StartError) throw error;
      // Some file systems (exFAT, shared folders of virtual machines) hold no sockets: the next place is tried.
      failure = error;
    }
  }
  throw new StartError(`The data folder ${dir} (--data-dir) cannot be locked: ${String(failure)}`, {
    cause: failure,
  });
}

/** Where the lock may be, best first. */
export async function lockPaths(dir: string): Promise<readonly string[]> {
  const real = await realpath(dir);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return [`\\\\.\\pipe\\relaydeck-${hash}`];
  const inside = join(real, 'studio.lock');
  const outside = join(tmpdir(), `relaydeck-${hash}.lock`);
  return Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES ? [inside, outside] : [outside];
}

async function lockAt(path: string, dir: string): Promise<DataDirLock> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answers = new DiagnoseAnswers();
      return heldBy(await listen(path, answers), answers);
    } catch (error) {
      if (errorCode(error) !== 'EADDRINUSE' || attempt > 0) throw error;
    }
    const holder = await askHolder(path);
    if (holder !== undefined) {
      throw new StartError(
        `Another Relaydeck (process ${holder}) uses the data folder ${dir}. Stop it, or give this one another folder with --data-dir.`,
      );
    }
    await rm(path, { force: true });
  }
}

function listen(path: string, answers: DiagnoseAnswers): Promise<Server> {
  const server = createServer(answers.connected);
  server.maxConnections = MAX_ASKING;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      // Without a listener a failed accept (no file descriptors left) would end the studio; the lock is held all the same.
      server.on('error', () => undefined);
      server.unref();
      resolve(server);
    });
  });
}

/** Closing removes the socket's name too. */
const heldBy = (server: Server, answers: DiagnoseAnswers): DataDirLock => ({
  release: () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      answers.close();
    }),
  answerDiagnose: (write) => {
    answers.answerWith(write);
  },
});

/** Who listens there; undefined when nobody does any more. */
function askHolder(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      // It listens but is too busy to answer: held all the same.
      resolve('unknown');
      socket.destroy();
    });
    // The holder waits a moment for a request behind its number, and hangs up only then.
    socket.on('data', (bytes) => {
      answer += bytes.toString('utf8');
      if (!answer.includes('\n')) return;
      resolve(answer.trim() || 'unknown');
      socket.destroy();
    });
    socket.on('end', () => {
      resolve(answer.trim() || 'unknown');
      socket.destroy();
    });
    socket.on('error', (error) => {
      resolve(errorCode(error) === 'ECONNREFUSED' || errorCode(error) === 'ENOENT' ? undefined : 'unknown');
    });
  });
}
