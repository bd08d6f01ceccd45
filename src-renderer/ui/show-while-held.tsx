/**
 * @module
 */
import { Eye } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { t } from '../language/translate.ts';
import { Button } from './button.tsx';

export type ShowWhileHeldProps = { readonly what: string; readonly onShown: (shown: boolean) => void };

/** An eye that shows a secret only while it is held, so that it cannot be left open on a shared screen. */
export function ShowWhileHeld({ what, onShown }: ShowWhileHeldProps) {
  const show = () => {
    onShown(true);
  };
  const hide = () => {
    onShown(false);
  };
  const onKey = (shown: boolean) => (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    onShown(shown);
  };
  return (
    <Button
      look="ghost"
      size="icon"
      aria-label={t('Hold to show the {{what}}', { what })}
      onPointerDown={show}
      onPointerUp={hide}
      onPointerLeave={hide}
      onPointerCancel={hide}
      onBlur={hide}
      onKeyDown={onKey(true)}
      onKeyUp={onKey(false)}
    >
      <Eye aria-hidden className="size-4" />
    </Button>
  );
}
