/**
 * Whether there is room for a delay.
 * @module
 */
import { DISK_RESERVE_BYTES } from './limits.ts';

/** A delay, and what there is for it. */
export type DelayRoom = {
  readonly delayMs: number;
  /** What the encoder sends, kbit/s. */
  readonly kbps: number;
  /** Bytes that the delay may take of memory. */
  readonly memoryBytes: number;
  /** Bytes free on the disk. */
  readonly freeBytes: number;
};

/** What is missing, bytes: `have` is memory, and the disk but for what it must keep free. */
export type DelayFit =
  { readonly ok: true } | { readonly ok: false; readonly needBytes: number; readonly haveBytes: number };

/** A delay needs what is sent in that time, and a tenth for bitrates that swing and what is kept beside the bytes. */
export function fits({ delayMs, kbps, memoryBytes, freeBytes }: DelayRoom): DelayFit {
  // One kbit/s is one bit a millisecond.
  const needBytes = Math.ceil((delayMs * kbps * 11) / 80);
  const haveBytes = memoryBytes + Math.max(0, freeBytes - DISK_RESERVE_BYTES);
  return needBytes <= memoryBytes || needBytes <= haveBytes
    ? { ok: true }
    : { ok: false, needBytes, haveBytes };
}

/** Why a delay is refused, and what to do. */
export function delayDoesNotFit(
  { delayMs, kbps }: Pick<DelayRoom, 'delayMs' | 'kbps'>,
  { needBytes, haveBytes }: Pick<Extract<DelayFit, { ok: false }>, 'needBytes' | 'haveBytes'>,
): string {
  const rate = kbps >= 1_000 ? `${Number((kbps / 1_000).toFixed(1))} Mbit/s` : `${Math.round(kbps)} kbit/s`;
  const seconds = Number((delayMs / 1_000).toFixed(1));
  return `A delay of ${seconds} s at ${rate} needs ${sizeOf(needBytes)}; there is room for ${sizeOf(haveBytes)} in memory and on the disk, of which 1 GB stays free. Free some space on the disk, choose a shorter delay, or lower the encoder's bitrate.`;
}

function sizeOf(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}
