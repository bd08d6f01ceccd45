/**
 * A program that a test has started: its output, its end, and the certainty that it does end.
 * @module
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { sleep, until } from './until.ts';

/** How a program ended. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** Output kept in memory for questions; the log file holds all of it. */
const MAX_OUTPUT_CHARS = 4_000_000;

const running = new Set<Child>();
// A test run that is itself killed by a timeout must leave nothing behind.
process.on('exit', () => {
  for (const child of running) child.killNow();
});

/** One started program. */
export class Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended and its output is read. */
  readonly exited: Promise<Exit>;
  exit: Exit | undefined;
  stdout = '';
  stderr = '';
  readonly #process: ChildProcess;

  /** @param logFile Where all output goes; kept when the test fails. */
  constructor(command: string, args: readonly string[], options: ChildOptions) {
    this.name = options.name;
    this.#process = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = this.#process.pid ?? -1;
    const log = createWriteStream(options.logFile, { flags: 'a' });
    log.write(`$ ${command} ${args.join(' ')}\n`);
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      log.write(text);
      this.stdout = (this.stdout + text).slice(-MAX_OUTPUT_CHARS);
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log.write(text);
      this.stderr = (this.stderr + text).slice(-MAX_OUTPUT_CHARS);
    });
    running.add(this);
    this.exited = this.#awaitEnd().then((exit) => {
      this.exit = exit;
      running.delete(this);
      log.end(`ended: ${JSON.stringify(exit)}\n`);
      return exit;
    });
  }

  /** Waits until its output matches; fails at once when it ends without. */
  async says(pattern: RegExp, timeoutMs = 15_000): Promise<RegExpExecArray> {
    return until(
      `${this.name} says ${pattern.source}`,
      () => {
        const found = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
        if (found !== null) return found;
        if (this.exit !== undefined) {
          throw new Error(
            `${this.name} ended (${JSON.stringify(this.exit)}) without saying ${pattern.source}:\n${this.tail()}`,
          );
        }
        return undefined;
      },
      { timeoutMs, seen: () => this.tail() },
    );
  }

  /** Waits for its own end. */
  async ends(timeoutMs: number): Promise<Exit> {
    const exit = await Promise.race([this.exited, sleep(timeoutMs, undefined, { ref: false })]);
    if (exit === undefined)
      throw new Error(`${this.name} did not end within ${timeoutMs} ms:\n${this.tail()}`);
    return exit;
  }

  /** Asks it to end, and makes it when it does not. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMs = 5_000): Promise<Exit> {
    if (this.exit !== undefined) return this.exit;
    this.#process.kill(signal);
    const exit = await Promise.race([this.exited, sleep(graceMs, undefined, { ref: false })]);
    if (exit !== undefined) return exit;
    this.#process.kill('SIGKILL');
    return this.exited;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.stop('SIGKILL');
  }

  killNow(): void {
    this.#process.kill('SIGKILL');
  }

  /** The end of what it said. */
  tail(chars = 2_000): string {
    return `${this.stdout.slice(-chars)}\n${this.stderr.slice(-chars)}`.trim();
  }

  async #awaitEnd(): Promise<Exit> {
    try {
      const [code, signal] = (await once(this.#process, 'close')) as [number | null, NodeJS.Signals | null];
      return { code, signal };
    } catch (error) {
      this.stderr += `\n${String(error)}`;
      return { code: null, signal: null };
    }
  }
}

export type ChildOptions = {
  readonly name: string;
  readonly logFile: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
};
