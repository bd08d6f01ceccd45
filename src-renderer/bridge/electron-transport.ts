/**
 * The contract's line through the preload script: the window on the desktop.
 * @module
 */
import type { BridgeTransport } from '../../src-shared/bridge/transport.ts';

/** What the preload exposes as `window.relaydeck`. */
export type PreloadBridge = {
  readonly send: (text: string) => void;
  readonly onMessage: (listener: (text: string) => void) => void;
  readonly platform: string;
};

/** A page that may have been given a preload's bridge. */
export type MaybePreloaded = Window & { readonly relaydeck?: PreloadBridge };

/** The line lives as long as the window: main and window are one program, so it is never lost. */
export function openPreload(bridge: PreloadBridge): BridgeTransport {
  return {
    send: (text) => {
      bridge.send(text);
    },
    onMessage: (listener) => {
      bridge.onMessage(listener);
    },
    onClose: () => undefined,
    close: () => undefined,
  };
}

/** Whether this page is the desktop program's own window. */
export function isInDesktopProgram(page: MaybePreloaded): boolean {
  return page.relaydeck !== undefined;
}
