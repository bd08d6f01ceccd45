/**
 * The line that all targets share: who lags and why, and who gets less when it cannot carry all.
 * @module
 */
import type { Uplink } from '../../src-shared/model/studio-state.ts';
import type { StreamRates } from '../health/line-meter.ts';
import { LineJudge } from '../uplink/line-judge.ts';
import { UplinkArbiter, type ArbiterTarget } from '../uplink/uplink-arbiter.ts';
import type { IngestBook } from './ingest-book.ts';
import type { OpenTarget } from './open-target.ts';
import type { StudioParts } from './studio-parts.ts';

const UNKNOWN: StreamRates = { none: 0, keyframes: 0, sound: 0 };

/** Asked once a second; tells what has changed. */
export class UplinkDesk {
  readonly #parts: StudioParts;
  readonly #judge = new LineJudge();
  readonly #arbiter = new UplinkArbiter();
  #uplink: Omit<Uplink, 'budgetKbps'> = {
    totalKbps: 0,
    measuredKbps: null,
    verdict: { kind: 'ok', message: '', targetIds: [], ingestId: null },
  };

  constructor(parts: StudioParts) {
    this.#parts = parts;
  }

  get uplink(): Uplink {
    return { ...this.#uplink, budgetKbps: this.#parts.settings.value.uplinkBudgetKbps };
  }

  /**
   * @param running Most important first; their own figures have been taken.
   * @param now ms, monotonic.
   */
  sample(now: number, running: readonly OpenTarget[], ingests: IngestBook): void {
    const verdict = this.#judge.sample(now, {
      targets: running.map((target) => lineOf(target, ratesOf(target, ingests))),
      encoders: ingests.encoderLines().map(({ ingest, health, line }) => ({
        ingestId: ingest.id,
        name: ingest.name,
        isLive: ingests.slot(ingest.id)?.state === 'live',
        jitterMs: health.jitterMs,
        longestGapMs: line.longestGapMs,
        kbps: line.rates.none,
        videoFps: health.video?.fps ?? null,
      })),
    });
    const { levels, measuredKbps, events } = this.#arbiter.sample(now, {
      targets: running.map((target) => arbiterTarget(target, ratesOf(target, ingests))),
      budgetKbps: this.#parts.settings.value.uplinkBudgetKbps,
      verdict,
    });
    for (const target of running) target.setShed(levels.get(target.id) ?? 'none');
    for (const { targetId, level, message } of events) {
      const code = level === 'none' ? 'target-whole-again' : 'target-shed';
      this.#parts.events.write(level === 'none' ? 'info' : 'warning', code, message, { targetId });
    }
    const totalKbps = running.reduce((sum, { kbps }) => sum + kbps, 0);
    this.#tellVerdict(verdict);
    this.#set({ totalKbps, measuredKbps, verdict });
  }

  /** The budget was changed. */
  changed(): void {
    this.#parts.emit({ type: 'uplink', uplink: this.uplink });
  }

  #tellVerdict(verdict: Uplink['verdict']): void {
    const before = this.#uplink.verdict;
    const isSame =
      before.kind === verdict.kind &&
      before.ingestId === verdict.ingestId &&
      before.targetIds.join() === verdict.targetIds.join();
    if (isSame) return;
    if (verdict.kind === 'ok') {
      this.#parts.events.write('info', 'line-well', 'The line is well again.');
      return;
    }
    const [targetId] = verdict.targetIds;
    const about = verdict.kind === 'platform' && targetId !== undefined ? { targetId } : {};
    const ingest = verdict.ingestId === null ? {} : { ingestId: verdict.ingestId };
    this.#parts.events.write('warning', `line-${verdict.kind}`, verdict.message, { ...about, ...ingest });
  }

  #set(uplink: Omit<Uplink, 'budgetKbps'>): void {
    const before = this.#uplink;
    this.#uplink = uplink;
    const isSame =
      before.totalKbps === uplink.totalKbps &&
      before.measuredKbps === uplink.measuredKbps &&
      before.verdict.kind === uplink.verdict.kind &&
      before.verdict.message === uplink.verdict.message;
    if (!isSame) this.changed();
  }
}

/** What one copy of its stream takes, times the copies it sends. */
function ratesOf(target: OpenTarget, ingests: IngestBook): StreamRates {
  const { none, keyframes, sound } = ingests.rates(target.ingestId) ?? UNKNOWN;
  const { copies } = target;
  return { none: none * copies, keyframes: keyframes * copies, sound: sound * copies };
}

function lineOf(
  target: OpenTarget,
  rates: StreamRates,
): Parameters<LineJudge['sample']>[1]['targets'][number] {
  const { id, name, isLocal, shed, kbps, legs } = target;
  const { queueMs, backlogBytes, bytesSent, bytesAcknowledged, roundTripMs, droppedFrames } = legs.counts;
  return {
    id,
    name,
    isLive: legs.state === 'live',
    isLocal,
    shed,
    queueMs,
    backlogBytes,
    bytesSent,
    bytesAcknowledged,
    roundTripMs,
    droppedFrames,
    kbps,
    wantedKbps: rates[shed],
  };
}

function arbiterTarget(target: OpenTarget, wanted: StreamRates): ArbiterTarget {
  const { id, name, isLocal, kbps, legs } = target;
  return { id, name, isLive: legs.state === 'live', isLocal, kbps, queueMs: legs.counts.queueMs, wanted };
}
