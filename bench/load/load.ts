/**
 * The load of a round: one process that publishes, and two that receive. Delays are taken in one of these, which has
 * so few connections that it is never late itself; what it has lies evenly among all of them, first and last included.
 * @module
 */
import type { Stage } from '../../e2e/harness/stage.ts';
import { sleep, until } from '../../e2e/harness/until.ts';
import type { Contestant, PushTo } from '../servers/contestant.ts';
import { receiversOf, type Scenario } from '../scenarios.ts';
import type { ListeningAt, PublisherReport, ReceiverReport } from './calls.ts';
import { LoadProcess, type Publisher, type Receiver } from './load-process.ts';

/** Connections of the process that takes delays. */
const PROBES = 4;
/** All connections of a round stand within this. */
const SET_UP_MS = 15_000;

/** A receiving process and where it takes what is pushed. */
type Place = { readonly receiver: Receiver; readonly at: ListeningAt };

/** What a window of time brought. */
export type Delivery = {
  readonly published: PublisherReport;
  readonly probe: ReceiverReport;
  readonly bulk: ReceiverReport;
};

/** The load processes, for as long as the stage stands. */
export class Load {
  readonly #publisher: Publisher;
  readonly #probe: Place;
  readonly #bulk: Place;

  private constructor(publisher: Publisher, { probe, bulk }: { probe: Place; bulk: Place }) {
    this.#publisher = publisher;
    this.#probe = probe;
    this.#bulk = bulk;
  }

  static async start(stage: Stage, { tls = false }: { tls?: boolean } = {}): Promise<Load> {
    const place = async (): Promise<Place> => {
      const receiver: Receiver = new LoadProcess(stage, 'receiver');
      return { receiver, at: await receiver.call('listen', { tls }) };
    };
    const places = { probe: await place(), bulk: await place() };
    return new Load(new LoadProcess(stage, 'publisher'), places);
  }

  /** Where a server is to push in a scenario. */
  targets(scenario: Scenario): readonly PushTo[] {
    const count = scenario.streams * scenario.targetsPerStream;
    return Array.from({ length: count }, (_, n) => {
      const { port, certificateSha256 } = this.#placeOf(n, count).at;
      const url = `${certificateSha256 === '' ? 'rtmp' : 'rtmps'}://127.0.0.1:${port}/app`;
      return { stream: n % scenario.streams, url, streamName: `target-${n}`, certificateSha256 };
    });
  }

  /** Shows begin, players come, and all streams are there. */
  async begin(scenario: Scenario, server: Contestant): Promise<void> {
    const { videoKbps, playersPerStream } = scenario;
    const left = await this.#streams();
    if (left > 0) throw new Error(`${left} streams of another server still come; ${server.name} has to wait`);
    await this.#publisher.call('publish', { urls: server.publishUrls, videoKbps });
    await server.showsBegun();
    const urls = server.publishUrls.flatMap((url) => Array.from({ length: playersPerStream }, () => url));
    for (const [n, url] of urls.entries())
      await this.#placeOf(n, urls.length).receiver.call('play', { urls: [url] });
    const wanted = receiversOf(scenario);
    let have = 0;
    await until(
      `${server.name} sends ${wanted} streams`,
      async () => {
        have = await this.#streams();
        return have === wanted;
      },
      { timeoutMs: SET_UP_MS, everyMs: 100, seen: () => have },
    );
  }

  /** Counts for a while; `before` and `after` are called right at its ends. */
  async measure(
    seconds: number,
    { before, after }: { before: () => void; after: () => void },
  ): Promise<Delivery> {
    await Promise.all(this.#receivers.map((each) => each.call('begin', null)));
    await this.#publisher.call('begin', null);
    before();
    await sleep(seconds * 1000);
    after();
    const published = await this.#publisher.call('end', null);
    const probe = await this.#probe.receiver.call('end', null);
    return { published, probe, bulk: await this.#bulk.receiver.call('end', null) };
  }

  /** Everybody goes. */
  async end(server: Contestant): Promise<void> {
    await this.#publisher.call('stop', { crashing: false });
    await server.showsOver();
    await Promise.all(this.#receivers.map((each) => each.call('leave', null)));
  }

  async #streams(): Promise<number> {
    const counts = await Promise.all(this.#receivers.map((each) => each.call('streams', null)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  get #receivers(): readonly Receiver[] {
    return [this.#probe.receiver, this.#bulk.receiver];
  }

  #placeOf(index: number, count: number): Place {
    return isProbe(index, count) ? this.#probe : this.#bulk;
  }
}

/** Whether delays are taken on connection `index` of `count`: on four of them, from the first to the last. */
export function isProbe(index: number, count: number): boolean {
  if (count <= PROBES) return true;
  return Array.from({ length: PROBES }, (_, n) => Math.round((n * (count - 1)) / (PROBES - 1))).includes(
    index,
  );
}
