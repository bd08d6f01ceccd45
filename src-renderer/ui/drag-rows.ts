/**
 * Moves the rows of a list under the pointer, without touching their order: that changes once, when one is dropped.
 * @module
 */
import { dropIndex, makesRoom, type Span } from './reorder.ts';

/** Nearer than this to an edge of what scrolls, it scrolls, px. */
const EDGE_PX = 48;
/** By how much with each movement of the pointer, px. */
const SCROLL_PX = 14;

/** A row on its way. */
export type RowDrag = {
  /** The pointer is at `clientY`, px. */
  readonly move: (clientY: number) => void;
  /** Puts every row back to where the page has it and tells where the dragged one was let go. */
  readonly end: () => number;
};

/** Takes the row at `from` out of `list`; the pointer is at `startY`. */
export function beginDrag(list: HTMLElement, from: number, startY: number): RowDrag {
  const rows = [...list.children].filter((child) => child instanceof HTMLElement);
  const listTop = list.getBoundingClientRect().top;
  const spans = rows.map((row): Span => {
    const { top, height } = row.getBoundingClientRect();
    return { top: top - listTop, height };
  });
  const sizePx = (spans[from]?.height ?? 0) + gapOf(spans);
  let to = from;
  return {
    move: (clientY) => {
      scrollNearEdge(list, clientY);
      // The list itself moves when it is scrolled.
      const byPx = clientY - startY - (list.getBoundingClientRect().top - listTop);
      to = dropIndex(spans, from, byPx);
      rows.forEach((row, index) => {
        if (index === from) lift(row, byPx);
        else shift(row, makesRoom(index, { from, to, sizePx }));
      });
    },
    end: () => {
      for (const row of rows) {
        row.style.removeProperty('transform');
        row.style.removeProperty('transition');
        delete row.dataset['dragged'];
      }
      return to;
    },
  };
}

function lift(row: HTMLElement, byPx: number): void {
  row.dataset['dragged'] = '';
  row.style.transform = `translateY(${byPx}px)`;
}

function shift(row: HTMLElement, byPx: number): void {
  row.style.transition = 'transform 120ms ease-out';
  row.style.transform = `translateY(${byPx}px)`;
}

function gapOf([first, second]: readonly Span[]): number {
  return first === undefined || second === undefined ? 0 : second.top - first.top - first.height;
}

function scrollNearEdge(list: HTMLElement, clientY: number): void {
  const scroller = scrollerOf(list);
  const { top, bottom } =
    scroller === document.documentElement
      ? { top: 0, bottom: window.innerHeight }
      : scroller.getBoundingClientRect();
  if (clientY < top + EDGE_PX) scroller.scrollBy(0, -SCROLL_PX);
  else if (clientY > bottom - EDGE_PX) scroller.scrollBy(0, SCROLL_PX);
}

function scrollerOf(list: HTMLElement): Element {
  for (let place = list.parentElement; place !== null; place = place.parentElement) {
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(place).overflowY);
    if (scrolls && place.scrollHeight > place.clientHeight) return place;
  }
  return document.documentElement;
}
