/**
 * What is kept of each show, and the reports of it.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { ShowReport, ShowSummary } from '../../src-shared/model/show-report.ts';
import type { Target } from '../../src-shared/model/target.ts';
import { HistoryError } from '../history/history-error.ts';
import type { History } from '../history/history.ts';
import { ShowRecorder } from '../history/show-recorder.ts';
import { newId, type StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

/** How often shows that are older than they are to be kept are forgotten, ms. */
const FORGET_INTERVAL_MS = 24 * 3_600_000;
/** Most that the history may take of the disk, bytes: years of daily shows. */
const MOST_BYTES = 512 * 1024 * 1024;

/** Records while shows are kept at all. */
export class HistoryDesk {
  readonly #parts: StudioParts;
  readonly #history: History;
  readonly #recorder: ShowRecorder;
  #forgotAt: number | undefined;

  constructor(parts: StudioParts, history: History) {
    this.#parts = parts;
    this.#history = history;
    this.#recorder = new ShowRecorder({
      clock: parts.clock,
      write: (batch) => {
        if (this.#isKept) history.write(batch);
      },
      newId: () => newId(parts.random),
    });
  }

  get #isKept(): boolean {
    return this.#parts.settings.value.historyDays > 0;
  }

  /** A show goes on, or is over for its ingest. */
  ingestLive(ingest: Ingest, live: boolean): void {
    this.#recorder.ingestLive(ingest, live);
  }

  event(event: LogEvent): void {
    this.#recorder.event(event);
  }

  /** Once a second. */
  sample(
    now: number,
    state: { readonly ingests: readonly Ingest[]; readonly targets: readonly Target[] },
  ): void {
    this.#recorder.sample(now, state);
    if (this.#forgotAt !== undefined && now - this.#forgotAt < FORGET_INTERVAL_MS) return;
    this.#forgotAt = now;
    // What cannot be forgotten today is forgotten tomorrow.
    void this.#history.forget(this.#parts.settings.value.historyDays, MOST_BYTES).catch(() => undefined);
  }

  /** Newest first. @throws {CommandRefused} `history-away` */
  async list(): Promise<ShowSummary[]> {
    return [...(await this.#asked(() => this.#history.shows()))];
  }

  /** @throws {CommandRefused} `no-such-show`, `history-away` */
  async report(id: string): Promise<ShowReport> {
    const report = await this.#asked(() => this.#history.report(id));
    if (report !== undefined) return report;
    throw new CommandRefused('no-such-show', `No show with the id "${id}" is kept.`);
  }

  /** What is known is written, and the file let go of. */
  async close(): Promise<void> {
    this.#recorder.close();
    await this.#history.close();
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof HistoryError) throw new CommandRefused('history-away', error.message);
      throw error;
    }
  }
}
