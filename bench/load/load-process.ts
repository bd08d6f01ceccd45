/**
 * A process that makes load, and the calls to it. It ends with the one that started it.
 * @module
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Stage } from '../../e2e/harness/stage.ts';
import type { Calls, PublisherCalls, ReceiverCalls } from './calls.ts';

type Question = { readonly id: number; readonly name: string; readonly order: unknown };
type Reply = { readonly id: number; readonly answer?: unknown; readonly error?: string };
type Waiting = {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/** The far end of a load process. */
export class LoadProcess<C extends Calls> {
  readonly pid: number;
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(stage: Stage, name: string) {
    this.#name = name;
    this.#child = fork(join(import.meta.dirname, `${name}.js`), { stdio: 'inherit' });
    this.pid = this.#child.pid ?? -1;
    this.#child.on('message', (reply: Reply) => {
      this.#hear(reply);
    });
    this.#child.once('exit', (code) => {
      this.#failAll(new Error(`the ${name} process ended with ${code}`));
    });
    stage.onClose(() => void this.#child.kill('SIGKILL'));
  }

  async call<K extends keyof C & string>(
    name: K,
    order: C[K]['order'],
    timeoutMs = 30_000,
  ): Promise<C[K]['answer']> {
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`the ${this.#name} process did not answer "${name}" within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#child.send({ id, name, order } satisfies Question);
    });
  }

  #hear({ id, answer, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(`${this.#name}: ${error}`));
  }

  #failAll(error: Error): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

/** Publishes shows. */
export type Publisher = LoadProcess<PublisherCalls>;
/** Receives streams. */
export type Receiver = LoadProcess<ReceiverCalls>;

/** The near end: answers each call with the function of its name, until whoever asks is gone. */
export function answerCalls<C extends Calls>(answers: {
  readonly [K in keyof C]: (order: C[K]['order']) => C[K]['answer'] | Promise<C[K]['answer']>;
}): void {
  const byName = new Map(Object.entries<(order: never) => unknown>(answers));
  process.on('message', ({ id, name, order }: Question) => {
    void Promise.resolve()
      .then(() => byName.get(name)?.(order as never))
      .then(
        (answer) => process.send?.({ id, answer } satisfies Reply),
        (error: unknown) => process.send?.({ id, error: String(error) } satisfies Reply),
      );
  });
  process.once('disconnect', () => process.exit(0));
  // Ctrl+C reaches the whole group; the one that asks ends us when it is done.
  process.on('SIGINT', () => undefined);
}
