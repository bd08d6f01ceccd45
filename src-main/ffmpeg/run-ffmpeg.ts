/**
 * One run of FFmpeg, bounded in time, in memory and in what it takes from the stream that is on air.
 * @module
 */
import { spawn as nodeSpawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { joinBytes } from '../bytes/join.ts';
import { FfmpegError } from './ffmpeg-error.ts';

/** Longer than the largest picture takes on a slow computer that is streaming at the same time. */
const TIME_LIMIT_MS = 30_000;
/** Many times what the loop of a still picture needs; more is no such loop. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** The reason stands at the end of what FFmpeg says. */
const MAX_STDERR_BYTES = 2048;

/** What is needed of a child process; Node's own satisfies it. */
export type FfmpegChild = {
  readonly pid?: number | undefined;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly kill: (signal: 'SIGKILL') => boolean;
  readonly on: ((event: 'error', listener: (error: Error) => void) => unknown) &
    ((event: 'close', listener: (code: number | null, signal: string | null) => void) => unknown);
};

/** Starts a program; Node kills it by itself after `timeout` ms and when the signal aborts. */
export type SpawnFfmpeg = (
  path: string,
  args: readonly string[],
  options: {
    readonly stdio: ['ignore', 'pipe', 'pipe'];
    readonly windowsHide: true;
    readonly timeout: number;
    readonly killSignal: 'SIGKILL';
    readonly signal: AbortSignal;
  },
) => FfmpegChild;

/** How one run ended that could be started and was not cut short. */
export type FfmpegRun = {
  /** 0: done. */
  readonly code: number;
  readonly stdout: Uint8Array;
  /** The last 2 kB. */
  readonly stderr: string;
};

/**
 * Runs FFmpeg to its end. When the promise settles, the process is gone.
 *
 * @param path The program.
 * @throws {FfmpegError} It cannot be started, or took or wrote too much.
 * @throws The signal's reason when it aborts.
 */
export async function runFfmpeg(
  path: string,
  args: readonly string[],
  options: { readonly signal: AbortSignal; readonly spawn?: SpawnFfmpeg },
): Promise<FfmpegRun> {
  const { signal, spawn = nodeSpawn } = options;
  signal.throwIfAborted();
  const child = spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    signal,
  });
  yieldToOthers(child.pid);
  const output = keepOutput(child);
  const stderr = keepEnd(child.stderr);
  const end = await endOf(child);
  signal.throwIfAborted();
  if (output.isTooMuch()) {
    throw new FfmpegError(
      'FFmpeg wrote more than 64 MB for a still picture and was stopped. Choose another picture.',
    );
  }
  if (end.type === 'error') {
    throw new FfmpegError(`FFmpeg at ${path} could not be started. Choose another FFmpeg in the settings.`, {
      cause: end.error,
    });
  }
  if (end.code === null) {
    throw new FfmpegError(
      `FFmpeg did not finish within ${TIME_LIMIT_MS / 1000} seconds and was stopped (${end.signal}). Choose a smaller picture.`,
    );
  }
  return { code: end.code, stdout: output.bytes(), stderr: stderr() };
}

/** The stream on air comes first. Where it is not allowed, FFmpeg runs like any other program. */
function yieldToOthers(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It may be forbidden, or the process be gone already.
  }
}

type End =
  | { readonly type: 'error'; readonly error: Error }
  | { readonly type: 'closed'; readonly code: number | null; readonly signal: string | null };

/** "close" comes once the process is gone and its pipes are read; a process that never was has only an error. */
function endOf(child: FfmpegChild): Promise<End> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ type: 'error', error });
    });
    child.on('close', (code, signal) => resolve({ type: 'closed', code, signal }));
  });
}

function keepOutput(child: FfmpegChild): { isTooMuch: () => boolean; bytes: () => Uint8Array } {
  const chunks: Uint8Array[] = [];
  let length = 0;
  child.stdout.on('data', (chunk: Uint8Array) => {
    length += chunk.length;
    if (length <= MAX_OUTPUT_BYTES) {
      chunks.push(chunk);
      return;
    }
    chunks.length = 0;
    child.kill('SIGKILL');
  });
  return { isTooMuch: () => length > MAX_OUTPUT_BYTES, bytes: () => joinBytes(chunks) };
}

function keepEnd(stderr: Readable): () => string {
  let end = Buffer.alloc(0);
  stderr.on('data', (chunk: Uint8Array) => {
    end = Buffer.concat([end, chunk]).subarray(-MAX_STDERR_BYTES);
  });
  return () => end.toString('utf8');
}
