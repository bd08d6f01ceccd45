/**
 * The built headless studio as a program, and its HTTP API as scripts use it.
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import type { Target, TargetState } from '../../src-shared/model/target.ts';
import type { Child } from './child.ts';
import type { Stage } from './stage.ts';
import { ROOT } from './tools.ts';
import { until } from './until.ts';

/** First line on stdout with `--json`. */
export type ReadyLine = {
  readonly event: 'ready';
  readonly rtmpUrl: string;
  readonly httpUrl: string;
  readonly uiUrl: string;
  readonly token: string;
  readonly pid: number;
};

/** An answer of the HTTP API, as it came. */
export type Answer = { readonly status: number; readonly body: unknown };

/** The body of an error answer. */
export type ErrorBody = {
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
};

export type TargetWish = {
  readonly name: string;
  readonly url: string;
  readonly streamKey: string;
  readonly ingestId?: string;
  readonly platform?: string;
  readonly enabled?: boolean;
  readonly certificateSha256?: string;
};

/** Calls the HTTP API of one studio. */
export class Api {
  readonly #httpUrl: string;
  readonly #token: string;

  constructor(ready: Pick<ReadyLine, 'httpUrl' | 'token'>) {
    this.#httpUrl = ready.httpUrl;
    this.#token = ready.token;
  }

  /** Any call; errors of the API are answers, not exceptions. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.#httpUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: AbortSignal.timeout(10_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }

  async state(): Promise<StudioState> {
    return this.#wanted<StudioState>('GET', '/state');
  }

  async ingest(id = 'main'): Promise<Ingest> {
    return this.#wanted<Ingest>('GET', `/ingests/${id}`);
  }

  async target(id: string): Promise<Target> {
    return this.#wanted<Target>('GET', `/targets/${id}`);
  }

  async addTarget(wish: TargetWish): Promise<Target> {
    return this.#wanted<Target>('POST', '/targets', wish);
  }

  async post(path: string): Promise<unknown> {
    return this.#wanted('POST', path);
  }

  /** Nothing stands in for an encoder that leaves: recordings end with its last frame. */
  async switchHoldOff(id = 'main'): Promise<void> {
    await this.#wanted('PATCH', `/ingests/${id}`, { holdSeconds: 0 });
  }

  async events(): Promise<readonly LogEvent[]> {
    return (await this.state()).events;
  }

  /** Waits until a target is in a state; gives the target as it was then. */
  async targetIs(id: string, state: TargetState, timeoutMs = 20_000): Promise<Target> {
    let last: Target | undefined;
    return until(
      `target is ${state}`,
      async () => {
        last = await this.target(id);
        return last.state === state && last;
      },
      { timeoutMs, seen: () => last },
    );
  }

  /** Waits until an ingest is in a state. */
  async ingestIs(state: Ingest['state'], timeoutMs = 20_000, id = 'main'): Promise<Ingest> {
    let last: Ingest | undefined;
    return until(
      `ingest is ${state}`,
      async () => {
        last = await this.ingest(id);
        return last.state === state && last;
      },
      { timeoutMs, seen: () => last },
    );
  }

  async #wanted<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
}

/** A running headless studio. */
export type Studio = {
  readonly ready: ReadyLine;
  readonly api: Api;
  readonly child: Child;
  readonly dataDir: string;
};

/** Where the build puts the headless studio. */
export const HEADLESS = join(ROOT, 'out/main/headless.js');

/** Starts the program without waiting for it: for tests of how it refuses to start. */
export function launchStudio(
  stage: Stage,
  name: string,
  flags: readonly string[],
  env?: Readonly<Record<string, string>>,
  nodeFlags: readonly string[] = [],
): Child {
  if (!existsSync(HEADLESS)) throw new Error(`${HEADLESS} is not built: npm run build`);
  return stage.start(name, process.execPath, [...nodeFlags, HEADLESS, ...flags], env);
}

/**
 * Starts the studio on free loopback ports and waits until it is ready.
 *
 * @param options.dataDir A folder used before, to start again on the same settings.
 * @param options.freePorts The ports that are any free ones; the others are as flags or settings have them.
 */
export async function startStudio(
  stage: Stage,
  {
    name = 'studio',
    dataDir,
    flags = [],
    freePorts = ['--rtmp-port', '--http-port'],
    env,
    nodeFlags = [],
  }: {
    name?: string;
    dataDir?: string;
    flags?: readonly string[];
    freePorts?: readonly string[];
    env?: Readonly<Record<string, string>>;
    nodeFlags?: readonly string[];
  } = {},
): Promise<Studio> {
  const dir = dataDir ?? stage.folder(`${name}-data`);
  const ports = freePorts.flatMap((flag) => (flags.includes(flag) ? [] : [flag, '0']));
  const child = launchStudio(stage, name, ['--json', '--data-dir', dir, ...ports, ...flags], env, nodeFlags);
  await child.says(/^\{"event":"ready".*\}$/m, 20_000);
  const first = child.stdout.split('\n')[0] ?? '';
  const ready = JSON.parse(first) as ReadyLine;
  return { ready, api: new Api(ready), child, dataDir: dir };
}
