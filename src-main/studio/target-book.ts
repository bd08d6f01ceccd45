/**
 * The targets: what is saved of them, and what runs.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import type { Target } from '../../src-shared/model/target.ts';
import type { Caller, PublishPlace, Refusal } from '../ingest/ingest-desk.ts';
import type { IngestSlot } from '../ingest/ingest-slot.ts';
import { CUSTOM_PLATFORM, findPreset, keyPlace, REHEARSAL_PLATFORM } from '../outbound/presets.ts';
import type { TargetPlace } from '../outbound/target-route.ts';
import { TargetSupervisor } from '../outbound/target-supervisor.ts';
import { NOTHING_RECEIVED, RehearsalSink } from '../rehearsal/rehearsal-sink.ts';
import { maskKey } from '../secrets/mask-key.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { checkTarget, defaultUrl, separateKey, separateLogin } from './check-target.ts';
import { rehearsalPlace } from './rehearsal-place.ts';
import { shownTarget } from './shown-target.ts';
import { given, newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';
import { TargetEvents } from './target-events.ts';
import { shownProxy, TargetSecrets, type TargetSecretTexts } from './target-secrets.ts';

type Entry = {
  supervisor: TargetSupervisor;
  sink: RehearsalSink | undefined;
  bitrateKbps: number;
  sampledBytes: number;
};

/** What the book asks of its owner. */
export type TargetBookOptions = {
  readonly slot: (ingestId: string) => IngestSlot | undefined;
  readonly firstIngestId: () => string | undefined;
  /** Which targets are wanted has changed: a hold may have nobody left to be for. */
  readonly wishesChanged: (ingestId: string) => void;
  /** Address that rehearsal targets publish to on this computer. */
  readonly rehearsalUrl: () => string;
};

/** All targets by id. */
export class TargetBook {
  readonly #parts: StudioParts;
  readonly #options: TargetBookOptions;
  readonly #secrets: TargetSecrets;
  readonly #entries = new Map<string, Entry>();
  #sampledAt: number;
  #totalKbps = 0;

  constructor(parts: StudioParts, options: TargetBookOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#secrets = new TargetSecrets(parts.secrets);
    this.#sampledAt = parts.clock.now();
  }

  /** Begins with what is saved. Later than the constructor, since ingests must stand first. */
  open(): void {
    for (const saved of this.#parts.settings.value.targets) this.#open(saved);
  }

  list(): readonly Target[] {
    return this.#parts.settings.value.targets.map((saved) => this.#shown(saved));
  }

  /** @throws {CommandRefused} `no-such-target` */
  get(id: string): Target {
    return this.#shown(this.#saved(id));
  }

  /** Upload of all targets over the last second, 1000 bit/s. */
  get totalKbps(): number {
    return this.#totalKbps;
  }

  hasLiveTargets(ingestId: string): boolean {
    return this.#of(ingestId).some(({ supervisor }) => supervisor.isWanted);
  }

  usesIngest(ingestId: string): boolean {
    return this.#parts.settings.value.targets.some((saved) => saved.ingestId === ingestId);
  }

  streamLive(ingestId: string, live: boolean): void {
    for (const { supervisor } of this.#of(ingestId)) supervisor.setStreamLive(live);
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
    const platform = args.platform ?? CUSTOM_PLATFORM;
    const login = separateLogin(args.url ?? defaultUrl(platform));
    const { url, streamKey } = separateKey(login.url, args.streamKey ?? '');
    const saved: SavedTarget = {
      id: newId(this.#parts.random),
      name: args.name,
      platform,
      url,
      ingestId,
      enabled: args.enabled ?? true,
      user: args.user ?? login.user,
      certificateSha256: args.certificateSha256 ?? '',
      bindAddress: args.bindAddress ?? '',
    };
    const texts = { streamKey, password: args.password ?? login.password, proxy: args.proxy ?? '' };
    this.#check(saved, texts);
    this.#secrets.set(saved.id, texts);
    this.#parts.settings.update((settings) => ({ ...settings, targets: [...settings.targets, saved] }));
    this.#open(saved);
    this.#parts.events.write('info', 'target-added', `Target "${saved.name}" was added.`, {
      targetId: saved.id,
    });
    this.changed(saved.id);
    return this.get(saved.id);
  }

  update({ id, streamKey, password, proxy, ...changes }: CommandArgs<'target.update'>): Target {
    const before = this.#saved(id);
    const textsBefore = this.#secrets.get(id);
    // What was read back as dots and comes again is no new key.
    const isSameKey = streamKey === undefined || streamKey === maskKey(textsBefore.streamKey);
    const key = isSameKey ? textsBefore.streamKey : streamKey;
    const login = separateLogin(changes.url ?? before.url);
    const separated = separateKey(login.url, key);
    const user = changes.user ?? (login.user === '' ? before.user : login.user);
    const after: SavedTarget = { ...before, ...given(changes), user, url: separated.url };
    const texts = {
      streamKey: separated.streamKey,
      password: password ?? (login.password === '' ? textsBefore.password : login.password),
      // What was read back without its password and comes again is no new proxy.
      proxy: proxy === undefined || proxy === shownProxy(textsBefore.proxy) ? textsBefore.proxy : proxy,
    };
    this.#check(after, texts);
    const placeChanged =
      placeOf(after) !== placeOf(before) || JSON.stringify(texts) !== JSON.stringify(textsBefore);
    this.#secrets.set(id, texts);
    this.#save(after);
    if (after.ingestId !== before.ingestId) {
      void this.#entries.get(id)?.supervisor.close();
      this.#open(after);
    } else {
      const supervisor = this.#entries.get(id)?.supervisor;
      supervisor?.setEnabled(after.enabled);
      // One that has only now been switched on is on its way there already.
      if (placeChanged && before.enabled) supervisor?.placeChanged();
    }
    this.#options.wishesChanged(before.ingestId);
    this.changed(id);
    return this.get(id);
  }

  start(id: string): Target {
    this.#save({ ...this.#saved(id), enabled: true });
    this.#entries.get(id)?.supervisor.startNow();
    this.changed(id);
    return this.get(id);
  }

  stop(id: string): Target {
    const saved = this.#saved(id);
    this.#save({ ...saved, enabled: false });
    const supervisor = this.#entries.get(id)?.supervisor;
    const wasLive = supervisor?.state === 'live';
    supervisor?.setEnabled(false);
    if (wasLive) {
      const words = `${saved.name} was stopped. Its viewers see the end of the stream; the other targets go on.`;
      this.#parts.events.write('info', 'target-stopped', words, { targetId: id });
    }
    this.#options.wishesChanged(saved.ingestId);
    this.changed(id);
    return this.get(id);
  }

  delete(id: string): void {
    const { name, ingestId } = this.#saved(id);
    void this.#entries.get(id)?.supervisor.close();
    this.#entries.delete(id);
    this.#parts.settings.update((settings) => ({
      ...settings,
      targets: settings.targets.filter((saved) => saved.id !== id),
    }));
    this.#secrets.delete(id);
    this.#options.wishesChanged(ingestId);
    this.#parts.emit({ type: 'target-removed', id });
    this.#parts.events.write('info', 'target-deleted', `Target "${name}" was deleted.`);
  }

  /** A rehearsal target of this studio publishes to this studio; its key is its id. */
  rehearsal(caller: Caller): PublishPlace | Refusal {
    const entry = this.#entries.get(caller.streamName);
    const saved = this.#find(caller.streamName);
    if (entry === undefined || saved?.platform !== REHEARSAL_PLATFORM) return rehearsalPlace(undefined);
    entry.sink = new RehearsalSink();
    return rehearsalPlace(entry.sink);
  }

  /** Once a second: new figures of every target. */
  sample(now: number): void {
    const elapsedMs = Math.max(1, now - this.#sampledAt);
    this.#sampledAt = now;
    let total = 0;
    for (const [id, entry] of this.#entries) {
      const { bytesSent } = entry.supervisor.counts;
      const kbps = Math.round((Math.max(0, bytesSent - entry.sampledBytes) * 8) / elapsedMs);
      const moved = kbps > 0 || entry.bitrateKbps > 0;
      entry.sampledBytes = bytesSent;
      entry.bitrateKbps = kbps;
      total += kbps;
      if (moved || entry.supervisor.isWanted) this.changed(id);
    }
    if (total === this.#totalKbps) return;
    this.#totalKbps = total;
    this.#parts.emit({
      type: 'uplink',
      uplink: { totalKbps: total, budgetKbps: this.#parts.settings.value.uplinkBudgetKbps },
    });
  }

  changed(id: string): void {
    const saved = this.#find(id);
    if (saved !== undefined && this.#entries.has(id))
      this.#parts.emit({ type: 'target', target: this.#shown(saved) });
  }

  /** The studio stops: every platform is told goodbye. */
  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ supervisor }) => supervisor.close()));
  }

  #open(saved: SavedTarget): void {
    const slot = this.#options.slot(saved.ingestId);
    // Ingests that a hand-edited file lacks are mended before targets are opened; commands check theirs.
    if (slot === undefined) {
      throw new Error(`target ${saved.id} wants the ingest ${saved.ingestId}, which does not exist`);
    }
    const { clock, random, dial, hmacSha256, md5 } = this.#parts;
    const events = new TargetEvents(this.#parts.events, saved.id, () => this.#name(saved.id));
    const supervisor: TargetSupervisor = new TargetSupervisor({
      stream: slot.stream,
      place: () => this.#place(saved.id),
      dial,
      clock,
      random,
      hmacSha256,
      md5,
      listener: {
        changed: () => {
          this.changed(saved.id);
        },
        wentLive: (isReconnect) => {
          events.wentLive(isReconnect);
        },
        moved: (host) => {
          events.moved(host);
        },
        lost: (verdict, retryInMs) => {
          events.lost(verdict, supervisor.attempt, retryInMs);
        },
      },
    });
    this.#entries.set(saved.id, {
      supervisor,
      sink: undefined,
      bitrateKbps: 0,
      sampledBytes: 0,
    });
    supervisor.setEnabled(saved.enabled);
    supervisor.setStreamLive(slot.state !== 'waiting');
  }

  #place(id: string): TargetPlace {
    const saved = this.#saved(id);
    const preset = findPreset(saved.platform);
    const known = preset !== undefined && preset.category !== 'custom' && preset.category !== 'self-hosted';
    const rehearsal = saved.platform === REHEARSAL_PLATFORM;
    const { streamKey, password, proxy } = this.#secrets.get(id);
    const orNone = (text: string): string | undefined => (text === '' || rehearsal ? undefined : text);
    return {
      url: rehearsal ? this.#options.rehearsalUrl() : saved.url,
      streamKey: rehearsal ? id : streamKey,
      platformName: known ? preset.name : saved.name,
      keyPlace: preset === undefined ? null : keyPlace(preset),
      user: saved.user,
      password,
      certificateSha256: orNone(saved.certificateSha256),
      proxy: orNone(proxy),
      bindAddress: orNone(saved.bindAddress),
    };
  }

  #check(saved: SavedTarget, texts: TargetSecretTexts): void {
    checkTarget(saved, texts, (ingestId) => this.#options.slot(ingestId) !== undefined);
  }

  #shown(saved: SavedTarget): Target {
    const entry = this.#entries.get(saved.id);
    if (entry === undefined) throw new Error(`target ${saved.id} is saved but not open`);
    const isRehearsal = saved.platform === REHEARSAL_PLATFORM;
    return shownTarget({
      saved,
      url: isRehearsal ? this.#options.rehearsalUrl() : saved.url,
      secrets: this.#secrets.get(saved.id),
      supervisor: entry.supervisor,
      bitrateKbps: entry.bitrateKbps,
      received: isRehearsal ? (entry.sink?.received ?? NOTHING_RECEIVED) : null,
    });
  }

  #of(ingestId: string): readonly Entry[] {
    return this.#parts.settings.value.targets
      .filter((saved) => saved.ingestId === ingestId)
      .flatMap((saved) => this.#entries.get(saved.id) ?? []);
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

  #name(id: string): string {
    return this.#find(id)?.name ?? id;
  }
}

/** What of a target decides where it goes, and how. */
function placeOf({ url, platform, user, certificateSha256, bindAddress }: SavedTarget): string {
  return JSON.stringify([url, platform, user, certificateSha256, bindAddress]);
}
