/**
 * @module
 */
import { Info, OctagonX, TriangleAlert, Undo2, X } from 'lucide-react';
import { useEffect, useRef, useState, type FocusEvent } from 'react';
import { t } from '../language/translate.ts';
import { useOwn, useParts, useShown } from '../state/window-context.tsx';
import { dismissToast, takeBack, type Toast } from '../state/window-store.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';

/** How long a toast stays, ms; errors long enough to be read twice, a way back long enough to be reached. */
const STAYS_MS = { info: 6000, warning: 10_000, error: 14_000, undo: 20_000 } as const;

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
  const shown = useShown();
  const { tone, title, text, undo } = toast;
  const { handlers, giveBack } = useStay(toast);
  const { icon: Icon, className } = LOOKS[tone];
  // What a notice is about, such as a failed target, the announcer has said urgently already.
  const urgent = tone === 'error' && title === null;
  return (
    <div
      role={urgent ? 'alert' : 'status'}
      data-testid={title === null ? 'toast' : 'notice-toast'}
      className="pointer-events-auto flex max-w-lg items-start gap-3 rounded-xl border border-edge bg-raised py-2 pr-2 pl-4 text-sm shadow-xl"
      {...handlers}
    >
      <Icon aria-hidden className={classNames('mt-1.5 size-4 shrink-0', className)} />
      <div className="min-w-0 flex-1 py-1 break-words">
        {title !== null && <p className="font-semibold">{shown(title)}</p>}
        {text !== '' && <p>{shown(text)}</p>}
      </div>
      <ToastButtons toast={toast} onLeave={giveBack} hasUndo={undo !== null} />
    </div>
  );
}

type ToastButtonsProps = {
  readonly toast: Toast;
  readonly hasUndo: boolean;
  readonly onLeave: () => void;
};

function ToastButtons({ toast, hasUndo, onLeave }: ToastButtonsProps) {
  const { own } = useParts();
  return (
    <>
      {hasUndo && (
        <Button
          size="sm"
          className="border-edge!"
          data-testid="toast-undo"
          onClick={() => {
            onLeave();
            takeBack(own, toast);
          }}
        >
          <Undo2 aria-hidden className="size-3.5" /> {t('Undo')}
        </Button>
      )}
      <Button
        look="ghost"
        size="icon"
        aria-label={t('Dismiss')}
        onClick={() => {
          onLeave();
          dismissToast(own, toast.id);
        }}
      >
        <X aria-hidden className="size-4" />
      </Button>
    </>
  );
}

/** Dismisses the toast in time, but not while somebody is at it; its time then begins anew. */
function useStay({ id, tone, undo }: Toast) {
  const { own } = useParts();
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const cameFrom = useRef<Element | null>(null);
  const stayMs = STAYS_MS[undo === null ? tone : 'undo'];
  const held = hovered || focused;
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => {
      dismissToast(own, id);
    }, stayMs);
    return () => {
      clearTimeout(timer);
    };
  }, [own, id, stayMs, held]);
  const isOutside = (event: FocusEvent): boolean =>
    !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget));
  const handlers = {
    onPointerEnter: () => {
      setHovered(true);
    },
    onPointerLeave: () => {
      setHovered(false);
    },
    onFocus: (event: FocusEvent) => {
      if (isOutside(event)) cameFrom.current = event.relatedTarget;
      setFocused(true);
    },
    onBlur: (event: FocusEvent) => {
      if (isOutside(event)) setFocused(false);
    },
  };
  const giveBack = () => {
    // The toast goes, and would take the focus with it.
    if (cameFrom.current instanceof HTMLElement && cameFrom.current.isConnected) cameFrom.current.focus();
  };
  return { handlers, giveBack };
}
