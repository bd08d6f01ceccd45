/**
 * The history in a thread of its own: the disk may take its time, the stream does not wait for it.
 * @module
 */
import { Worker } from 'node:worker_threads';
import type { ShowReport, ShowSummary } from '../../src-shared/model/show-report.ts';
import { BatchQueue } from './batch-queue.ts';
import { HistoryError } from './history-error.ts';
import { ROWS_LOST, type History, type HistorySurroundings } from './history.ts';
import type { HistoryAnswer, HistoryQuestion, HistoryThreadData } from './history-thread.ts';

/** A question not answered by then is given up, ms: the longest report takes a second, a checked file of 200 MB a few. */
const ANSWER_WITHIN_MS = 30_000;

/** How long closing may take, ms: the program must not hang at its end on a disk that does not answer. */
const CLOSE_WITHIN_MS = 3_000;

/** A thread that died is not started again before that, ms. */
const RESTART_AFTER_MS = 5_000;

/** Options of {@link openHistory}. */
export type OpenHistoryOptions = HistorySurroundings & {
  /** The data folder; its lock must be held. */
  readonly dir: string;
  /** The built `history-worker.js`. */
  readonly workerFile: URL | string;
};

/**
 * Starts the thread and waits until the file is open, or could not be opened, which is told through `onTrouble`. Never
 * rejects: without a history the studio streams all the same, and opening is tried again with later batches.
 */
export async function openHistory(options: OpenHistoryOptions): Promise<History> {
  const client = new HistoryClient(options);
  await client.open();
  return client;
}

type Call = { readonly resolve: (value: unknown) => void; readonly reject: (error: HistoryError) => void };

/** One thread, from its start to its end. */
type Thread = {
  readonly worker: Worker;
  readonly opened: Promise<void>;
  /** Settles when it is gone. */
  readonly ended: Promise<void>;
  readonly calls: Map<number, Call>;
};

class HistoryClient implements History {
  readonly #options: OpenHistoryOptions;
  readonly #queue: BatchQueue;
  #thread: Thread | undefined;
  #next = 0;
  #restartAt = Number.NEGATIVE_INFINITY;
  /** Why the last thread ended. */
  #lastEnd = away();
  /** The file is from a newer version: nothing is written, for good. */
  #off: HistoryError | undefined;
  #lastTrouble = '';

  constructor(options: OpenHistoryOptions) {
    this.#options = options;
    this.#queue = new BatchQueue({
      clock: options.clock,
      save: async (batch) => {
        if (this.#off !== undefined) return;
        await this.#ask({ call: 'write', batch });
        this.#lastTrouble = '';
      },
      onFailed: (error) => {
        if (this.#off === undefined) this.#trouble(error instanceof Error ? error.message : String(error));
      },
      onLost: () => {
        this.#trouble(ROWS_LOST);
      },
    });
  }

  async open(): Promise<void> {
    const thread = this.#running();
    try {
      await thread.opened;
    } catch (error) {
      this.#trouble(error instanceof Error ? error.message : String(error));
      await thread.ended;
    }
  }

  // Fields: whoever writes is handed `write` alone.
  readonly write: History['write'] = (batch) => {
    if (this.#off === undefined) this.#queue.offer(batch);
  };

  readonly shows: History['shows'] = async () =>
    (await this.#askSoon({ call: 'shows' })) as readonly ShowSummary[];

  readonly report: History['report'] = async (showId) =>
    (await this.#askSoon({ call: 'report', showId })) as ShowReport | undefined;

  readonly forget: History['forget'] = async (olderThanDays, maxBytes) =>
    (await this.#ask({ call: 'forget', olderThanDays, maxBytes })) as number;

  readonly flush: History['flush'] = () => this.#queue.flush();

  readonly close: History['close'] = async () => {
    await this.#within(CLOSE_WITHIN_MS, async () => {
      await this.#queue.close();
      const thread = this.#thread;
      if (thread === undefined) return;
      await this.#ask({ call: 'close' });
      await thread.ended;
    }).catch(() => undefined);
    // Not waited for: a thread that hangs in a system call ends with the program.
    void this.#thread?.worker.terminate();
  };

  #askSoon(ask: HistoryQuestion['ask']): Promise<unknown> {
    return this.#within(ANSWER_WITHIN_MS, () => this.#ask(ask));
  }

  async #ask(ask: HistoryQuestion['ask']): Promise<unknown> {
    const thread = this.#running();
    await thread.opened;
    return await new Promise((resolve, reject) => {
      if (this.#thread !== thread) {
        reject(away());
        return;
      }
      const id = this.#next++;
      thread.calls.set(id, { resolve, reject });
      thread.worker.postMessage({ id, ask } satisfies HistoryQuestion);
    });
  }

  /** @throws {HistoryError} It cannot be had, or not yet again. */
  #running(): Thread {
    if (this.#off !== undefined) throw this.#off;
    if (this.#thread !== undefined) return this.#thread;
    if (this.#options.clock.now() < this.#restartAt) throw this.#lastEnd;
    this.#thread = this.#start();
    return this.#thread;
  }

  #start(): Thread {
    const { dir, workerFile } = this.#options;
    const worker = new Worker(workerFile, { workerData: { dir } satisfies HistoryThreadData });
    const calls = new Map<number, Call>();
    const opened = promised<undefined>();
    const ended = promised<undefined>();
    let why: HistoryError | undefined;
    worker.on('message', (answer: HistoryAnswer) => {
      if (answer.type === 'opened') {
        // The program may end without it from now on; whoever wants all on the disk awaits `close`.
        worker.unref();
        opened.resolve(undefined);
      } else if (answer.type === 'not-opened') {
        why = new HistoryError(answer.code, answer.message);
        if (why.code === 'newer-version') this.#off = why;
        opened.reject(why);
      } else if (answer.type === 'notice') this.#trouble(answer.words);
      else settle(calls, answer);
    });
    worker.on('error', (error) => {
      why ??= away(error);
    });
    worker.on('exit', () => {
      this.#thread = undefined;
      this.#restartAt = this.#options.clock.now() + RESTART_AFTER_MS;
      const error = why ?? away();
      this.#lastEnd = error;
      opened.reject(error);
      for (const call of calls.values()) call.reject(error);
      calls.clear();
      ended.resolve(undefined);
    });
    // Whoever asks awaits it; nobody may be asking.
    opened.promise.catch(() => undefined);
    return { worker, opened: opened.promise, ended: ended.promise, calls };
  }

  async #within<T>(ms: number, work: () => Promise<T>): Promise<T> {
    const late = promised<never>();
    const timer = this.#options.clock.after(ms, () => {
      late.reject(away());
    });
    try {
      return await Promise.race([work(), late.promise]);
    } finally {
      timer.cancel();
    }
  }

  /** Tries after a failure fail alike: told once until one succeeds. */
  #trouble(words: string): void {
    if (words === this.#lastTrouble) return;
    this.#lastTrouble = words;
    this.#options.onTrouble(words);
  }
}

/** A promise and its ends. */
type Promised<T> = {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
};

function promised<T>(): Promised<T> {
  let resolve: Promised<T>['resolve'] = () => undefined;
  let reject: Promised<T>['reject'] = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

function settle(calls: Map<number, Call>, answer: Extract<HistoryAnswer, { readonly id: number }>): void {
  const call = calls.get(answer.id);
  calls.delete(answer.id);
  if (answer.type === 'answer') call?.resolve(answer.value);
  else call?.reject(new HistoryError(answer.code, answer.message));
}

function away(cause?: unknown): HistoryError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  return new HistoryError(
    'away',
    `The part of Relaydeck that records shows has stopped${why} and is started again. The stream goes on; what is missing is written then.`,
    cause,
  );
}
