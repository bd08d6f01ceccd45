/**
 * Rehearsals: every target at once for half a minute, as a test that nobody sees where the platform has one, to a
 * server on this computer elsewhere; and what that says of the line.
 * @module
 */
import type { Rehearsal, RehearsalRow } from '../../src-shared/model/rehearsal.ts';
import type { StreamRates } from '../health/line-meter.ts';
import type { Caller, PublishPlace, Refusal } from '../ingest/ingest-desk.ts';
import type { IngestSlot } from '../ingest/ingest-slot.ts';
import { findPreset } from '../outbound/presets.ts';
import type { TargetPlace } from '../outbound/target-route.ts';
import type { Timer } from '../platform/clock.ts';
import type { SavedTarget } from '../settings/settings.ts';
import { RehearsalSink } from '../rehearsal/rehearsal-sink.ts';
import { RehearsalTry } from './rehearsal-try.ts';
import { rehearsalPlace } from './rehearsal-place.ts';
import { isoTime, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';
import { rehearsalVerdict } from '../uplink/rehearsal-verdict.ts';

/** Long enough for a line's buffers to fill and show what it carries. */
const DEFAULT_SECONDS = 30;
/** What a local try publishes as: this and the target's id. */
const LOCAL_PREFIX = 'trial-';

/** What the desk asks of its owner. */
export type RehearsalDeskOptions = {
  readonly slot: (ingestId: string) => IngestSlot | undefined;
  readonly rates: (ingestId: string) => StreamRates | undefined;
  readonly place: (targetId: string) => TargetPlace | undefined;
  readonly rehearsalUrl: () => string;
  /** Names of the targets that are live or about to be. */
  readonly wantedNames: () => readonly string[];
};

type Running = {
  readonly ingestId: string;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly tries: readonly RehearsalTry[];
  readonly timer: Timer;
};

/** One rehearsal at a time; the newest one's figures stay. */
export class RehearsalDesk {
  readonly #parts: StudioParts;
  readonly #options: RehearsalDeskOptions;
  #running: Running | undefined;
  #newest: Rehearsal | null = null;
  #goodbyes: Promise<void> = Promise.resolve();

  constructor(parts: StudioParts, options: RehearsalDeskOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** Null: there was none since the studio started. */
  get newest(): Rehearsal | null {
    return this.#newest;
  }

  /** @throws {CommandRefused} With what stands in the way. */
  start(ingestId: string, seconds = DEFAULT_SECONDS): Rehearsal {
    const { clock, settings, events } = this.#parts;
    const slot = this.#options.slot(ingestId);
    const targets = settings.value.targets.filter((target) => target.ingestId === ingestId);
    this.#refuse(slot, targets);
    if (slot === undefined)
      throw new CommandRefused('no-such-ingest', 'There is no such ingest.', 'ingestId');
    const startedAt = clock.wallNow();
    const tries = targets.map((target) => this.#try(slot, target));
    this.#running = {
      ingestId,
      startedAt,
      endsAt: startedAt + seconds * 1000,
      tries,
      timer: clock.after(seconds * 1000, () => {
        this.#end('done');
      }),
    };
    for (const one of tries) one.start();
    events.write('info', 'rehearsal-started', `A rehearsal of ${targets.length} targets has begun.`, {
      ingestId,
    });
    return this.#tell('running');
  }

  /** Cancels a rehearsal; its figures so far stay. Settles when its goodbyes are out: its keys are free then. */
  async giveWay(): Promise<void> {
    if (this.#running !== undefined) this.#end('cancelled');
    await this.#goodbyes;
  }

  /** The show is over on an ingest. */
  showEnded(ingestId: string): void {
    if (this.#running?.ingestId === ingestId) this.#end('cancelled');
  }

  /** Once a second. */
  sample(): void {
    if (this.#running === undefined) return;
    if (this.#options.wantedNames().length > 0) {
      this.#end('cancelled');
      return;
    }
    for (const one of this.#running.tries) one.sample();
    this.#tell('running');
  }

  /** A local try of ours publishes to this studio; undefined: it is none. */
  place(caller: Caller): PublishPlace | Refusal | undefined {
    const id = caller.streamName.startsWith(LOCAL_PREFIX) ? caller.streamName.slice(LOCAL_PREFIX.length) : '';
    const isOurs = this.#running?.tries.some(({ targetId, way }) => targetId === id && way === 'local');
    return isOurs === true ? rehearsalPlace(new RehearsalSink()) : undefined;
  }

  #refuse(slot: IngestSlot | undefined, targets: readonly SavedTarget[]): void {
    if (this.#running !== undefined) {
      throw new CommandRefused(
        'already-rehearsing',
        'A rehearsal is under way. Wait for its end, or cancel it.',
      );
    }
    const live = this.#options.wantedNames();
    if (live.length > 0) {
      const words = `${live.join(', ')} ${live.length === 1 ? 'is' : 'are'} live or about to be. A rehearsal uses the same keys: end the show first.`;
      throw new CommandRefused('targets-live', words);
    }
    if (targets.length === 0) {
      throw new CommandRefused('no-targets', 'There is no target to rehearse with. Add one first.');
    }
    if (slot?.state !== 'live' || slot.onAir === undefined) {
      const words = 'A rehearsal sends what the encoder sends. Start the encoder, or the test signal, first.';
      throw new CommandRefused('no-encoder', words);
    }
  }

  #try(slot: IngestSlot, target: SavedTarget): RehearsalTry {
    const query = findPreset(target.platform)?.bandwidthTest ?? null;
    const place = this.#options.place(target.id);
    const way: RehearsalRow['way'] = query === null || place === undefined ? 'local' : 'platform';
    return new RehearsalTry(this.#parts, {
      targetId: target.id,
      name: target.name,
      way,
      stream: slot.stream,
      place:
        query === null || place === undefined
          ? localPlace(target, this.#options.rehearsalUrl())
          : { ...place, streamKey: withQuery(place.streamKey, query) },
    });
  }

  #end(state: 'done' | 'cancelled'): void {
    const running = this.#running;
    if (running === undefined) return;
    running.timer.cancel();
    this.#goodbyes = Promise.all(running.tries.map((one) => one.stop())).then(() => undefined);
    const rehearsal = this.#tell(state);
    this.#running = undefined;
    const said = rehearsal.verdict?.message ?? '';
    const words = state === 'done' ? `The rehearsal is over. ${said}` : 'The rehearsal was cancelled.';
    this.#parts.events.write('info', 'rehearsal-ended', words, { ingestId: running.ingestId });
  }

  #tell(state: Rehearsal['state']): Rehearsal {
    const rehearsal = this.#shown(state);
    this.#newest = rehearsal;
    this.#parts.emit({ type: 'rehearsal', rehearsal });
    return rehearsal;
  }

  #shown(state: Rehearsal['state']): Rehearsal {
    const running = this.#running;
    if (running === undefined) throw new Error('no rehearsal is under way');
    const { ingestId, startedAt, tries } = running;
    const endsAt = state === 'running' ? running.endsAt : this.#parts.clock.wallNow();
    const rows = tries.map((one) => one.row);
    const sum = (of: readonly RehearsalRow[]): number => of.reduce((total, { kbps }) => total + kbps, 0);
    const rates = this.#options.rates(ingestId);
    return {
      ingestId,
      state,
      startedAt: isoTime(startedAt),
      endsAt: isoTime(endsAt),
      rows,
      platformKbps: sum(rows.filter(({ way }) => way === 'platform')),
      totalKbps: sum(rows),
      verdict: state === 'done' ? rehearsalVerdict(rows, rates?.none ?? 0, rates?.sound) : null,
    };
  }
}

/** A query behind a key that may have one already. */
function withQuery(key: string, query: string): string {
  return key.includes('?') ? `${key}&${query.replace(/^\?/, '')}` : key + query;
}

function localPlace(target: SavedTarget, url: string): TargetPlace {
  return {
    url,
    streamKey: LOCAL_PREFIX + target.id,
    platformName: target.name,
    keyPlace: null,
    user: '',
    password: '',
    certificateSha256: undefined,
    proxy: undefined,
    bindAddress: undefined,
  };
}
