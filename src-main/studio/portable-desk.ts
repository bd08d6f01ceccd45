/**
 * Targets on their way out and in.
 * @module
 */
import type { CommandAnswer, CommandArgs } from '../../src-shared/bridge/contract.ts';
import type { ImportPlan } from '../../src-shared/model/target-import.ts';
import { isOwnAddress } from '../net/shown-host.ts';
import { CUSTOM_PLATFORM, platformPresets } from '../outbound/presets.ts';
import { readTargetUrl } from '../outbound/target-url.ts';
import type { Scrypt } from '../platform/crypto.ts';
import type { ObsSearch } from '../portable/obs-profiles.ts';
import { obsTarget } from '../portable/obs-target.ts';
import { TargetFileError } from '../portable/target-file-error.ts';
import { readTargetFile } from '../portable/target-file.ts';
import type { DelayBook } from './delay-book.ts';
import { exportTargets } from './export-targets.ts';
import { toCandidate, toEntry, type Arrival } from './import-entry.ts';
import type { OwnPorts } from './network-desk.ts';
import { newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';
import type { TargetBook } from './target-book.ts';
import type { KeptTarget } from './target-secrets.ts';

/** How long a list may be looked at before it is taken in; the keys of a forgotten one must not stay. */
const PLAN_LASTS_MS = 15 * 60_000;
/** Lists that are looked at side by side: as many windows. */
const MAX_PLANS = 4;

/** What the desk works with. */
export type PortableDeskOptions = {
  readonly targets: Pick<TargetBook, 'kept' | 'add' | 'get'>;
  readonly scrypt: Scrypt;
  readonly findObsProfiles: () => Promise<ObsSearch>;
  readonly delays: Pick<DelayBook, 'checkFits'>;
  /** Where encoders connect. */
  readonly ports: () => OwnPorts;
};

type Plan = { readonly madeAt: number; readonly arrivals: readonly Arrival[] };

/** Writes the file, and keeps what was read of one until it is confirmed. */
export class PortableDesk {
  readonly #parts: StudioParts;
  readonly #options: PortableDeskOptions;
  readonly #plans = new Map<string, Plan>();
  /** Ends with the last passphrase that was asked for: each takes 64 MiB, so they come one by one. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: StudioParts, options: PortableDeskOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** @throws {CommandRefused} `no-targets` */
  async export({ passphrase }: CommandArgs<'targets.export'>): Promise<CommandAnswer<'targets.export'>> {
    const { settings, clock, random, events } = this.#parts;
    const ingestName = (id: string): string | undefined =>
      settings.value.ingests.find((ingest) => ingest.id === id)?.name;
    const file = await this.#inTurn(() =>
      exportTargets(this.#options.targets.kept(), {
        ...{ passphrase, ingestName, random },
        wallNow: clock.wallNow(),
        scrypt: this.#options.scrypt,
      }),
    );
    const how = file.withKeys ? 'with their keys, locked by a passphrase' : 'without their keys';
    events.write('info', 'targets-exported', `The targets were exported to a file, ${how}.`);
    return file;
  }

  /** @throws {CommandRefused} The file cannot be read, or the passphrase is another one. */
  async previewFile({ file, passphrase }: CommandArgs<'targets.preview-import'>): Promise<ImportPlan> {
    const { scrypt } = this.#options;
    const { keys, targets } = await this.#inTurn(() => readTargetFile(file, passphrase, { scrypt })).catch(
      (error: unknown) => {
        if (!(error instanceof TargetFileError)) throw error;
        throw new CommandRefused(error.code, error.message, error.field);
      },
    );
    const arrivals = targets.map((target, i) => ({
      ...{ ...target, id: `${i + 1}` },
      ...{ profile: null, problem: undefined },
    }));
    return { ...this.#plan(arrivals), keys, skipped: [] };
  }

  async previewObs(): Promise<ImportPlan> {
    const { profiles, skipped } = await this.#options.findObsProfiles();
    const isOwnRelay = (url: string): boolean => this.#isOwnRelay(url);
    const options = { presets: platformPresets, custom: CUSTOM_PLATFORM, isOwnRelay };
    const arrivals = profiles.map((profile, i) => ({
      ...obsTarget(profile, options),
      ...{ id: `${i + 1}`, profile: profile.name },
    }));
    return { ...this.#plan(arrivals), keys: 'open', skipped };
  }

  /**
   * All that was chosen, or nothing.
   * @throws {CommandRefused}
   */
  async import({ planId, ids }: CommandArgs<'targets.import'>): Promise<CommandAnswer<'targets.import'>> {
    const arrivals = this.#chosen(planId, ids);
    for (const { kept } of this.#candidates(arrivals)) {
      const { ingestId, delaySeconds } = kept.saved;
      await this.#options.delays.checkFits(ingestId, delaySeconds, 'ids');
    }
    // Once more: things may have changed while the disk was asked.
    const added = this.#candidates(arrivals).map(({ kept }) => withNewId(kept, newId(this.#parts.random)));
    this.#plans.delete(planId);
    this.#options.targets.add(added);
    return added.map(({ saved }) => this.#options.targets.get(saved.id));
  }

  /** The arrivals that are asked for, in the order they came in. */
  #chosen(planId: string, ids: readonly string[]): readonly Arrival[] {
    this.#forgetOldPlans();
    const plan = this.#plans.get(planId);
    if (plan === undefined) {
      const words = 'This list is not kept any more: it was imported, or is too old. Open the file again.';
      throw new CommandRefused('no-such-plan', words, 'planId');
    }
    const wanted = new Set(ids);
    const stray = ids.find((id) => plan.arrivals.every((arrival) => arrival.id !== id));
    if (stray !== undefined) {
      throw new CommandRefused('bad-request', `The list has no target with the id "${stray}".`, 'ids');
    }
    return plan.arrivals.filter(({ id }) => wanted.has(id));
  }

  /** @throws {CommandRefused} One of them cannot be taken in. */
  #candidates(arrivals: readonly Arrival[]): ReturnType<typeof toCandidate>[] {
    return arrivals.map((arrival) => {
      const candidate = toCandidate(arrival, this.#parts.settings.value.ingests);
      if (candidate.isUsable) return candidate;
      const words = `“${arrival.target.name}” cannot be imported, so nothing was. ${candidate.notes.join(' ')}`;
      throw new CommandRefused('bad-request', words, 'ids');
    });
  }

  #plan(arrivals: readonly Arrival[]): Pick<ImportPlan, 'planId' | 'entries'> {
    const { clock, random, settings } = this.#parts;
    const others: KeptTarget[] = [...this.#options.targets.kept()];
    const entries = arrivals.map((arrival) => {
      const candidate = toCandidate(arrival, settings.value.ingests);
      const entry = toEntry(arrival, candidate, others);
      if (candidate.isUsable) others.push(candidate.kept);
      return entry;
    });
    this.#forgetOldPlans();
    const planId = newId(random);
    this.#plans.set(planId, { madeAt: clock.now(), arrivals });
    for (const oldest of [...this.#plans.keys()].slice(0, -MAX_PLANS)) this.#plans.delete(oldest);
    return { planId, entries };
  }

  #forgetOldPlans(): void {
    const now = this.#parts.clock.now();
    for (const [id, { madeAt }] of this.#plans) {
      if (now - madeAt > PLAN_LASTS_MS) this.#plans.delete(id);
    }
  }

  #isOwnRelay(url: string): boolean {
    const address = readTargetUrl(url);
    const { rtmpPort, rtmpsPort } = this.#options.ports();
    if ('field' in address || ![rtmpPort, rtmpsPort].includes(address.port)) return false;
    return address.host.toLowerCase() === 'localhost' || isOwnAddress(address.host);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function withNewId({ saved, secrets }: KeptTarget, id: string): KeptTarget {
  return { saved: { ...saved, id }, secrets };
}
