/**
 * @module
 */
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  GripVertical,
  type LucideIcon,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState, type PointerEvent } from 'react';
import { t } from '../language/translate.ts';
import type { RowDrag } from './drag-rows.ts';

/** A pointer that moves less than this presses; one that moves more drags, px. */
const DRAG_FROM_PX = 4;

export type MoveHandleProps = {
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onDrag: (startY: number) => RowDrag | null;
  readonly onDrop: (to: number) => void;
};

/** The grip of a row: drag it, or press it for a menu that moves the row without dragging. */
export function MoveHandle({ name, index, count, onMove, onDrag, onDrop }: MoveHandleProps) {
  const [open, setOpen] = useState(false);
  const { handlers, dragged } = useDrag({ onDrag, onDrop });
  // A press outside of the menu has closed it before the click comes.
  const openAtPress = useRef(false);
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          aria-label={t('Move {{name}}, {{place}} of {{all}}', { name, place: index + 1, all: count })}
          title={t('Drag to move, or press for a menu. Alt+↑ and Alt+↓ move the row too.')}
          data-testid="move-handle"
          className="-ml-1.5 inline-flex h-6 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded text-soft hover:bg-raised hover:text-ink"
          {...handlers}
          onPointerDown={(event) => {
            openAtPress.current = open;
            handlers.onPointerDown(event);
          }}
          onClick={() => {
            if (!dragged()) setOpen(!openAtPress.current);
            openAtPress.current = false;
          }}
          onKeyDown={(event) => {
            // Alt+↓ moves the row; only ↓ alone opens the menu.
            if (event.altKey) event.preventDefault();
          }}
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="start"
        sideOffset={4}
        className="z-30 min-w-44 rounded-xl border border-edge bg-card p-1.5 shadow-2xl"
      >
        <Item icon={ArrowUp} words={t('Move up')} to={index - 1} {...{ index, count, onMove }} />
        <Item icon={ArrowDown} words={t('Move down')} to={index + 1} {...{ index, count, onMove }} />
        <Item icon={ArrowUpToLine} words={t('Move to the top')} to={0} {...{ index, count, onMove }} />
        <Item
          icon={ArrowDownToLine}
          words={t('Move to the bottom')}
          to={count - 1}
          {...{ index, count, onMove }}
        />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

type ItemProps = Pick<MoveHandleProps, 'index' | 'count' | 'onMove'> & {
  readonly icon: LucideIcon;
  readonly words: string;
  readonly to: number;
};

function Item({ icon: Icon, words, to, index, count, onMove }: ItemProps) {
  return (
    <DropdownMenu.Item
      disabled={to === index || to < 0 || to >= count}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm outline-none data-disabled:cursor-default data-disabled:opacity-50 data-highlighted:bg-raised data-highlighted:outline-2 data-highlighted:outline-accent"
      onSelect={() => {
        onMove(to);
      }}
    >
      <Icon aria-hidden className="size-4 text-soft" /> {words}
    </DropdownMenu.Item>
  );
}

/** Follows one pointer from press to release; Escape and a lost pointer put the row back. */
function useDrag({ onDrag, onDrop }: Pick<MoveHandleProps, 'onDrag' | 'onDrop'>) {
  const pressedAt = useRef<number | null>(null);
  const drag = useRef<RowDrag | null>(null);
  const wasDragged = useRef(false);
  const finish = (drops: boolean) => {
    pressedAt.current = null;
    const to = drag.current?.end();
    drag.current = null;
    stopListening.current();
    if (drops && to !== undefined) onDrop(to);
  };
  const stopListening = useRef<() => void>(() => undefined);
  const listenForEscape = () => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') finish(false);
    };
    window.addEventListener('keydown', onKey, true);
    stopListening.current = () => {
      window.removeEventListener('keydown', onKey, true);
    };
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      // The menu opens on the click, so that a press can become a drag.
      event.preventDefault();
      wasDragged.current = false;
      if (event.button !== 0 || !event.isPrimary) return;
      pressedAt.current = event.clientY;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: ({ clientY }: PointerEvent) => {
      const startY = pressedAt.current;
      if (startY === null) return;
      if (drag.current === null && Math.abs(clientY - startY) >= DRAG_FROM_PX) {
        drag.current = onDrag(startY);
        wasDragged.current = true;
        listenForEscape();
      }
      drag.current?.move(clientY);
    },
    onPointerUp: () => {
      finish(true);
    },
    onPointerCancel: () => {
      finish(false);
    },
  };
  return { handlers, dragged: () => wasDragged.current };
}
