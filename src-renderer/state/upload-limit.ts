/**
 * @module
 */
import type { Uplink } from '../../src-shared/model/studio-state.ts';

/** Above this share of the limit the line has no room left for the encoder's peaks. */
const TIGHT_SHARE = 0.85;

/** What all targets together have to stay below: `given` by the streamer or `measured` on the line, 1000 bit/s. */
export type UploadLimit = { readonly kbps: number; readonly from: 'given' | 'measured' };

/** The lower of the two; null when nothing is known. */
export function uploadLimit({ budgetKbps, measuredKbps }: Uplink): UploadLimit | null {
  const measured = measuredKbps === null ? null : ({ kbps: measuredKbps, from: 'measured' } as const);
  if (budgetKbps === null) return measured;
  return measured !== null && measured.kbps < budgetKbps ? measured : { kbps: budgetKbps, from: 'given' };
}

/** The part of the limit that is used, 0 to 1 and beyond; null without a limit. */
export function uploadShare(uplink: Uplink): number | null {
  const limit = uploadLimit(uplink);
  return limit === null || limit.kbps === 0 ? null : uplink.totalKbps / limit.kbps;
}

/** Whether next to nothing is left of the limit. */
export function isUploadTight(uplink: Uplink): boolean {
  return (uploadShare(uplink) ?? 0) > TIGHT_SHARE;
}
