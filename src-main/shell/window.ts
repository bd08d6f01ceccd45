/**
 * The desktop window: sandboxed, and shut in on its own page.
 * @module
 */
import { BrowserWindow, shell, type BrowserWindowConstructorOptions, type Session } from 'electron';
import { APP_ORIGIN, APP_PAGE } from './app-page.ts';
import { mayOpenOutside } from './links.ts';

/**
 * What the page may ask Chromium for. The networks are this computer's own previews: Chromium asks before a page
 * reaches them.
 */
const PERMISSIONS: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'fullscreen',
  'local-network',
  'local-network-access',
  'loopback-network',
]);

/** Every gate of Electron's security list shut, also those that are shut by default. */
export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies BrowserWindowConstructorOptions['webPreferences'];

/** Opens the window; it shows itself once there is something to see. */
export function openWindow(options: {
  preload: string;
  icon: string;
  knownHosts: ReadonlySet<string>;
  /** Where this studio serves its reports. */
  ownUrl?: string;
}): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 720,
    minHeight: 520,
    title: 'Relaydeck',
    icon: options.icon,
    backgroundColor: '#10141b',
    show: false,
    webPreferences: { ...WEB_PREFERENCES, preload: options.preload },
  });
  shutIn(window, options.knownHosts, options.ownUrl);
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(APP_PAGE);
  return window;
}

function shutIn(window: BrowserWindow, knownHosts: ReadonlySet<string>, ownUrl?: string): void {
  const { webContents } = window;
  const stay = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
  };
  webContents.on('will-navigate', stay);
  webContents.on('will-redirect', stay);
  webContents.on('will-frame-navigate', stay);
  webContents.on('will-attach-webview', stay);
  webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url, knownHosts, ownUrl)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  limitPermissions(webContents.session);
}

function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((webContents, permission, answer) => {
    answer(PERMISSIONS.has(permission) && webContents.getURL().startsWith(`${APP_ORIGIN}/`));
  });
  session.setPermissionCheckHandler(
    (_webContents, permission, origin) => PERMISSIONS.has(permission) && sameOrigin(origin),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Chromium writes origins with and without the slash at the end. */
const sameOrigin = (origin: string): boolean => origin === APP_ORIGIN || origin === `${APP_ORIGIN}/`;
