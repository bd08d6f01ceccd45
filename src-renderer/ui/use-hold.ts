/**
 * @module
 */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

export type HoldOptions = {
  /** How long, ms. */
  readonly holdMs: number;
  readonly onHeld: () => void;
  /** Let go too early. */
  readonly onShort: () => void;
  /** Pressed by something that cannot hold, such as a screen reader. */
  readonly onPlainClick: () => void;
};

const isPressKey = ({ key }: KeyboardEvent): boolean => key === ' ' || key === 'Enter';

/** Makes a button act only when held, by pointer, Space or Enter. */
export function useHold({ holdMs, onHeld, onShort, onPlainClick }: HoldOptions) {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const pressed = useRef(false);

  const begin = () => {
    pressed.current = true;
    if (timer.current !== null) return;
    setHolding(true);
    timer.current = setTimeout(() => {
      timer.current = null;
      setHolding(false);
      onHeld();
    }, holdMs);
  };
  const letGo = () => {
    if (timer.current === null) return;
    clearTimeout(timer.current);
    timer.current = null;
    setHolding(false);
    onShort();
  };
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );

  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) begin();
    },
    onPointerUp: letGo,
    onPointerLeave: letGo,
    onPointerCancel: letGo,
    onKeyDown: (event: KeyboardEvent) => {
      if (!isPressKey(event)) return;
      event.preventDefault();
      if (!event.repeat) begin();
    },
    onKeyUp: (event: KeyboardEvent) => {
      if (isPressKey(event)) letGo();
      pressed.current = false;
    },
    onBlur: letGo,
    onClick: () => {
      if (!pressed.current) onPlainClick();
      pressed.current = false;
    },
  };
  return { holding, handlers };
}
