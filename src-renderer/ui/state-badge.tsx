/**
 * @module
 */
import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names.ts';

const TONES = {
  idle: 'border-line text-soft',
  busy: 'border-accent/50 text-accent',
  good: 'border-good/50 text-good',
  strained: 'border-strained/50 text-strained',
  failing: 'border-failing/60 text-failing',
  hold: 'border-transparent bg-hold text-on-hold',
  onair: 'border-transparent bg-onair text-on-onair',
} as const;

export type Tone = keyof typeof TONES;

/** A state: always a word and an icon; the colour only repeats them. */
export type StateMark = {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly motion?: 'spin' | 'pulse';
};

export type StateBadgeProps = {
  readonly mark: StateMark;
  readonly word: string;
  /** What the word is about, for screen readers. */
  readonly about?: string;
  readonly testId?: string;
  readonly className?: string;
};

export function StateBadge({ mark, word, about, testId, className }: StateBadgeProps) {
  const Icon = mark.icon;
  return (
    <span
      className={classNames(
        'inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full border px-2 text-xs font-semibold whitespace-nowrap',
        TONES[mark.tone],
        className,
      )}
    >
      <Icon
        aria-hidden
        className={classNames(
          'size-3.5',
          mark.motion === 'spin' && 'spin-slow',
          mark.motion === 'pulse' && 'pulse-slow',
        )}
      />
      {about !== undefined && <span className="sr-only">{about}: </span>}
      <span data-testid={testId}>{word}</span>
    </span>
  );
}
