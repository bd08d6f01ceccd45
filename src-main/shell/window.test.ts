import { beforeEach, expect, test, vi } from 'vitest';
import type { IpcMainEvent } from 'electron';
import { MAX_MESSAGE_BYTES } from '../../src-shared/bridge/contract.ts';
import type { BridgeLine } from '../bridge/serve-bridge.ts';
import { FROM_STUDIO, TAKEN, TO_STUDIO } from './channels.ts';
import { serveWindow } from './ipc.ts';
import { openWindow } from './window.ts';

const electron = await vi.hoisted(async () => (await import('./testing/fake-electron.ts')).fakeElectron());
vi.mock('electron', () => electron);

beforeEach(() => {
  electron.reset();
});

const open = () => {
  const window = openWindow({
    preload: '/preload.cjs',
    icon: '/icon.png',
    knownHosts: new Set(['twitch.tv']),
  });
  const fake = electron.windows.at(-1);
  if (fake === undefined) throw new Error('no window');
  return { window, fake };
};

test('the page is sandboxed and has no way to Node', () => {
  const { fake } = open();
  expect(fake.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    preload: '/preload.cjs',
  });
  expect(fake.loaded).toEqual(['app://relaydeck/index.html']);
});

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
  '%s is denied',
  (name) => {
    const { fake } = open();
    const preventDefault = vi.fn();
    fake.webContents.emit(name, { preventDefault, url: 'https://evil.example' });
    expect(preventDefault).toHaveBeenCalledOnce();
  },
);

test('new windows are denied; known sites open in the person’s browser', () => {
  const { fake } = open();
  expect(fake.openHandler({ url: 'https://twitch.tv/x' })).toEqual({ action: 'deny' });
  expect(fake.openHandler({ url: 'https://evil.example' })).toEqual({ action: 'deny' });
  expect(fake.openHandler({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
  expect(electron.opened).toEqual(['https://twitch.tv/x']);
});

test.each([
  ['fullscreen', 'app://relaydeck/index.html', true],
  ['clipboard-sanitized-write', 'app://relaydeck/', true],
  ['media', 'app://relaydeck/', false],
  ['geolocation', 'app://relaydeck/', false],
  ['fullscreen', 'https://evil.example/', false],
])('permission %s for %s: %s', (permission, url, granted) => {
  const { fake } = open();
  const answers: boolean[] = [];
  fake.permissionRequest({ getURL: () => url }, permission, (answer) => answers.push(answer));
  expect([
    answers,
    fake.permissionCheck(null, permission, new URL(url).href.replace(/index.html$/, '')),
  ]).toEqual([[granted], granted]);
});

function serve() {
  const { window, fake } = open();
  const lines: BridgeLine[] = [];
  const heard: string[] = [];
  const closed: number[] = [];
  serveWindow(window, (line) => {
    const number = lines.push(line);
    line.onMessage((text) => heard.push(`${number} ${text}`));
    line.onClose(() => closed.push(number));
  });
  const from = (change: object = {}): IpcMainEvent =>
    ({
      sender: fake.webContents,
      senderFrame: fake.webContents.mainFrame,
      ...change,
    }) as unknown as IpcMainEvent;
  return { window, fake, lines, heard, closed, from };
}

test('messages of our page reach the studio, and answers the page', () => {
  const { heard, lines, fake, from } = serve();
  electron.ipcMain.emit(TO_STUDIO, from(), 'hello');
  lines[0]?.send('answer');
  expect(heard).toEqual(['1 hello']);
  expect(fake.sent).toEqual([[FROM_STUDIO, 'answer']]);
});

test('foreign senders are not heard', () => {
  const { heard, from } = serve();
  const foreign = { url: 'https://evil.example/' };
  const cases = [
    from({ sender: {} }),
    from({ senderFrame: null }),
    from({ senderFrame: { url: 'app://relaydeck/frame.html' } }),
    from({ senderFrame: foreign }),
  ];
  for (const event of cases) electron.ipcMain.emit(TO_STUDIO, event, 'hello');
  electron.ipcMain.emit(TO_STUDIO, from(), { not: 'text' });
  electron.ipcMain.emit(TO_STUDIO, from(), 'x'.repeat(MAX_MESSAGE_BYTES + 1));
  expect(heard).toEqual([]);
});

test('our frame on a foreign page is not heard', () => {
  const { heard, from, fake } = serve();
  fake.webContents.mainFrame.url = 'https://evil.example/';
  electron.ipcMain.emit(TO_STUDIO, from(), 'hello');
  expect(heard).toEqual([]);
});

test('what the page has not taken is the backlog', () => {
  const { lines, from } = serve();
  lines[0]?.send('12345');
  expect(lines[0]?.backlogBytes()).toBe(5);
  electron.ipcMain.emit(TAKEN, from({ sender: {} }), 5);
  expect(lines[0]?.backlogBytes()).toBe(5);
  electron.ipcMain.emit(TAKEN, from(), 5);
  expect(lines[0]?.backlogBytes()).toBe(0);
});

test('a page loaded again gets a line of its own; a closed window ends its line', () => {
  const { lines, heard, closed, fake, from, window } = serve();
  fake.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
  fake.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  lines[0]?.send('late');
  electron.ipcMain.emit(TO_STUDIO, from(), 'hello');
  expect([closed, heard, fake.sent]).toEqual([[1], ['2 hello'], []]);
  (window as unknown as { emit: (name: string) => void }).emit('closed');
  electron.ipcMain.emit(TO_STUDIO, from(), 'after');
  expect([closed, heard]).toEqual([[1, 2], ['2 hello']]);
});

test('a line cut for being too far behind loads the page again', () => {
  const { lines, fake } = serve();
  lines[0]?.close();
  expect(fake.reloads).toBe(1);
});
