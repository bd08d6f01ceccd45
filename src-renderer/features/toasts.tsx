/**
 * @module
 */
import { Info, OctagonX, TriangleAlert, Undo2, X } from 'lucide-react';
import { useEffect } from 'react';
import { t } from '../language/translate.ts';
import { useOwn, useParts, useShown } from '../state/window-context.tsx';
import { dismissToast, type Toast } from '../state/window-store.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';

/** How long a toast stays, ms; errors long enough to be read twice. */
const STAYS_MS = { info: 6000, warning: 10_000, error: 14_000 } as const;
/** One with a way back: long enough to look at what was done, and to reach the button by keyboard. */
const UNDO_STAYS_MS = 20_000;

const LOOKS = {
  info: { icon: Info, className: '' },
  warning: { icon: TriangleAlert, className: 'text-strained' },
  error: { icon: OctagonX, className: 'text-failing' },
} as const;

export function Toasts() {
  const toasts = useOwn((own) => own.toasts);
  return (
    <section
      aria-label={t('Messages')}
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
  const shown = useShown();
  const { id, tone, title, text, undo } = toast;
  const staysMs = undo === null ? STAYS_MS[tone] : UNDO_STAYS_MS;
  useEffect(() => {
    const timer = setTimeout(() => {
      dismissToast(own, id);
    }, staysMs);
    return () => {
      clearTimeout(timer);
    };
  }, [own, id, staysMs]);
  const { icon: Icon, className } = LOOKS[tone];
  // What a notice is about, such as a failed target, the announcer has said urgently already.
  const urgent = tone === 'error' && title === null;
  return (
    <div
      role={urgent ? 'alert' : 'status'}
      data-testid={title === null ? 'toast' : 'notice-toast'}
      className="pointer-events-auto flex max-w-lg items-start gap-3 rounded-xl border border-edge bg-raised py-2 pr-2 pl-4 text-sm shadow-xl"
    >
      <Icon aria-hidden className={classNames('mt-1.5 size-4 shrink-0', className)} />
      <div className="min-w-0 flex-1 py-1 break-words">
        {title !== null && <p className="font-semibold">{title}</p>}
        {text !== '' && <p>{shown(text)}</p>}
      </div>
      {undo !== null && (
        <Button
          size="sm"
          data-testid="toast-undo"
          onClick={() => {
            dismissToast(own, id);
            undo();
          }}
        >
          <Undo2 aria-hidden className="size-4" /> {t('Undo')}
        </Button>
      )}
      <Button
        look="ghost"
        size="icon"
        aria-label={t('Dismiss')}
        onClick={() => {
          dismissToast(own, id);
        }}
      >
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
