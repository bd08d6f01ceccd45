/**
 * The test signals that run, one per ingest at most.
 * @module
 */
import { loadSignalLoop } from '../rehearsal/load-loop.ts';
import { TestSignal, type SignalLoop } from '../rehearsal/test-signal.ts';
import { readTargetUrl } from '../outbound/target-url.ts';
import type { StudioParts } from './studio-parts.ts';
import { CommandRefused } from './studio-port.ts';

/** Where a test signal publishes to. */
export type TestSignalPlace = { readonly ingestId: string; readonly url: string; readonly streamKey: string };

/** Starts and stops them; the loop is read from its file once. */
export class TestSignals {
  readonly #parts: StudioParts;
  readonly #file: string;
  readonly #changed: (ingestId: string) => void;
  #loop: Promise<SignalLoop> | undefined;
  readonly #signals = new Map<string, TestSignal>();

  constructor(parts: StudioParts, file: string, changed: (ingestId: string) => void) {
    this.#parts = parts;
    this.#file = file;
    this.#changed = changed;
  }

  has(ingestId: string): boolean {
    return this.#signals.has(ingestId);
  }

  /** @throws {CommandRefused} `test-signal-missing`: the file that comes with Relaydeck cannot be read. */
  async start({ ingestId, url, streamKey }: TestSignalPlace): Promise<void> {
    if (this.has(ingestId)) return;
    const loop = await this.#load();
    const address = readTargetUrl(url);
    if ('field' in address) throw new Error(`own server address is not usable: ${address.message}`);
    if (this.has(ingestId)) return;
    const { dial, clock, random, events } = this.#parts;
    const signal = new TestSignal({
      loop,
      address,
      streamKey,
      dial,
      clock,
      random,
      onEnd: (end) => {
        if (this.#signals.get(ingestId) !== signal) return;
        this.#signals.delete(ingestId);
        if (end.kind !== 'stopped') {
          events.write('warning', 'test-signal-ended', 'The test signal has ended by itself.', { ingestId });
        }
        this.#changed(ingestId);
      },
    });
    this.#signals.set(ingestId, signal);
    signal.start();
    this.#changed(ingestId);
  }

  stop(ingestId: string): void {
    const signal = this.#signals.get(ingestId);
    if (signal === undefined) return;
    this.#signals.delete(ingestId);
    signal.stop();
    this.#changed(ingestId);
  }

  stopAll(): void {
    for (const ingestId of [...this.#signals.keys()]) this.stop(ingestId);
  }

  #load(): Promise<SignalLoop> {
    this.#loop ??= loadSignalLoop(this.#file).catch((error: unknown) => {
      this.#loop = undefined;
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandRefused(
        'test-signal-missing',
        `The test signal's file cannot be read (${why}). Install Relaydeck again.`,
      );
    });
    return this.#loop;
  }
}
