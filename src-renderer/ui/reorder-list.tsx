/**
 * @module
 */
import { useRef, useState, type ReactNode } from 'react';
import { t } from '../language/translate.ts';
import { beginDrag } from './drag-rows.ts';
import { MoveHandle } from './move-handle.tsx';
import { moved } from './reorder.ts';

export type ReorderListProps = {
  readonly ids: readonly string[];
  /** What is read out of a row that has moved. */
  readonly nameOf: (id: string) => string;
  readonly onOrder: (ids: readonly string[]) => void;
  /** One row; `handle` moves it and is to be shown somewhere inside. */
  readonly children: (id: string, handle: ReactNode) => ReactNode;
};

/** A list whose order is the user's: by dragging, from a menu at each row, or with Alt+↑ and Alt+↓ inside a row. */
export function ReorderList({ ids, nameOf, onOrder, children }: ReorderListProps) {
  const list = useRef<HTMLUListElement>(null);
  const idsAtStart = useRef(ids);
  const [said, setSaid] = useState('');
  const move = (from: number, to: number) => {
    const id = ids[from];
    if (id === undefined || to === from || to < 0 || to >= ids.length) return;
    onOrder(moved(ids, from, to));
    setSaid(t('{{name}} is now {{place}} of {{all}}.', { name: nameOf(id), place: to + 1, all: ids.length }));
  };
  const handleOf = (id: string, index: number) => (
    <MoveHandle
      name={nameOf(id)}
      index={index}
      count={ids.length}
      onMove={(to) => {
        move(index, to);
      }}
      onDrag={(startY) => {
        idsAtStart.current = ids;
        return list.current === null ? null : beginDrag(list.current, index, startY);
      }}
      onDrop={(to) => {
        // Rows that came or went meanwhile have moved the places: then nothing is where it was dropped.
        if (idsAtStart.current.join() === ids.join()) move(index, to);
      }}
    />
  );
  return (
    <>
      <ul ref={list} className="flex flex-col gap-2">
        {ids.map((id, index) => (
          <li
            key={id}
            className="relative rounded-xl data-dragged:z-10 data-dragged:shadow-2xl"
            onKeyDown={(event) => {
              if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
              event.preventDefault();
              move(index, event.key === 'ArrowUp' ? index - 1 : index + 1);
            }}
          >
            {children(id, ids.length < 2 ? null : handleOf(id, index))}
          </li>
        ))}
      </ul>
      <p role="status" className="sr-only" data-testid="reorder-status">
        {said}
      </p>
    </>
  );
}
