/**
 * What the shell uses of Electron, without Electron.
 * @module
 */
import { EventEmitter } from 'node:events';

type Options = { readonly webPreferences?: Readonly<Record<string, unknown>> };
type PermissionAnswer = (granted: boolean) => void;

/** One notification that records whether it was shown. */
export class FakeNotification extends EventEmitter {
  static readonly all: FakeNotification[] = [];
  static readonly isSupported = (): boolean => true;
  readonly options: Readonly<Record<string, unknown>>;

  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
  }

  show(): void {
    FakeNotification.all.push(this);
  }
}

/** One window that records what is done to it. */
export class FakeWindow extends EventEmitter {
  readonly options: Options;
  readonly loaded: string[] = [];
  readonly sent: [channel: string, text: string][] = [];
  reloads = 0;
  shown = 0;
  focused = 0;
  minimized = false;
  openHandler: (details: { url: string }) => unknown = () => undefined;
  permissionRequest: (
    contents: { getURL: () => string },
    permission: string,
    answer: PermissionAnswer,
  ) => void = () => undefined;
  permissionCheck: (contents: null, permission: string, origin: string) => boolean = () => true;
  readonly webContents = Object.assign(new EventEmitter(), {
    mainFrame: { url: 'app://relaydeck/index.html' },
    session: {
      setPermissionRequestHandler: (handler: FakeWindow['permissionRequest']) =>
        (this.permissionRequest = handler),
      setPermissionCheckHandler: (handler: FakeWindow['permissionCheck']) => (this.permissionCheck = handler),
      setDevicePermissionHandler: () => undefined,
    },
    setWindowOpenHandler: (handler: FakeWindow['openHandler']) => (this.openHandler = handler),
    send: (channel: string, text: string) => this.sent.push([channel, text]),
    reload: () => (this.reloads += 1),
  });

  constructor(options: Options) {
    super();
    this.options = options;
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  isDestroyed(): boolean {
    return false;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  show(): void {
    this.shown += 1;
  }
  hide(): void {
    this.shown -= 1;
  }
  focus(): void {
    this.focused += 1;
  }
}

/** The module, with what it was asked to do. */
export function fakeElectron() {
  const windows: FakeWindow[] = [];
  const opened: string[] = [];
  const exits: number[] = [];
  const blockers: string[] = [];
  const state = {
    firstInstance: true,
    quits: 0,
    answer: 0,
    /** Blockers of sleep that were started and not stopped. */
    blocked: 0,
    errors: [] as string[],
    schemes: [] as string[],
  };
  const app = Object.assign(new EventEmitter(), {
    exit: (code: number) => exits.push(code),
    quit: () => {
      state.quits += 1;
      app.emit('before-quit', { preventDefault: () => undefined });
    },
    requestSingleInstanceLock: () => state.firstInstance,
    enableSandbox: () => undefined,
    setPath: () => undefined,
    getPath: () => '/user-data',
    whenReady: () => Promise.resolve(),
    isPackaged: false,
  });
  const ipcMain = new EventEmitter();
  class RecordedWindow extends FakeWindow {
    constructor(options: Options) {
      super(options);
      windows.push(this);
    }
  }
  class FakeTray extends EventEmitter {
    setToolTip(): void {}
    setContextMenu(): void {}
    destroy(): void {}
  }
  return {
    windows,
    opened,
    exits,
    blockers,
    state,
    app,
    ipcMain,
    BrowserWindow: RecordedWindow,
    Tray: FakeTray,
    Menu: { buildFromTemplate: () => ({}), setApplicationMenu: () => undefined },
    nativeImage: { createFromPath: () => ({ resize: () => ({}) }) },
    shell: { openExternal: (url: string) => Promise.resolve(void opened.push(url)) },
    protocol: {
      registerSchemesAsPrivileged: (schemes: { scheme: string }[]) =>
        state.schemes.push(...schemes.map((s) => s.scheme)),
      handle: (scheme: string) => state.schemes.push(`handled ${scheme}`),
    },
    safeStorage: {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => 'gnome_libsecret',
      encryptString: (text: string) => Buffer.from(text),
      decryptString: (bytes: Buffer) => bytes.toString(),
    },
    notifications: FakeNotification.all,
    Notification: FakeNotification,
    powerSaveBlocker: {
      start: (type: string) => {
        state.blocked += 1;
        return blockers.push(type);
      },
      stop: (_id: number) => {
        state.blocked -= 1;
      },
    },
    dialog: {
      showErrorBox: (_title: string, text: string) => state.errors.push(text),
      showMessageBox: () => Promise.resolve({ response: state.answer }),
    },
    reset: () => {
      for (const list of [windows, opened, exits, blockers, state.errors, state.schemes]) list.length = 0;
      FakeNotification.all.length = 0;
      Object.assign(state, { firstInstance: true, quits: 0, answer: 0, blocked: 0 });
      app.removeAllListeners();
      ipcMain.removeAllListeners();
    },
  };
}
