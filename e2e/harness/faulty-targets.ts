/**
 * Targets whose servers have a fault, in a show that goes on: what the API must say of them, and when they call again.
 * @module
 */
import { expect } from 'vitest';
import type { Target } from '../../src-shared/model/target.ts';
import { startFaultServer, type Fault, type FaultServer } from './fault-server.ts';
import { expectUntouched, type Show } from './show.ts';
import type { Stage } from './stage.ts';
import { TargetWatch } from './target-watch.ts';
import { sleep } from './until.ts';

/** The product's own, ms: shortest pause, longest first one, and what each of several lost together waits more. */
const [LEAST_PAUSE_MS, FIRST_PAUSE_MS, STAGGER_MS] = [250, 1_000, 500];
/** Targets that may be lost to the network within the same three seconds. */
const LOST_TOGETHER = 3;

/** A target with a fault; no server: nobody listens there. */
export type FaultyTarget = { readonly id: string; readonly server: FaultServer | undefined };

/** Those of one show. */
export class FaultyTargets {
  /** All that were started, oldest first. */
  readonly servers: FaultServer[] = [];
  readonly watch: TargetWatch;
  readonly #stage: Stage;
  readonly #show: Show;

  constructor(stage: Stage, show: Show) {
    this.#stage = stage;
    this.#show = show;
    this.watch = new TargetWatch(stage, show.studio.api);
  }

  /** Adds a target that goes live at once, if its server lets it. */
  async add(name: string, url: string, server?: FaultServer): Promise<FaultyTarget> {
    const wish = { name, url, streamKey: `key-of-${name.replaceAll(/\W/g, '-')}`, enabled: true };
    const { id } = await this.#show.studio.api.addTarget(wish);
    return { id, server };
  }

  /** The same with a server of its own. */
  async addWith(name: string, fault: Fault, { tls = false } = {}): Promise<FaultyTarget> {
    const server = await this.serve(fault, { tls });
    return this.add(name, server.url, server);
  }

  async serve(fault: Fault, { tls = false } = {}): Promise<FaultServer> {
    const server = await startFaultServer(this.#stage, fault, { tls });
    this.servers.push(server);
    return server;
  }

  async remove({ id }: FaultyTarget): Promise<void> {
    expect((await this.#show.studio.api.call('DELETE', `/targets/${id}`)).status).toBe(204);
  }

  /** Heals its server, waits until it is live, and removes it. */
  async heal(faulty: FaultyTarget): Promise<Target> {
    faulty.server?.become({ kind: 'none' });
    const live = await this.#show.studio.api.targetIs(faulty.id, 'live');
    await this.remove(faulty);
    return live;
  }

  /** Its first failed try, which is told rightly and followed by another. */
  async firstRetry(
    { id }: FaultyTarget,
    { code, words, timeoutMs = 15_000 }: { code: string; words: RegExp; timeoutMs?: number },
  ): Promise<Target> {
    const [first] = await this.watch.failed(id, { timeoutMs });
    if (first === undefined) throw new Error('it did not fail');
    expectRetry(first, code, words);
    return first;
  }

  /** Two tries in a row, each told rightly; then the target goes away. */
  async expectTwoTries(faulty: FaultyTarget, code: string, words: RegExp): Promise<void> {
    const tries = await this.watch.failed(faulty.id, { times: 2 });
    expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2]);
    for (const one of tries) expectRetry(one, code, words);
    await this.remove(faulty);
    await expectUntouched(this.#show);
  }

  /** One try, and no call after it. */
  async expectGivenUp(faulty: FaultyTarget, code: string, words: RegExp): Promise<void> {
    const [given] = await this.watch.failed(faulty.id);
    expect(given).toMatchObject({ state: 'failed', nextRetryAt: null, attempt: 1, lastError: { code } });
    expect(given?.lastError?.message).toMatch(words);
    await sleep(2 * FIRST_PAUSE_MS);
    expect(faulty.server?.connectedAt).toHaveLength(1);
    expect((await this.#show.studio.api.target(faulty.id)).state).toBe('failed');
    await expectUntouched(this.#show);
  }
}

/** What went wrong with a target that tries again, and that it waits as long as it may. */
export function expectRetry(target: Target, code: string, words: RegExp): void {
  expect(target).toMatchObject({ state: 'retrying', lastError: { code } });
  expect(target.lastError?.message).toMatch(words);
  const pauseMs = Date.parse(target.nextRetryAt ?? '') - Date.parse(target.lastError?.at ?? '');
  expect(pauseMs).toBeGreaterThanOrEqual(LEAST_PAUSE_MS);
  const longestMs = FIRST_PAUSE_MS * 2 ** (target.attempt - 1) + STAGGER_MS * (LOST_TOGETHER - 1);
  expect(pauseMs).toBeLessThanOrEqual(longestMs);
}
