/**
 * What an encoder sends, in one line.
 * @module
 */
import type { HealthReport } from '../../src-shared/model/health.ts';
import type { Ingest } from '../../src-shared/model/ingest.ts';

/**
 * Such as `H.264, 1920×1080, 60 fps, 6000 kbit/s; AAC, 48 kHz, 2 channels, 160 kbit/s; OBS 31`. Empty: nothing known.
 * @param clean Makes what the encoder says of itself fit to be kept; figures change every second and need none of it.
 */
export function encoderLine(ingest: Ingest, clean: (text: string) => string): string {
  const { health } = ingest;
  const encoder = ingest.encoder ?? ingest.backup?.encoder ?? null;
  const parts = [videoLine(health?.video ?? null), audioLine(health?.audio ?? null)];
  if (parts.every((part) => part === '')) return '';
  return [...parts, clean(encoder?.software ?? '')].filter((part) => part !== '').join('; ');
}

function videoLine(video: HealthReport['video']): string {
  if (video === null) return '';
  const { codec, width, height, fps, kbps } = video;
  return joined([
    codec,
    width === null || height === null ? '' : `${width}×${height}`,
    fps === null ? '' : `${Math.round(fps)} fps`,
    `${Math.round(kbps)} kbit/s`,
  ]);
}

function audioLine(audio: HealthReport['audio']): string {
  if (audio === null) return '';
  const { codec, sampleRate, channels, kbps } = audio;
  return joined([
    codec,
    sampleRate === null ? '' : `${sampleRate / 1000} kHz`,
    channels === null ? '' : `${channels} ${channels === 1 ? 'channel' : 'channels'}`,
    `${Math.round(kbps)} kbit/s`,
  ]);
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
