/**
 * @module
 */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type EmptyStateProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
};

/** What stands where there is nothing yet: what it is for, and the next step. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-xl border border-dashed border-line px-4 py-8 text-center">
      <Icon aria-hidden className="size-7 text-faint" />
      <p className="font-semibold">{title}</p>
      <div className="flex max-w-72 flex-col items-center gap-3 text-sm text-soft">{children}</div>
    </div>
  );
}
