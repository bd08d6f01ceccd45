/**
 * Electron IPC as a line of the bridge. The only place that hears `ipcMain`.
 * @module
 */
import { ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron';
import { MAX_MESSAGE_BYTES } from '../../src-shared/bridge/contract.ts';
import type { BridgeLine } from '../bridge/serve-bridge.ts';
import { APP_ORIGIN } from './app-page.ts';
import { FROM_STUDIO, TAKEN, TO_STUDIO } from './channels.ts';

/** Whether a message comes from our page in this window's main frame, and not from a frame in it or another page. */
export function fromOurPage(event: IpcMainEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame;
  if (window.isDestroyed() || event.sender !== window.webContents || frame === null) return false;
  return frame === window.webContents.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}

/**
 * Gives every page that this window loads a line of its own: answers to the page before a reload must not reach the
 * page after it.
 */
export function serveWindow(window: BrowserWindow, serve: (line: BridgeLine) => void): void {
  const { webContents } = window;
  let line = new WindowLine(window);
  serve(line);

  const hear = (event: IpcMainEvent, text: unknown): void => {
    if (!fromOurPage(event, window)) return;
    if (typeof text === 'string' && text.length <= MAX_MESSAGE_BYTES) line.receive(text);
  };
  const taken = (event: IpcMainEvent, chars: unknown): void => {
    if (fromOurPage(event, window) && typeof chars === 'number') line.taken(chars);
  };
  ipcMain.on(TO_STUDIO, hear);
  ipcMain.on(TAKEN, taken);
  webContents.on('did-start-navigation', (details) => {
    if (!details.isMainFrame || details.isSameDocument) return;
    line.end();
    line = new WindowLine(window);
    serve(line);
  });
  webContents.on('render-process-gone', (_event, details) => {
    line.end();
    if (details.reason !== 'clean-exit') webContents.reload();
  });
  window.on('closed', () => {
    line.end();
    ipcMain.off(TO_STUDIO, hear);
    ipcMain.off(TAKEN, taken);
  });
}

/** One page's line. */
class WindowLine implements BridgeLine {
  readonly #window: BrowserWindow;
  #listener: (text: string) => void = () => undefined;
  #onClose: () => void = () => undefined;
  #backlogChars = 0;
  #ended = false;

  constructor(window: BrowserWindow) {
    this.#window = window;
  }

  readonly send = (text: string): void => {
    if (this.#ended || this.#window.isDestroyed()) return;
    this.#backlogChars += text.length;
    this.#window.webContents.send(FROM_STUDIO, text);
  };
  readonly onMessage = (listener: (text: string) => void): void => {
    this.#listener = listener;
  };
  readonly onClose = (listener: () => void): void => {
    this.#onClose = listener;
  };
  /** A page that does not read is loaded again, and asks for the snapshot. */
  readonly close = (): void => {
    this.end();
    if (!this.#window.isDestroyed()) this.#window.webContents.reload();
  };
  readonly backlogBytes = (): number => this.#backlogChars;

  receive(text: string): void {
    if (!this.#ended) this.#listener(text);
  }

  taken(chars: number): void {
    this.#backlogChars = Math.max(0, this.#backlogChars - Math.max(0, chars));
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onClose();
  }
}
