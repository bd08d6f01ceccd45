/**
 * @module
 */
import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Refusal } from '../../src-shared/bridge/contract.ts';

export type FormSectionProps = {
  readonly title: string;
  /** What is in it and who needs it. */
  readonly hint: string;
  /** Whether any of it is in use. */
  readonly startsOpen: boolean;
  readonly refusal: Refusal | null;
  /** The fields inside: a refusal of one of them unfolds the section. */
  readonly fields: readonly string[];
  readonly testId?: string;
  readonly children: ReactNode;
};

/** A part of a form that most people need none of: folded, unless it is in use or was refused. */
export function FormSection(props: FormSectionProps) {
  const { title, hint, startsOpen, refusal, fields, testId, children } = props;
  const [open, setOpen] = useState(startsOpen);
  const [refusalBefore, setRefusalBefore] = useState(refusal);
  if (refusal !== refusalBefore) {
    setRefusalBefore(refusal);
    // Before the refused field is given the focus, which it cannot have while folded away.
    if (fields.includes(refusal?.field ?? '')) setOpen(true);
  }
  return (
    <details
      data-testid={testId}
      className="group rounded-xl border border-line bg-card"
      open={open}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary className="flex min-h-9 items-center gap-2 rounded-xl px-3 py-1.5 text-sm font-medium">
        <span className="flex-1">
          {title}
          <span className="block text-xs font-normal text-soft">{hint}</span>
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-soft group-open:rotate-180" />
      </summary>
      <div className="flex flex-col gap-4 border-t border-line p-3">{children}</div>
    </details>
  );
}
