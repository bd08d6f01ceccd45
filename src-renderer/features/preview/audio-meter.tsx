/**
 * @module
 */
import { useEffect, useRef } from 'react';
import { t } from '../../language/translate.ts';
import { FLOOR_DB, nextLevel, shareOf, SILENCE, type ChannelLevel } from './audio-level.ts';
import type { PictureSound } from './picture-sound.ts';

/** How often the bars move, ms: often enough for the eye. */
const TURN_MS = 50;
/** How often the level is put into words, ms. */
const WORDS_MS = 1000;
/** Marks of the scale, dBFS. */
const SCALE = [-60, -40, -20, 0] as const;

/** Left and right level, heard or not. Drawn past React: it moves with every turn. */
export function AudioMeter({ sound }: { readonly sound: PictureSound }) {
  const meter = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = meter.current;
    return place === null ? undefined : runMeter(sound, place);
  }, [sound]);
  return (
    <div
      ref={meter}
      role="meter"
      aria-label={t('Sound level')}
      aria-valuemin={FLOOR_DB}
      aria-valuemax={0}
      aria-valuenow={FLOOR_DB}
      data-testid="audio-meter"
      className="flex w-28 flex-col @min-[26rem]:w-44 gap-1 rounded bg-black/80 px-2 py-1.5"
    >
      {[0, 1].map((channel) => (
        <div key={channel} className="relative h-1.5 overflow-hidden rounded-full bg-white/20">
          <div className="h-full bg-linear-to-r from-white/85 from-60% to-[#f1c95c]" style={barAt(0)} />
          <div className="absolute inset-y-0 w-0.5 -translate-x-full bg-white" style={{ left: '0%' }} />
        </div>
      ))}
      <div aria-hidden className="relative hidden h-2.5 text-[0.625rem] leading-none @min-[26rem]:block">
        {SCALE.map((db) => (
          <span
            key={db}
            className="absolute -translate-x-1/2 first:translate-x-0 last:-translate-x-full"
            style={{ left: `${shareOf(db) * 100}%` }}
          >
            {db === 0 ? '0\u202fdBFS' : `−${-db}`}
          </span>
        ))}
      </div>
    </div>
  );
}

const barAt = (share: number) => ({ clipPath: `inset(0 ${100 - share * 100}% 0 0)` });

/** Turns with the screen, and so not at all while nobody sees it. */
function runMeter(sound: PictureSound, place: HTMLElement): () => void {
  let levels: readonly ChannelLevel[] = [SILENCE, SILENCE];
  let lastMs = performance.now();
  let saidMs = 0;
  let frame = 0;
  const turn = (nowMs: number) => {
    frame = requestAnimationFrame(turn);
    const passedMs = nowMs - lastMs;
    if (passedMs < TURN_MS) return;
    lastMs = nowMs;
    levels = levels.map((level, channel) => nextLevel(sound.read(channel), level, passedMs));
    levels.forEach((level, channel) => {
      draw(place.children[channel], level);
    });
    if (nowMs - saidMs < WORDS_MS) return;
    saidMs = nowMs;
    say(place, levels);
  };
  frame = requestAnimationFrame(turn);
  return () => {
    cancelAnimationFrame(frame);
  };
}

function draw(channel: Element | undefined, { db, heldDb }: ChannelLevel): void {
  const [bar, mark] = channel?.children ?? [];
  if (bar instanceof HTMLElement) Object.assign(bar.style, barAt(shareOf(db)));
  if (mark instanceof HTMLElement) mark.style.left = `${shareOf(heldDb) * 100}%`;
}

function say(place: HTMLElement, levels: readonly ChannelLevel[]): void {
  const [left, right] = levels.map(({ heldDb }) => Math.round(heldDb));
  if (left === undefined || right === undefined) return;
  place.setAttribute('aria-valuenow', `${Math.max(left, right)}`);
  place.setAttribute('aria-valuetext', t('Left {{left}} dBFS, right {{right}} dBFS', { left, right }));
}
