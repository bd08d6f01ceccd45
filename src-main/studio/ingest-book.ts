/**
 * The ingests: what is saved of them, and what runs.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { Ingest } from '../../src-shared/model/ingest.ts';
import { StreamMeter } from '../health/stream-meter.ts';
import { IngestSlot, type Publisher } from '../ingest/ingest-slot.ts';
import type { KeyedSlot } from '../ingest/key-desk.ts';
import { newStreamKey } from '../secrets/new-stream-key.ts';
import type { SavedIngest } from '../settings/settings.ts';
import { given, isoTime, newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

/** App of every ingest: encoders are given one server address, and keys tell the ingests apart. */
const INGEST_APP = 'live';
/** Keys shorter than this can be guessed by trying, characters. */
const SHORT_KEY_CHARS = 12;

type Entry = {
  readonly slot: IngestSlot;
  meter: StreamMeter | undefined;
  health: HealthReport | null;
  players: number;
  /** Whether what publishes is our own test signal. */
  isTestSignal: boolean;
};

/** What the book asks of its owner. */
export type IngestBookOptions = {
  /** Server address that encoders publish to, for an app. */
  readonly serverUrl: (app: string) => string;
  /** Whether targets of this ingest want to be kept alive. */
  readonly hasLiveTargets: (ingestId: string) => boolean;
  readonly hasTestSignal: (ingestId: string) => boolean;
  /** The ingest is live or held (true), or its show is over (false). */
  readonly streamLive: (ingestId: string, live: boolean) => void;
};

/** All ingests by id. */
export class IngestBook {
  readonly #parts: StudioParts;
  readonly #options: IngestBookOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(parts: StudioParts, options: IngestBookOptions) {
    this.#parts = parts;
    this.#options = options;
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

  /** For the desk: every slot with its app and keys. */
  *keyedSlots(): Iterable<KeyedSlot> {
    for (const saved of this.#parts.settings.value.ingests) {
      const slot = this.slot(saved.id);
      if (slot !== undefined) {
        yield { slot, app: saved.app, streamKey: this.streamKey(saved.id), playKey: this.#playKey(saved.id) };
      }
    }
  }

  streamKey(id: string): string {
    return this.#parts.secrets.get(`ingest/${id}/stream-key`)?.reveal() ?? '';
  }

  playersChanged(id: string, change: 1 | -1): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.players += change;
    this.changed(id);
  }

  create(args: CommandArgs<'ingest.create'>): Ingest {
    this.#refuseTakenKey(args.streamKey, undefined);
    const id = newId(this.#parts.random);
    const saved: SavedIngest = { id, name: args.name, app: INGEST_APP, holdSeconds: args.holdSeconds ?? 60 };
    if (args.streamKey !== undefined) this.#parts.secrets.set(`ingest/${id}/stream-key`, args.streamKey);
    this.#parts.settings.update((settings) => ({ ...settings, ingests: [...settings.ingests, saved] }));
    this.#open(saved);
    this.#parts.events.write('info', 'ingest-created', `Ingest "${args.name}" was made.`, { ingestId: id });
    this.changed(id);
    return this.get(id);
  }

  update({ id, name, streamKey, holdSeconds }: CommandArgs<'ingest.update'>): Ingest {
    const before = this.#saved(id);
    this.#refuseTakenKey(streamKey, id);
    const after: SavedIngest = { ...before, ...given({ name, holdSeconds }) };
    if (streamKey !== undefined) this.#parts.secrets.set(`ingest/${id}/stream-key`, streamKey);
    this.#parts.settings.update((settings) => ({
      ...settings,
      ingests: settings.ingests.map((saved) => (saved.id === id ? after : saved)),
    }));
    if (after.holdSeconds !== before.holdSeconds) this.slot(id)?.refreshHold();
    this.changed(id);
    return this.get(id);
  }

  renewKey(id: string): Ingest {
    const { name } = this.#saved(id);
    this.#parts.secrets.set(`ingest/${id}/stream-key`, newStreamKey(this.#parts.random));
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

  delete(id: string): void {
    const { name } = this.#saved(id);
    this.slot(id)?.close('ingest-deleted', 'This ingest was deleted in Relaydeck.');
    this.#entries.delete(id);
    this.#parts.settings.update((settings) => ({
      ...settings,
      ingests: settings.ingests.filter((saved) => saved.id !== id),
    }));
    this.#parts.secrets.delete(`ingest/${id}/stream-key`);
    this.#parts.secrets.delete(`ingest/${id}/play-key`);
    this.#parts.emit({ type: 'ingest-removed', id });
    this.#parts.events.write('info', 'ingest-deleted', `Ingest "${name}" was deleted.`);
  }

  /** Once a second: new figures of every ingest that an encoder is on. */
  sample(now: number): void {
    for (const [id, entry] of this.#entries) {
      if (entry.meter === undefined) continue;
      entry.health = entry.meter.sample(now);
      this.changed(id);
    }
  }

  /** Tells the subscribers how the ingest is now. */
  changed(id: string): void {
    const saved = this.#find(id);
    if (saved !== undefined && this.#entries.has(id))
      this.#parts.emit({ type: 'ingest', ingest: this.#shown(saved) });
  }

  /** The studio stops: encoders are disconnected. */
  close(): void {
    for (const { slot } of this.#entries.values())
      slot.close('studio-stopped', 'Relaydeck was stopped on this computer.');
  }

  #open(saved: SavedIngest): void {
    const { secrets, random, clock } = this.#parts;
    const { id } = saved;
    if (secrets.get(`ingest/${id}/stream-key`) === undefined)
      secrets.set(`ingest/${id}/stream-key`, newStreamKey(random));
    if (secrets.get(`ingest/${id}/play-key`) === undefined)
      secrets.set(`ingest/${id}/play-key`, newStreamKey(random));
    const slot = new IngestSlot({
      id,
      clock,
      holdMs: () => (this.#options.hasLiveTargets(id) ? this.#saved(id).holdSeconds * 1000 : 0),
      listener: {
        changed: () => {
          this.changed(id);
        },
        encoderCame: (publisher, fromHold) => {
          this.#encoderCame(id, publisher, fromHold);
        },
        encoderLeft: (orderly, holding) => {
          this.#encoderLeft(id, orderly, holding);
        },
        holdEnded: () => {
          this.#options.streamLive(id, false);
          this.#parts.events.write(
            'info',
            'hold-ended',
            `${this.#name(id)}: the show is over, its targets were told goodbye.`,
            {
              ingestId: id,
            },
          );
        },
        message: (message, now) => this.#entries.get(id)?.meter?.message(message, now),
      },
    });
    this.#entries.set(id, { slot, meter: undefined, health: null, players: 0, isTestSignal: false });
  }

  #encoderCame(id: string, publisher: Publisher, fromHold: boolean): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.meter = new StreamMeter(this.#parts.clock.now());
    entry.health = null;
    entry.isTestSignal = this.#options.hasTestSignal(id);
    const address = entry.isTestSignal ? '' : ` (${publisher.caller.address})`;
    const who = `${nameOf(entry)} ${fromHold ? 'is back' : 'is live'}${address}`;
    this.#parts.events.write(
      'info',
      fromHold ? 'encoder-back' : 'encoder-live',
      `${this.#name(id)}: ${who}.`,
      {
        ingestId: id,
      },
    );
    this.#options.streamLive(id, true);
    this.changed(id);
  }

  #encoderLeft(id: string, orderly: boolean, holding: boolean): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.meter = undefined;
    entry.health = null;
    const how = orderly ? `${nameOf(entry)} has stopped` : `the connection of ${nameOf(entry)} was lost`;
    const next = holding
      ? `Targets are kept alive for ${this.#saved(id).holdSeconds} s; start the encoder again to go on.`
      : 'The show on this ingest is over.';
    this.#parts.events.write(
      orderly ? 'info' : 'warning',
      'encoder-left',
      `${this.#name(id)}: ${how}. ${next}`,
      {
        ingestId: id,
      },
    );
    if (!holding) this.#options.streamLive(id, false);
    this.changed(id);
  }

  #shown(saved: SavedIngest): Ingest {
    const entry = this.#entries.get(saved.id);
    if (entry === undefined) throw new Error(`ingest ${saved.id} is saved but not open`);
    const { slot, health, players } = entry;
    const streamKey = this.streamKey(saved.id);
    const serverUrl = this.#options.serverUrl(saved.app);
    return {
      id: saved.id,
      name: saved.name,
      app: saved.app,
      streamKey,
      serverUrl,
      publishUrl: `${serverUrl}/${streamKey}`,
      playKey: this.#playKey(saved.id),
      holdSeconds: saved.holdSeconds,
      state: slot.state,
      since: isoTime(slot.since),
      holdEndsAt: slot.holdEndsAt === undefined ? null : isoTime(slot.holdEndsAt),
      encoder: slot.publisher === undefined ? null : shownEncoder(slot.publisher),
      health,
      players,
      testSignal: this.#options.hasTestSignal(saved.id),
      warnings:
        streamKey.length < SHORT_KEY_CHARS
          ? [
              `This stream key is short: anybody who reaches this port can guess it. Keys of ${SHORT_KEY_CHARS} characters or more are safer.`,
            ]
          : [],
    };
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

  #name(id: string): string {
    return this.#find(id)?.name ?? id;
  }

  #playKey(id: string): string {
    return this.#parts.secrets.get(`ingest/${id}/play-key`)?.reveal() ?? '';
  }

  #refuseTakenKey(key: string | undefined, ownId: string | undefined): void {
    if (key === undefined) return;
    for (const known of this.keyedSlots()) {
      const own = known.slot.id === ownId;
      if ((!own && known.streamKey === key) || known.playKey === key) {
        throw new CommandRefused(
          'key-taken',
          'Another ingest has this stream key already. Choose a different one.',
          'streamKey',
        );
      }
    }
  }
}

function nameOf({ isTestSignal }: Entry): string {
  return isTestSignal ? 'the test signal' : 'the encoder';
}

function shownEncoder(publisher: Publisher): Ingest['encoder'] {
  const { caller, connectedAt, software, videoMessages, audioMessages } = publisher;
  return {
    address: caller.address,
    software,
    connectedAt: isoTime(connectedAt),
    bytesReceived: caller.bytesReceived(),
    videoMessages,
    audioMessages,
  };
}
