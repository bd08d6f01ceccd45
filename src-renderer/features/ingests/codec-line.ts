/**
 * @module
 */
import type { AudioHealth, HealthReport, VideoHealth } from '../../../src-shared/model/health.ts';
import { formatNumber } from '../../ui/format.ts';
import { t } from '../../language/translate.ts';

/** What is sent, in one line: "H.264 High 1920×1080 60 fps · AAC 48 kHz stereo"; null when nothing is known. */
export function codecLine(health: HealthReport | null): string | null {
  if (health === null) return null;
  const parts = [
    ...(health.video === null ? [] : [videoWords(health.video)]),
    ...(health.audio === null ? [] : [audioWords(health.audio)]),
  ];
  return parts.length === 0 ? null : parts.join(' · ');
}

function videoWords({ codec, profile, width, height, fps }: VideoHealth): string {
  const size = width === null || height === null ? '' : `${width}×${height}`;
  const rate = fps === null ? '' : `${formatNumber(fps, fps % 1 === 0 ? 0 : 2)}\u202ffps`;
  return [codec, profile ?? '', size, rate].filter((part) => part !== '').join(' ');
}

function audioWords({ codec, sampleRate, channels }: AudioHealth): string {
  const rate =
    sampleRate === null ? '' : `${formatNumber(sampleRate / 1000, sampleRate % 1000 === 0 ? 0 : 1)}\u202fkHz`;
  return [codec, rate, channelWords(channels)].filter((part) => part !== '').join(' ');
}

function channelWords(channels: number | null): string {
  if (channels === null) return '';
  if (channels === 1) return t('mono');
  return channels === 2 ? t('stereo') : t('{{channels}} channels', { channels });
}
