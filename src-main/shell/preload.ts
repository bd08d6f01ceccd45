/**
 * What the window's page gets from Electron: a line for text messages, and nothing else.
 * @module
 */
import { contextBridge, ipcRenderer } from 'electron';
import { FROM_STUDIO, TAKEN, TO_STUDIO } from './channels.ts';

let listener: (text: string) => void = () => undefined;

// One receiver for the life of the page: main hears of what was taken also before the page listens.
ipcRenderer.on(FROM_STUDIO, (_event, text: string) => {
  listener(text);
  ipcRenderer.send(TAKEN, text.length);
});

contextBridge.exposeInMainWorld('relaydeck', {
  send: (text: string) => {
    ipcRenderer.send(TO_STUDIO, text);
  },
  onMessage: (newListener: (text: string) => void) => {
    listener = newListener;
  },
  platform: process.platform,
});
