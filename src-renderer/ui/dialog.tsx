/**
 * @module
 */
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { t } from '../language/translate.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { focusFirst } from './focus-first.ts';

export type DialogProps = {
  readonly title: string;
  /** Read out with the title. */
  readonly description: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
  readonly testId?: string;
};

/** A dialog over the window; Escape and the cross close it. */
export function Dialog({ title, description, onClose, wide = false, children, testId }: DialogProps) {
  // Radix gives the focus back to a trigger of its own; our dialogs are opened from anywhere.
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/60" />
        <Radix.Content
          data-testid={testId}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
          }}
          onOpenAutoFocus={(event) => {
            // Where a part asks for the focus, it is not given to the cross.
            if (event.target instanceof HTMLElement && focusFirst(event.target)) event.preventDefault();
          }}
          className={classNames(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-1rem)] w-[calc(100vw-1rem)] -translate-x-1/2 -translate-y-1/2',
            'flex-col overflow-hidden rounded-2xl border border-line bg-panel shadow-2xl',
            wide ? 'max-w-[56rem]' : 'max-w-[30rem]',
          )}
        >
          <div className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              <Radix.Description className="text-sm text-soft">{description}</Radix.Description>
            </div>
            <Radix.Close asChild>
              <Button look="ghost" size="icon" aria-label={t('Close')}>
                <X aria-hidden className="size-4" />
              </Button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The part of a dialog that scrolls; `relative` keeps texts for screen readers only from scrolling the dialog itself. */
export function DialogBody({ children }: { readonly children: ReactNode }) {
  return <div className="relative min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>;
}

/** The buttons at a dialog's foot, always in sight. */
export function DialogFoot({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
      {children}
    </div>
  );
}
