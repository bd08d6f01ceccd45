/**
 * @module
 */

/** Share of the upload that streams may take: the rest is for peaks and for everything else on the line. */
const USABLE_SHARE = 0.75;
/** More brings nothing on the large platforms at 1080p60. */
const MOST_KBPS = 6000;
const AUDIO_KBPS = 160;

/** Video bitrate that fits `targets` times into an upload; rounded down to what people type. */
export function recommendedVideoKbps(uploadMbps: number, targets: number): number {
  const perTarget = (uploadMbps * 1000 * USABLE_SHARE) / Math.max(1, targets) - AUDIO_KBPS;
  return Math.max(0, Math.min(MOST_KBPS, Math.floor(perTarget / 100) * 100));
}
