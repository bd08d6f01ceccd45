/**
 * What the event log says of one ingest.
 * @module
 */
import type { SourceRole } from '../../src-shared/model/ingest.ts';
import type { Filling } from '../filler/hold-filler.ts';
import type { AfterLeaving } from '../ingest/ingest-slot.ts';
import type { CutReason } from '../ingest/on-air.ts';
import type { SavedIngest } from '../settings/settings.ts';
import type { EventLog } from './event-log.ts';

/** What the words are about, as it is when they are written. */
export type IngestFacts = {
  readonly saved: SavedIngest;
  readonly isTestSignal: boolean;
  readonly showing: SourceRole | Filling | undefined;
};

const ENCODERS: Readonly<Record<SourceRole, string>> = {
  main: 'the encoder',
  backup: 'the backup encoder',
};

/** One per ingest that is open. */
export class IngestEvents {
  readonly #events: EventLog;
  readonly #facts: () => IngestFacts;

  constructor(events: EventLog, facts: () => IngestFacts) {
    this.#events = events;
    this.#facts = facts;
  }

  /** @param isFirst The show begins with it. */
  encoderCame(role: SourceRole, address: string, isFirst: boolean): void {
    const { isTestSignal } = this.#facts();
    const where = isTestSignal ? '' : ` (${address})`;
    if (isFirst) this.#write('info', 'encoder-live', `${this.#name(role)} is live${where}.`);
    else this.#write('info', 'encoder-connected', `${this.#name(role)} is connected${where}.`);
  }

  encoderLeft(role: SourceRole, orderly: boolean, after: AfterLeaving): void {
    const name = this.#name(role);
    const how = orderly ? `${name} has stopped` : `the connection of ${name} was lost`;
    const next = {
      over: 'The show on this ingest is over.',
      holding: this.#holdWords(),
      'on-air':
        role === 'main'
          ? 'The backup encoder goes on, or takes over at its next keyframe.'
          : 'The main encoder goes on.',
    };
    this.#write(orderly ? 'info' : 'warning', 'encoder-left', `${how}. ${next[after]}`);
  }

  /** Something fills in, and no encoder has just left. */
  filling(why: 'lost' | 'stalled', role: SourceRole): void {
    const seconds = this.#facts().saved.stallSeconds;
    const words = {
      stalled: `${this.#name(role)} is connected, but has sent nothing for ${seconds} s.`,
      lost: `${this.#name(role)} is gone, and no other has sent a keyframe yet.`,
    };
    const code = why === 'stalled' ? 'encoder-stalled' : 'hold-began';
    this.#write('warning', code, `${words[why]} ${this.#holdWords()}`);
  }

  ranOut(): void {
    this.#write(
      'warning',
      'show-ended',
      'no encoder has come back in time: the show on this ingest is over.',
    );
  }

  wishLapsed(role: SourceRole): void {
    const words = `${this.#name(role)} was chosen and has sent no keyframe: viewers see what they saw before. Look at that encoder, then choose it again.`;
    this.#write('warning', 'switch-lapsed', words);
  }

  cut(to: SourceRole, why: CutReason): void {
    const name = this.#name(to);
    const seconds = this.#facts().saved.switchBackSeconds;
    switch (why) {
      case 'first':
        if (to === 'backup') this.#write('info', 'switched-source', 'viewers see the backup encoder.');
        return;
      case 'back':
        this.#write('info', 'encoder-back', `${name} is back: viewers see it again.`);
        return;
      case 'lost':
      case 'stalled':
        this.#write('warning', 'switched-source', `${name} has taken over: viewers see it now.`);
        return;
      case 'healthy-again':
        this.#write(
          'info',
          'switched-source',
          `${name} has been healthy for ${seconds} s: viewers see it again.`,
        );
        return;
      case 'by-hand':
        this.#write('info', 'switched-source', `switched by hand: viewers see ${name}.`);
    }
  }

  /** @param stay Encoders that are still connected. */
  holdEnded(stay: readonly SourceRole[]): void {
    const names = stay.map((role) => this.#name(role)).join(' and ');
    const next = stay.length === 0 ? '' : ` For another show start ${names} anew, or choose it by hand.`;
    this.#write('info', 'hold-ended', `the show is over, its targets were told goodbye.${next}`);
  }

  #holdWords(): string {
    const { saved, showing } = this.#facts();
    const sees = showing === 'slate' ? 'the "back in a moment" picture' : 'its last picture';
    const long = saved.holdThen === 'stay' ? 'until you end the show' : `for ${saved.holdSeconds} s`;
    return `Targets are kept alive ${long}: viewers see ${sees}, in silence. Start the encoder again to go on.`;
  }

  #name(role: SourceRole): string {
    return role === 'main' && this.#facts().isTestSignal ? 'the test signal' : ENCODERS[role];
  }

  #write(level: 'info' | 'warning', code: string, words: string): void {
    const { id, name } = this.#facts().saved;
    this.#events.write(level, code, `${name}: ${words}`, { ingestId: id });
  }
}
