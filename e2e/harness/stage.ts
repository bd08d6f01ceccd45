/**
 * What one test has set up: a folder of its own, and the programs it started. Closing it ends all of them by
 * their process id and removes the folder; after a failure the logs are kept under test-results/logs.
 * @module
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';
import { ROOT } from './tools.ts';

/** The set-up of one test. */
export class Stage {
  readonly name: string;
  /** Removed when the stage closes. */
  readonly dir: string;
  readonly #children: Child[] = [];
  readonly #closers: (() => Promise<void> | void)[] = [];

  constructor(name: string) {
    this.name = name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60);
    this.dir = mkdtempSync(join(tmpdir(), 'relaydeck-test-'));
  }

  /** A new empty folder in the stage's own. */
  folder(name: string): string {
    const path = join(this.dir, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Starts a program that ends with the stage at the latest. */
  start(
    name: string,
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Child {
    const logFile = join(this.folder('logs'), `${name}.log`);
    const child = new Child(command, args, {
      name,
      logFile,
      cwd: this.dir,
      ...(env === undefined ? {} : { env }),
    });
    this.#children.push(child);
    return child;
  }

  /** Runs a program to its end and gives its output. */
  async run(name: string, command: string, args: readonly string[], timeoutMs = 60_000): Promise<Child> {
    const child = this.start(name, command, args);
    await child.ends(timeoutMs);
    return child;
  }

  onClose(close: () => Promise<void> | void): void {
    this.#closers.push(close);
  }

  /** Ends everything, newest first. */
  async close({ failed }: { failed: boolean }): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
    for (const child of this.#children.reverse()) await child.stop('SIGTERM', 4_000);
    if (failed) this.#keepLogs();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #keepLogs(): void {
    const kept = join(ROOT, 'test-results/logs', this.name);
    mkdirSync(kept, { recursive: true });
    const logs = this.folder('logs');
    for (const file of readdirSync(logs)) cpSync(join(logs, file), join(kept, file));
  }
}

/** A port that nobody listens on right now. The system hands them out in turn, so it stays free for a while. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('the system gave no port'));
      });
    });
  });
}
