/**
 * The ingests: what is saved of them, and what runs.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { Ingest, ShowDelay, SourceRole } from '../../src-shared/model/ingest.ts';
import { LineMeter, type LineSample, type StreamRates } from '../health/line-meter.ts';
import { StreamMeter } from '../health/stream-meter.ts';
import { IngestSlot, type Publisher, type SlotListener } from '../ingest/ingest-slot.ts';
import type { KeyedSlot } from '../ingest/key-desk.ts';
import { savedIngestSchema, type SavedIngest } from '../settings/settings.ts';
import { newEntry, type IngestEntry } from './ingest-entry.ts';
import { IngestEvents } from './ingest-events.ts';
import { roundTripOf, sourceFigures, type SourceFigures } from './source-figures.ts';
import { IngestKeyBook, refuseReturn, refuseTakenKeys, type IngestKeys } from './ingest-keys.ts';
import { onAirRules } from './on-air-rules.ts';
import { insertedAt, placeOf, RecentlyDeleted, type Place } from './recently-deleted.ts';
import { shownIngest } from './shown-ingest.ts';
import { SlatePictures } from './slate-pictures.ts';
import { given, newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

/** App of every ingest: encoders are given one server address, and keys tell the ingests apart. */
const INGEST_APP = 'live';

/** What the book asks of its owner. */
export type IngestBookOptions = {
  /** Server address that encoders publish to, for an app. */
  readonly serverUrl: (app: string) => string;
  /** Whether targets of this ingest want to be kept alive. */
  readonly hasLiveTargets: (ingestId: string) => boolean;
  readonly hasTestSignal: (ingestId: string) => boolean;
  /** The ingest is live or held (true), or its show is over (false). */
  readonly streamLive: (ingestId: string, live: boolean) => void;
  readonly delay: (ingestId: string) => ShowDelay;
};

type DeletedIngest = { readonly saved: SavedIngest; readonly keys: IngestKeys; readonly place: Place };

/** All ingests by id. */
export class IngestBook {
  readonly #parts: StudioParts;
  readonly #options: IngestBookOptions;
  readonly #keys: IngestKeyBook;
  readonly #slates: SlatePictures;
  readonly #entries = new Map<string, IngestEntry>();
  readonly #deleted: RecentlyDeleted<DeletedIngest>;

  constructor(parts: StudioParts, options: IngestBookOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#keys = new IngestKeyBook(parts.secrets, parts.random);
    this.#deleted = new RecentlyDeleted(parts.clock, 'ingest');
    this.#slates = new SlatePictures(parts.slates, parts.clock, (id) => {
      this.changed(id);
    });
    for (const saved of parts.settings.value.ingests) this.#open(saved);
  }

  /** In the order they were made. */
  list(): readonly Ingest[] {
    return this.#parts.settings.value.ingests.map((saved) => this.#shown(saved));
  }

  /** @throws {CommandRefused} `no-such-ingest` */
  get(id: string): Ingest {
    return this.#shown(this.#saved(id));
  }

  /** Undefined: no such ingest. */
  slot(id: string): IngestSlot | undefined {
    return this.#entries.get(id)?.slot;
  }

  /** What is on air takes of a line; undefined: nothing is measured yet. */
  rates(id: string): StreamRates | undefined {
    return this.#entries.get(id)?.line?.rates;
  }

  /** What is on air of an encoder, for the rules of platforms; undefined: nothing is. */
  source(id: string): SourceFigures | undefined {
    const { slot, health, line } = this.#entries.get(id) ?? {};
    if (slot === undefined || health === null || health === undefined) return undefined;
    return sourceFigures(slot, health, line?.rates);
  }

  /** Of every ingest that an encoder is on: what the line verdict needs. */
  encoderLines(): readonly {
    readonly ingest: SavedIngest;
    readonly health: HealthReport;
    readonly line: LineSample;
  }[] {
    return this.#parts.settings.value.ingests.flatMap((ingest) => {
      const { health, line } = this.#entries.get(ingest.id) ?? {};
      return health === null || health === undefined || line === undefined ? [] : [{ ingest, health, line }];
    });
  }

  /** For the desk: every slot with its app and keys. */
  *keyedSlots(): Iterable<KeyedSlot> {
    for (const { id, app, backup } of this.#parts.settings.value.ingests) {
      const slot = this.slot(id);
      if (slot === undefined) continue;
      const { streamKey, playKey, backupKey } = this.#keys.get(id);
      yield { slot, app, streamKey, backupKey, hasBackup: backup, playKey };
    }
  }

  playersChanged(id: string, change: 1 | -1): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.players += change;
    this.changed(id);
  }

  create({ streamKey, backupStreamKey, ...args }: CommandArgs<'ingest.create'>): Ingest {
    refuseTakenKeys({ streamKey, backupKey: backupStreamKey }, this.#keys, this.#ids());
    const id = newId(this.#parts.random);
    const saved = savedIngestSchema.parse({ holdSeconds: 60, ...given(args), id, app: INGEST_APP });
    this.#keys.set(id, { streamKey, backupKey: backupStreamKey });
    this.#save((ingests) => [...ingests, saved]);
    this.#open(saved);
    this.#parts.events.write('info', 'ingest-created', `Ingest "${args.name}" was made.`, { ingestId: id });
    this.changed(id);
    return this.get(id);
  }

  update({ id, streamKey, backupStreamKey, ...changes }: CommandArgs<'ingest.update'>): Ingest {
    const before = this.#saved(id);
    refuseTakenKeys({ streamKey, backupKey: backupStreamKey }, this.#keys, this.#ids(id), id);
    const after: SavedIngest = { ...before, ...given(changes) };
    this.#keys.set(id, { streamKey, backupKey: backupStreamKey });
    this.#save((ingests) => ingests.map((saved) => (saved.id === id ? after : saved)));
    const slot = this.slot(id);
    if (before.backup && !after.backup)
      slot?.dropBackup('backup-off', 'The backup encoder of this ingest was switched off.');
    if (after.holdSeconds !== before.holdSeconds || after.holdThen !== before.holdThen) slot?.refreshHold();
    this.changed(id);
    return this.get(id);
  }

  renewKey(id: string): Ingest {
    const { name } = this.#saved(id);
    this.#keys.renew(id, 'streamKey');
    const words = `"${name}" has a new stream key. Put it into the encoder before its next start.`;
    this.#parts.events.write('info', 'ingest-key-renewed', words, { ingestId: id });
    this.changed(id);
    return this.get(id);
  }

  endHold(id: string): Ingest {
    this.#saved(id);
    this.slot(id)?.endHold();
    return this.get(id);
  }

  /** @throws {CommandRefused} `no-such-ingest`, `encoder-not-connected` */
  switchSource(id: string, to: SourceRole): Ingest {
    this.#saved(id);
    if (this.slot(id)?.switchTo(to) !== true) {
      const who = to === 'main' ? 'main' : 'backup';
      throw new CommandRefused(
        'encoder-not-connected',
        `The ${who} encoder is not connected, or sends no picture. Start it on its own stream key first.`,
      );
    }
    return this.get(id);
  }

  /** Nothing of it stays on the disk; it can be brought back for a while all the same. */
  delete(id: string): void {
    const saved = this.#saved(id);
    const place = placeOf(this.#parts.settings.value.ingests, id);
    this.#deleted.keep(id, { saved, keys: this.#keys.get(id), place });
    this.slot(id)?.close('ingest-deleted', 'This ingest was deleted in Relaydeck.');
    this.#entries.delete(id);
    this.#slates.delete(id);
    this.#save((ingests) => ingests.filter((ingest) => ingest.id !== id));
    this.#keys.delete(id);
    this.#parts.emit({ type: 'ingest-removed', id });
    this.#parts.events.write('info', 'ingest-deleted', `Ingest "${saved.name}" was deleted.`);
  }

  /**
   * What was deleted a moment ago is there again: same id, keys and place.
   * @throws {CommandRefused} `no-such-deleted-ingest`; `key-taken`: another one has its key since.
   */
  restore(id: string): Ingest {
    const { saved, keys, place } = this.#deleted.get(id);
    refuseReturn({ name: saved.name, keys }, this.#keys, this.#ids());
    this.#deleted.forget(id);
    this.#keys.set(id, keys);
    this.#save((ingests) => insertedAt(ingests, saved, place));
    this.#open(saved);
    this.#parts.events.write('info', 'ingest-restored', `Ingest "${saved.name}" was brought back.`, {
      ingestId: id,
    });
    this.changed(id);
    this.#parts.emit({ type: 'ingest-order', ids: this.#ids() });
    return this.get(id);
  }

  /** Once a second: new figures of every ingest that something is on. */
  sample(now: number): void {
    for (const [id, entry] of this.#entries) {
      const samples = new Map(
        [...entry.meters].map(([role, { stream, line }]) => [
          role,
          { health: stream.sample(now, roundTripOf(entry.slot, role)), line: line.sample(now) },
        ]),
      );
      const { onAir, stream } = entry.slot;
      const onAirNow = samples.get(onAir === 'backup' ? 'backup' : 'main');
      entry.health = (onAirNow ?? samples.get('main') ?? samples.get('backup'))?.health ?? null;
      if (onAir === 'main' || onAir === 'backup') {
        entry.line = samples.get(onAir)?.line ?? entry.line;
        this.#refreshSlate(id, stream, samples.get(onAir)?.health.video?.fps ?? null);
      } else if (onAir === undefined) entry.line = undefined;
      if (samples.size > 0 || this.#options.delay(id).state !== 'off') this.changed(id);
    }
  }

  /** Tells the subscribers how the ingest is now. */
  changed(id: string): void {
    if (!this.#parts.isHeard()) return;
    const saved = this.#find(id);
    if (saved !== undefined && this.#entries.has(id))
      this.#parts.emit({ type: 'ingest', ingest: this.#shown(saved) });
  }

  /** The studio stops: encoders are disconnected. */
  close(): void {
    this.#deleted.forgetAll();
    this.#slates.close();
    for (const { slot } of this.#entries.values())
      slot.close('studio-stopped', 'Relaydeck was stopped on this computer.');
  }

  #refreshSlate(id: string, stream: IngestSlot['stream'], fps: number | null): void {
    const saved = this.#find(id);
    if (saved?.holdPicture !== 'slate' || saved.holdSeconds === 0 || !this.#options.hasLiveTargets(id))
      return;
    this.#slates.refresh(id, { stream, picture: saved.holdPictureFile, fps });
  }

  #open({ id }: SavedIngest): void {
    this.#keys.complete(id);
    const { clock, events } = this.#parts;
    const slot: IngestSlot = new IngestSlot({
      id,
      clock,
      rules: onAirRules(
        () => this.#find(id),
        () => this.#options.hasLiveTargets(id),
      ),
      slate: () => (this.#find(id)?.holdPicture === 'slate' ? this.#slates.loop(id, slot.stream) : undefined),
      listener: this.#listener(id),
    });
    const facts = (): ReturnType<ConstructorParameters<typeof IngestEvents>[1]> => ({
      saved: this.#saved(id),
      isTestSignal: this.#entries.get(id)?.isTestSignal === true,
      showing: slot.onAir,
    });
    this.#entries.set(id, newEntry(slot, new IngestEvents(events, facts)));
  }

  #listener(id: string): SlotListener {
    const entry = (): IngestEntry | undefined => this.#entries.get(id);
    return {
      changed: () => {
        this.changed(id);
      },
      wentLive: () => {
        this.#options.streamLive(id, true);
      },
      ended: () => {
        this.#options.streamLive(id, false);
      },
      encoderCame: (role, publisher) => {
        this.#encoderCame(id, role, publisher);
      },
      encoderLeft: (role, orderly, after) => {
        const left = entry();
        left?.meters.delete(role);
        if (left?.meters.size === 0) left.health = null;
        left?.events.encoderLeft(role, orderly, after);
      },
      cut: (to, why) => entry()?.events.cut(to, why),
      filling: (why, role) => entry()?.events.filling(why, role),
      ranOut: () => entry()?.events.ranOut(),
      wishLapsed: (role) => entry()?.events.wishLapsed(role),
      holdEnded: (stay) => entry()?.events.holdEnded(stay),
      message: (role, message, media) => {
        const meters = entry()?.meters.get(role);
        const now = this.#parts.clock.now();
        meters?.stream.take(message, media, now);
        meters?.line.message(message, media, now);
      },
    };
  }

  #encoderCame(id: string, role: SourceRole, publisher: Publisher): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const now = this.#parts.clock.now();
    entry.meters.set(role, { stream: new StreamMeter(now), line: new LineMeter(now) });
    if (role === 'main') {
      entry.health = null;
      entry.isTestSignal = this.#options.hasTestSignal(id);
    }
    entry.events.encoderCame(role, publisher.caller.address, entry.slot.state === 'waiting');
  }

  #shown(saved: SavedIngest): Ingest {
    const entry = this.#entries.get(saved.id);
    if (entry === undefined) throw new Error(`ingest ${saved.id} is saved but not open`);
    return shownIngest({
      ...entry,
      saved,
      keys: this.#keys.get(saved.id),
      serverUrl: this.#options.serverUrl(saved.app),
      slate: this.#slates.report(saved.id, saved.holdPicture),
      delay: this.#options.delay(saved.id),
      testSignal: this.#options.hasTestSignal(saved.id),
    });
  }

  #save(change: (ingests: readonly SavedIngest[]) => readonly SavedIngest[]): void {
    this.#parts.settings.update((settings) => ({ ...settings, ingests: change(settings.ingests) }));
  }

  /** Of all ingests but one. */
  #ids(but?: string): readonly string[] {
    return this.#parts.settings.value.ingests.flatMap(({ id }) => (id === but ? [] : [id]));
  }

  #find(id: string): SavedIngest | undefined {
    return this.#parts.settings.value.ingests.find((ingest) => ingest.id === id);
  }

  #saved(id: string): SavedIngest {
    const saved = this.#find(id);
    if (saved === undefined)
      throw new CommandRefused('no-such-ingest', `There is no ingest with the id "${id}".`);
    return saved;
  }
}
