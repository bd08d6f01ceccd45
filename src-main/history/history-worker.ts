/**
 * The thread that owns the history file: an entry of its own in the build.
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { nodeClock } from '../platform/node-clock.ts';
import { nodeFiles } from '../platform/node-files.ts';
import type { HistoryAnswer, HistoryQuestion, HistoryThreadData } from './history-thread.ts';
import { HistoryError, isDamage } from './history-error.ts';
import type { HistoryStore } from './history-store.ts';
import { notRecorded } from './history.ts';
import { openHistoryStore } from './open-history-store.ts';

async function serve(dir: string, say: (answer: HistoryAnswer) => void): Promise<HistoryDesk | undefined> {
  const desk = new HistoryDesk(dir, say);
  try {
    await desk.open();
  } catch (error) {
    say({ type: 'not-opened', ...told(error) });
    return undefined;
  }
  say({ type: 'opened' });
  return desk;
}

class HistoryDesk {
  readonly #dir: string;
  readonly #say: (answer: HistoryAnswer) => void;
  #store: HistoryStore | undefined;

  constructor(dir: string, say: (answer: HistoryAnswer) => void) {
    this.#dir = dir;
    this.#say = say;
  }

  async open(): Promise<void> {
    const { store, notices } = await openHistoryStore({ dir: this.#dir, files: nodeFiles, clock: nodeClock });
    this.#store = store;
    for (const words of notices) this.#say({ type: 'notice', words });
  }

  async answer({ id, ask }: HistoryQuestion): Promise<void> {
    try {
      this.#say({ type: 'answer', id, value: await this.#carryOut(ask) });
    } catch (error) {
      this.#say({ type: 'refusal', id, ...told(error) });
    }
  }

  async #carryOut(ask: HistoryQuestion['ask']): Promise<unknown> {
    if (this.#store === undefined) await this.open();
    const store = this.#store;
    if (store === undefined) return undefined;
    try {
      return carryOut(store, ask);
    } catch (error) {
      if (isDamage(error)) {
        // Opening looks at the whole file, and sets it aside; the next call finds the new one.
        this.#store = undefined;
        closeAnyhow(store);
      }
      throw new HistoryError('not-readable', notRecorded(store.path, error), error);
    }
  }
}

/** What cannot be closed is left to the end of the thread; its file is moved away all the same. */
function closeAnyhow(store: HistoryStore): void {
  try {
    store.close();
  } catch {
    // It was damaged before; the first error is the one that is told.
  }
}

function carryOut(store: HistoryStore, ask: HistoryQuestion['ask']): unknown {
  switch (ask.call) {
    case 'write':
      store.write(ask.batch);
      return undefined;
    case 'shows':
      return store.shows();
    case 'report':
      return store.report(ask.showId);
    case 'forget':
      return store.forget(ask.olderThanDays, ask.maxBytes);
    case 'close':
      store.close();
      return undefined;
  }
}

function told(error: unknown): { readonly code: HistoryError['code']; readonly message: string } {
  if (error instanceof HistoryError) return { code: error.code, message: error.message };
  return { code: 'not-readable', message: error instanceof Error ? error.message : String(error) };
}

if (parentPort !== null) {
  const port = parentPort;
  const { dir } = workerData as HistoryThreadData;
  const desk = serve(dir, (answer) => {
    port.postMessage(answer);
  });
  // One after another: the next one finds what the one before has done.
  let last: Promise<unknown> = desk.then((opened) => {
    if (opened === undefined) port.close();
  });
  port.on('message', (question: HistoryQuestion) => {
    last = last
      .then(() => desk)
      .then((opened) => opened?.answer(question))
      .then(() => {
        if (question.ask.call === 'close') port.close();
      });
  });
}
