/**
 * @module
 */
import { Info, OctagonX, X } from 'lucide-react';
import { useEffect } from 'react';
import { useOwn, useParts } from '../state/window-context.tsx';
import { dismissToast, type Toast } from '../state/window-store.ts';
import { Button } from '../ui/button.tsx';

/** How long a toast stays, ms; errors long enough to be read twice. */
const STAYS_MS = { info: 6000, error: 14_000 } as const;

export function Toasts() {
  const toasts = useOwn((own) => own.toasts);
  return (
    <section
      aria-label="Messages"
      className="pointer-events-none fixed inset-x-2 bottom-12 z-[60] flex flex-col items-center gap-2"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { own } = useParts();
  const { id, tone, text } = toast;
  useEffect(() => {
    const timer = setTimeout(() => {
      dismissToast(own, id);
    }, STAYS_MS[tone]);
    return () => {
      clearTimeout(timer);
    };
  }, [own, id, tone]);
  const Icon = tone === 'error' ? OctagonX : Info;
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      data-testid="toast"
      className="pointer-events-auto flex max-w-lg items-start gap-3 rounded-xl border border-edge bg-raised py-2 pr-2 pl-4 text-sm shadow-xl"
    >
      <Icon
        aria-hidden
        className={tone === 'error' ? 'mt-1.5 size-4 shrink-0 text-failing' : 'mt-1.5 size-4 shrink-0'}
      />
      <p className="min-w-0 py-1 break-words">{text}</p>
      <Button
        look="ghost"
        size="icon"
        aria-label="Dismiss"
        onClick={() => {
          dismissToast(own, id);
        }}
      >
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
