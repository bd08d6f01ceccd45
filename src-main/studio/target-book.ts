/**
 * The targets: what is saved of them, and what runs. Their order is their priority.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import type { Target } from '../../src-shared/model/target.ts';
import type { Caller, PublishPlace, Refusal } from '../ingest/ingest-desk.ts';
import { REHEARSAL_PLATFORM } from '../outbound/presets.ts';
import type { Verdict } from '../outbound/run-end.ts';
import { RehearsalSink } from '../rehearsal/rehearsal-sink.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { checkTarget } from './check-target.ts';
import type { DelayBook } from './delay-book.ts';
import { OpenTarget } from './open-target.ts';
import { insertedAt, placeOf, RecentlyDeleted, type Place } from './recently-deleted.ts';
import { rehearsalPlace } from './rehearsal-place.ts';
import type { SourceFigures } from './source-figures.ts';
import type { ShowBegan } from './start-time.ts';
import { newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';
import { changedTarget, newTarget } from './target-parts.ts';
import { placeFor, placesDiffer } from './target-places.ts';
import { TargetSecrets, type KeptTarget } from './target-secrets.ts';

/** What the book asks of its owner. */
export type TargetBookOptions = {
  readonly delays: DelayBook;
  readonly ingestExists: (ingestId: string) => boolean;
  readonly firstIngestId: () => string | undefined;
  /** Which targets are wanted has changed: a hold may have nobody left to be for. */
  readonly wishesChanged: (ingestId: string) => void;
  /** Address that rehearsal targets publish to on this computer. */
  readonly rehearsalUrl: () => string;
  /** What an ingest's encoder sends; undefined: none does. */
  readonly source: (ingestId: string) => SourceFigures | undefined;
  readonly retryDelay: (target: OpenTarget, verdict: Verdict, attempt: number) => number;
};

type DeletedTarget = KeptTarget & {
  readonly place: Place;
  /** Settles when its platform was told, or took it not in time; undefined: it did not run. */
  readonly goodbye: Promise<void> | undefined;
};

/** All targets by id. */
export class TargetBook {
  readonly #parts: StudioParts;
  readonly #options: TargetBookOptions;
  readonly #secrets: TargetSecrets;
  readonly #open = new Map<string, OpenTarget>();
  readonly #deleted: RecentlyDeleted<DeletedTarget>;
  readonly #showBegan = new Map<string, ShowBegan>();
  #sampledAt: number;
  #isClosed = false;

  constructor(parts: StudioParts, options: TargetBookOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#secrets = new TargetSecrets(parts.secrets);
    this.#deleted = new RecentlyDeleted(parts.clock, 'target');
    this.#sampledAt = parts.clock.now();
  }

  /** Begins with what is saved. Later than the constructor, since ingests must stand first. */
  open(): void {
    for (const saved of this.#parts.settings.value.targets) this.#openOne(saved);
  }

  /** Most important first. */
  list(): readonly Target[] {
    return this.#parts.settings.value.targets.map((saved) => this.#shown(saved));
  }

  /** Those that run, most important first. */
  running(): readonly OpenTarget[] {
    return this.#parts.settings.value.targets.flatMap(({ id }) => this.#open.get(id) ?? []);
  }

  /** @throws {CommandRefused} `no-such-target` */
  get(id: string): Target {
    return this.#shown(this.#saved(id));
  }

  hasLiveTargets(ingestId: string): boolean {
    return this.#of(ingestId).some(({ legs, awaitsDelay }) => legs.isWanted || awaitsDelay);
  }

  usesIngest(ingestId: string): boolean {
    return this.#parts.settings.value.targets.some((saved) => saved.ingestId === ingestId);
  }

  /** A show begins, or goes on after a hold (true), or is over. */
  showLive(ingestId: string, live: boolean, isNew: boolean): void {
    if (isNew) this.#showBegan.set(ingestId, this.#parts.clock.wallNow());
    this.#options.delays.showLive(ingestId, live);
  }

  create(args: CommandArgs<'target.create'>): Target {
    const ingestId = args.ingestId ?? this.#options.firstIngestId();
    if (ingestId === undefined) {
      throw new CommandRefused(
        'no-such-ingest',
        'There is no ingest yet. Make one first, then add targets to it.',
        'ingestId',
      );
    }
    const target = newTarget(args, { id: newId(this.#parts.random), ingestId });
    checkTarget(target.saved, target.secrets, this.#options.ingestExists);
    this.add([target]);
    return this.get(target.saved.id);
  }

  /** Takes in what is checked already, behind all others; with none of them missing. */
  add(added: readonly KeptTarget[]): void {
    this.#insert(added, (targets) => [...targets, ...added.map(({ saved }) => saved)]);
    for (const { saved } of added) {
      const words = `Target "${saved.name}" was added.`;
      this.#parts.events.write('info', 'target-added', words, { targetId: saved.id });
      this.changed(saved.id);
    }
  }

  /** All that is kept of the targets, keys too, most important first: for comparing and for an export. */
  kept(): readonly KeptTarget[] {
    const { targets } = this.#parts.settings.value;
    return targets.map((saved) => ({ saved, secrets: this.#secrets.get(saved.id) }));
  }

  update(args: CommandArgs<'target.update'>): Target {
    const { id } = args;
    const before = { saved: this.#saved(id), secrets: this.#secrets.get(id) };
    const after = changedTarget(before, args);
    checkTarget(after.saved, after.secrets, this.#options.ingestExists);
    this.#secrets.set(id, after.secrets);
    this.#save(after.saved);
    this.#apply(before, after);
    this.#options.wishesChanged(before.saved.ingestId);
    this.changed(id);
    return this.get(id);
  }

  start(id: string): Target {
    this.#save({ ...this.#saved(id), enabled: true });
    this.#open.get(id)?.startNow();
    this.changed(id);
    return this.get(id);
  }

  /** Enables all; those with a schedule keep to it. */
  startAll(): void {
    for (const { id } of this.#parts.settings.value.targets) {
      this.#save({ ...this.#saved(id), enabled: true });
      this.#open.get(id)?.startInTime();
      this.changed(id);
    }
  }

  stop(id: string): Target {
    const saved = this.#saved(id);
    this.#save({ ...saved, enabled: false });
    const target = this.#open.get(id);
    const wasLive = target?.legs.state === 'live';
    target?.stop();
    if (wasLive) {
      const words = `${saved.name} was stopped. Its viewers see the end of the stream; the other targets go on.`;
      this.#parts.events.write('info', 'target-stopped', words, { targetId: id });
    }
    this.#options.wishesChanged(saved.ingestId);
    this.changed(id);
    return this.get(id);
  }

  /** Nothing of it stays on the disk; it can be brought back for a while all the same. */
  delete(id: string): void {
    const saved = this.#saved(id);
    const place = placeOf(this.#parts.settings.value.targets, id);
    const goodbye = this.#open.get(id)?.close();
    this.#deleted.keep(id, { saved, secrets: this.#secrets.get(id), place, goodbye });
    this.#open.delete(id);
    this.#parts.settings.update((settings) => ({
      ...settings,
      targets: settings.targets.filter((target) => target.id !== id),
    }));
    this.#secrets.delete(id);
    this.#options.wishesChanged(saved.ingestId);
    this.#parts.emit({ type: 'target-removed', id });
    this.#parts.events.write('info', 'target-deleted', `Target "${saved.name}" was deleted.`);
  }

  /** @throws {CommandRefused} `no-such-deleted-target` */
  comesBackOn(id: string): boolean {
    return this.#deleted.get(id).saved.enabled;
  }

  /**
   * What was deleted a moment ago is there again: same id, key and place, on or off as it was.
   * @throws {CommandRefused} `no-such-deleted-target`, `deleted-ingest-gone`, `bad-request`
   */
  async restore(id: string): Promise<Target> {
    // The platform would take its new connection for a second one.
    await this.#deleted.get(id).goodbye;
    const deleted = this.#deleted.get(id);
    const { saved, secrets, place } = deleted;
    refuseWithoutIngest(saved, this.#options.ingestExists);
    checkTarget(saved, secrets, this.#options.ingestExists);
    this.#insert([deleted], (targets) => insertedAt(targets, saved, place));
    this.#deleted.forget(id);
    this.#parts.events.write('info', 'target-restored', `Target "${saved.name}" was brought back.`, {
      targetId: id,
    });
    this.#orderChanged();
    return this.get(id);
  }

  /**
   * Most important first; those that are left out keep their order behind these.
   * @throws {CommandRefused} `no-such-target`
   */
  reorder(ids: readonly string[]): void {
    const wanted = [...new Set(ids)].map((id) => this.#saved(id));
    const isWanted = new Set(ids);
    this.#parts.settings.update((settings) => ({
      ...settings,
      targets: [...wanted, ...settings.targets.filter(({ id }) => !isWanted.has(id))],
    }));
    this.#orderChanged();
  }

  /** A rehearsal target of this studio publishes to this studio; its key is its id. */
  rehearsal(caller: Caller): PublishPlace | Refusal {
    const target = this.#open.get(caller.streamName);
    const saved = this.#find(caller.streamName);
    if (target === undefined || saved?.platform !== REHEARSAL_PLATFORM) return rehearsalPlace(undefined);
    target.sink = new RehearsalSink();
    return rehearsalPlace(target.sink);
  }

  /** What a target is sent with; for a rehearsal, too. */
  place(id: string): ReturnType<typeof placeFor> {
    return placeFor('primary', this.#saved(id), this.#secrets.get(id));
  }

  /** Once a second: new figures of every target. */
  sample(now: number): void {
    const elapsedMs = Math.max(1, now - this.#sampledAt);
    this.#sampledAt = now;
    for (const [id, target] of this.#open) {
      if (target.sample(elapsedMs, this.#options.source(target.ingestId))) this.changed(id);
    }
  }

  changed(id: string): void {
    if (!this.#parts.isHeard()) return;
    const saved = this.#find(id);
    if (saved !== undefined && this.#open.has(id))
      this.#parts.emit({ type: 'target', target: this.#shown(saved) });
  }

  /** The network is back, or the computer has woken up: waiting tries come at once, dead lines are found soon. */
  lineMayHaveChanged(): void {
    for (const { legs } of this.#open.values()) {
      legs.checkLine();
      legs.tryNow();
    }
  }

  /** The studio stops: every platform is told goodbye. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deleted.forgetAll();
    await Promise.all([...this.#open.values()].map((target) => target.close()));
  }

  #insert(
    added: readonly KeptTarget[],
    into: (targets: readonly SavedTarget[]) => readonly SavedTarget[],
  ): void {
    for (const { saved, secrets } of added) this.#secrets.set(saved.id, secrets);
    this.#parts.settings.update((settings) => ({ ...settings, targets: into(settings.targets) }));
    for (const { saved } of added) this.#openOne(saved);
  }

  /** A row that is new at its place comes first, the order after it. */
  #orderChanged(): void {
    const order = this.#parts.settings.value.targets.map(({ id }) => id);
    for (const id of order) this.changed(id);
    this.#parts.emit({ type: 'target-order', ids: order });
  }

  #openOne(saved: SavedTarget): void {
    const { id } = saved;
    let last = saved;
    const target: OpenTarget = new OpenTarget(this.#parts, {
      // One that is deleted still says goodbye.
      saved: () => (last = this.#find(id) ?? last),
      secrets: () => this.#secrets.get(id),
      place: (leg) =>
        placeFor(leg, this.#find(id) ?? last, this.#secrets.get(id), this.#options.rehearsalUrl()),
      showBegan: () => this.#showBegan.get(saved.ingestId),
      delays: this.#options.delays,
      retryDelay: (verdict, attempt) => this.#options.retryDelay(target, verdict, attempt),
      changed: () => {
        this.changed(id);
      },
      givenUp: () => {
        this.#options.wishesChanged(target.ingestId);
      },
    });
    this.#open.set(id, target);
  }

  /** Brings a target that runs to what is saved of it now. */
  #apply(was: KeptTarget, is: KeptTarget): void {
    const [before, after] = [was.saved, is.saved];
    const { id } = after;
    const target = this.#open.get(id);
    if (target === undefined) return;
    if (after.ingestId !== before.ingestId) {
      // Its new connection waits for the goodbye of the old one.
      void target.close().then(() => {
        if (this.#isClosed || this.#open.get(id) !== target) return;
        this.#openOne(this.#saved(id));
        this.changed(id);
        this.#options.wishesChanged(before.ingestId);
      });
      return;
    }
    const places = (leg: 'primary' | 'backup'): boolean =>
      placesDiffer(placeFor(leg, before, was.secrets), placeFor(leg, after, is.secrets));
    target.applyWish();
    // One that has only now been switched on is on its way there already.
    if (before.enabled && places('primary')) target.legs.placeChanged('primary');
    if (before.enabled && before.backupMode !== 'off' && places('backup')) target.legs.placeChanged('backup');
    if (after.backupMode !== before.backupMode || places('backup')) target.legs.modeChanged();
    if (after.delaySeconds !== before.delaySeconds) this.#options.delays.refresh(id);
  }

  #shown(saved: SavedTarget): Target {
    const target = this.#open.get(saved.id);
    if (target === undefined) throw new Error(`target ${saved.id} is saved but not open`);
    const isRehearsal = saved.platform === REHEARSAL_PLATFORM;
    const priority = this.#parts.settings.value.targets.findIndex(({ id }) => id === saved.id) + 1;
    return target.shown({ url: isRehearsal ? this.#options.rehearsalUrl() : saved.url, priority });
  }

  #of(ingestId: string): readonly OpenTarget[] {
    return [...this.#open.values()].filter((target) => target.ingestId === ingestId);
  }

  #save(saved: SavedTarget): void {
    this.#parts.settings.update((settings) => ({
      ...settings,
      targets: settings.targets.map((target) => (target.id === saved.id ? saved : target)),
    }));
  }

  #find(id: string): SavedTarget | undefined {
    return this.#parts.settings.value.targets.find((target) => target.id === id);
  }

  #saved(id: string): SavedTarget {
    const saved = this.#find(id);
    if (saved === undefined)
      throw new CommandRefused('no-such-target', `There is no target with the id "${id}".`);
    return saved;
  }
}

/** @throws {CommandRefused} `deleted-ingest-gone` */
function refuseWithoutIngest({ name, ingestId }: SavedTarget, exists: (ingestId: string) => boolean): void {
  if (exists(ingestId)) return;
  const words = `"${name}" cannot come back: the ingest it sent was deleted. Bring that back first, or add the target anew.`;
  throw new CommandRefused('deleted-ingest-gone', words);
}
