/**
 * The targets: what is saved of them, and what runs.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import type { Target } from '../../src-shared/model/target.ts';
import type { Caller, PublishPlace, Refusal } from '../ingest/ingest-desk.ts';
import type { IngestSlot } from '../ingest/ingest-slot.ts';
import { CUSTOM_PLATFORM, findPreset, REHEARSAL_PLATFORM } from '../outbound/presets.ts';
import type { Verdict } from '../outbound/run-end.ts';
import { TargetSupervisor, type TargetPlace } from '../outbound/target-supervisor.ts';
import { NOTHING_RECEIVED, RehearsalSink } from '../rehearsal/rehearsal-sink.ts';
import { maskKey } from '../secrets/mask-key.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { checkTarget, defaultUrl } from './check-target.ts';
import { rehearsalPlace } from './rehearsal-place.ts';
import { shownTarget } from './shown-target.ts';
import { newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

type Entry = {
  supervisor: TargetSupervisor;
  sink: RehearsalSink | undefined;
  bitrateKbps: number;
  sampledBytes: number;
  /** Code of the last loss that was told; undefined once live. */
  toldCode: string | undefined;
};

/** What the book asks of its owner. */
export type TargetBookOptions = {
  readonly slot: (ingestId: string) => IngestSlot | undefined;
  readonly firstIngestId: () => string | undefined;
  /** Address that rehearsal targets publish to on this computer. */
  readonly rehearsalUrl: () => string;
};

/** All targets by id. */
export class TargetBook {
  readonly #parts: StudioParts;
  readonly #options: TargetBookOptions;
  readonly #entries = new Map<string, Entry>();
  #sampledAt: number;
  #totalKbps = 0;

  constructor(parts: StudioParts, options: TargetBookOptions) {
    this.#parts = parts;
    this.#options = options;
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
    const saved: SavedTarget = {
      id: newId(this.#parts.random),
      name: args.name,
      platform,
      url: args.url ?? defaultUrl(platform),
      ingestId,
      enabled: args.enabled ?? true,
    };
    this.#check(saved, args.streamKey ?? '');
    if (args.streamKey !== undefined && args.streamKey !== '')
      this.#parts.secrets.set(keyName(saved.id), args.streamKey);
    this.#parts.settings.update((settings) => ({ ...settings, targets: [...settings.targets, saved] }));
    this.#open(saved);
    this.#parts.events.write('info', 'target-added', `Target "${saved.name}" was added.`, {
      targetId: saved.id,
    });
    this.changed(saved.id);
    return this.get(saved.id);
  }

  update({ id, name, url, streamKey, ingestId, platform, enabled }: CommandArgs<'target.update'>): Target {
    const before = this.#saved(id);
    const after: SavedTarget = {
      ...before,
      ...(name === undefined ? {} : { name }),
      ...(url === undefined ? {} : { url }),
      ...(ingestId === undefined ? {} : { ingestId }),
      ...(platform === undefined ? {} : { platform }),
      ...(enabled === undefined ? {} : { enabled }),
    };
    this.#check(after, streamKey ?? this.#key(id));
    const placeChanged =
      after.url !== before.url ||
      after.platform !== before.platform ||
      (streamKey !== undefined && streamKey !== this.#key(id));
    if (streamKey === '') this.#parts.secrets.delete(keyName(id));
    else if (streamKey !== undefined) this.#parts.secrets.set(keyName(id), streamKey);
    this.#save(after);
    if (after.ingestId !== before.ingestId) {
      this.#entries.get(id)?.supervisor.close();
      this.#open(after);
    } else {
      const supervisor = this.#entries.get(id)?.supervisor;
      supervisor?.setEnabled(after.enabled);
      if (placeChanged) supervisor?.placeChanged();
    }
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
    this.changed(id);
    return this.get(id);
  }

  delete(id: string): void {
    const { name } = this.#saved(id);
    this.#entries.get(id)?.supervisor.close();
    this.#entries.delete(id);
    this.#parts.settings.update((settings) => ({
      ...settings,
      targets: settings.targets.filter((saved) => saved.id !== id),
    }));
    this.#parts.secrets.delete(keyName(id));
    this.#parts.emit({ type: 'target-removed', id });
    this.#parts.events.write('info', 'target-deleted', `Target "${name}" was deleted.`);
  }

  /** A rehearsal target of this studio publishes to this studio; its key is its id. */
  rehearsal(caller: Caller): PublishPlace | Refusal {
    const entry = this.#entries.get(caller.streamName);
    const saved = this.#parts.settings.value.targets.find((target) => target.id === caller.streamName);
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
    const saved = this.#parts.settings.value.targets.find((target) => target.id === id);
    if (saved !== undefined && this.#entries.has(id))
      this.#parts.emit({ type: 'target', target: this.#shown(saved) });
  }

  /** The studio stops: every platform is told goodbye. */
  close(): void {
    for (const { supervisor } of this.#entries.values()) supervisor.close();
  }

  #open(saved: SavedTarget): void {
    const slot = this.#options.slot(saved.ingestId);
    // An ingest that is gone from a hand-edited file: the target is kept, but cannot run.
    if (slot === undefined) {
      throw new Error(`target ${saved.id} wants the ingest ${saved.ingestId}, which does not exist`);
    }
    const { clock, random, dial } = this.#parts;
    const supervisor = new TargetSupervisor({
      stream: slot.stream,
      place: () => this.#place(saved.id),
      dial,
      clock,
      random,
      listener: {
        changed: () => {
          this.changed(saved.id);
        },
        wentLive: (isReconnect) => {
          const entry = this.#entries.get(saved.id);
          if (entry !== undefined) entry.toldCode = undefined;
          const words = isReconnect ? 'is live again.' : 'is live.';
          this.#parts.events.write('info', 'target-live', `${this.#name(saved.id)} ${words}`, {
            targetId: saved.id,
          });
        },
        lost: (verdict, retryInMs) => {
          this.#lost(saved.id, verdict, retryInMs);
        },
      },
    });
    this.#entries.set(saved.id, {
      supervisor,
      sink: undefined,
      bitrateKbps: 0,
      sampledBytes: 0,
      toldCode: undefined,
    });
    supervisor.setEnabled(saved.enabled);
    supervisor.setStreamLive(slot.state !== 'waiting');
  }

  /** Tries that fail alike are told ever more rarely: a platform that is down for an hour must not fill the log. */
  #lost(id: string, verdict: Verdict, retryInMs: number | undefined): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const { attempt } = entry.supervisor;
    const isNew = verdict.code !== entry.toldCode || retryInMs === undefined;
    entry.toldCode = verdict.code;
    if (!isNew && !Number.isInteger(Math.log2(attempt))) return;
    const level = retryInMs === undefined ? 'error' : 'warning';
    const tries = isNew ? '' : ` (${attempt} tries so far)`;
    this.#parts.events.write(level, verdict.code, `${this.#name(id)}: ${verdict.message}${tries}`, {
      targetId: id,
    });
  }

  #place(id: string): TargetPlace {
    const saved = this.#saved(id);
    const preset = findPreset(saved.platform);
    const known = preset !== undefined && preset.category !== 'custom' && preset.category !== 'self-hosted';
    const rehearsal = saved.platform === REHEARSAL_PLATFORM;
    return {
      url: rehearsal ? this.#options.rehearsalUrl() : saved.url,
      streamKey: rehearsal ? id : this.#key(id),
      platformName: known ? preset.name : saved.name,
      keyHint: preset?.keyHint ?? null,
    };
  }

  #check(saved: SavedTarget, streamKey: string): void {
    checkTarget(saved, streamKey, (ingestId) => this.#options.slot(ingestId) !== undefined);
  }

  #shown(saved: SavedTarget): Target {
    const entry = this.#entries.get(saved.id);
    if (entry === undefined) throw new Error(`target ${saved.id} is saved but not open`);
    const isRehearsal = saved.platform === REHEARSAL_PLATFORM;
    return shownTarget({
      saved,
      url: isRehearsal ? this.#options.rehearsalUrl() : saved.url,
      maskedKey: maskKey(this.#parts.secrets.get(keyName(saved.id))),
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

  #saved(id: string): SavedTarget {
    const saved = this.#parts.settings.value.targets.find((target) => target.id === id);
    if (saved === undefined)
      throw new CommandRefused('no-such-target', `There is no target with the id "${id}".`);
    return saved;
  }

  #name(id: string): string {
    return this.#parts.settings.value.targets.find((target) => target.id === id)?.name ?? id;
  }

  #key(id: string): string {
    return this.#parts.secrets.get(keyName(id))?.reveal() ?? '';
  }
}

function keyName(id: string): `target/${string}/stream-key` {
  return `target/${id}/stream-key`;
}
