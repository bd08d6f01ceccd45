/**
 * @module
 */
import { Info, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../language/translate.ts';
import { classNames } from './class-names.ts';

const TONES = {
  info: { icon: Info, className: 'border-line text-soft' },
  warning: { icon: TriangleAlert, className: 'border-strained/50 text-strained' },
  error: { icon: OctagonX, className: 'border-failing/60 text-failing' },
} as const;

export type NoticeProps = {
  readonly tone: keyof typeof TONES;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly className?: string;
};

/** A sentence about something worth knowing, with what to do about it. */
export function Notice({ tone, children, testId, className }: NoticeProps) {
  const { icon: Icon, className: look } = TONES[tone];
  const word = { info: t('Note'), warning: t('Warning'), error: t('Problem') }[tone];
  return (
    <div
      data-testid={testId}
      className={classNames('flex gap-2 rounded-lg border bg-card px-2.5 py-2 text-xs', look, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <div className="min-w-0 break-words text-ink">
        <span className="sr-only">{word}: </span>
        {children}
      </div>
    </div>
  );
}
