/**
 * The icon beside the clock, and the application's menu.
 * @module
 */
import { Menu, nativeImage, Tray } from 'electron';

/** Size of the icon beside the clock, px. */
const TRAY_ICON_PX = 18;

/** Keep the result: a tray that is collected disappears. Undefined where the desktop has no such place. */
export function addTray(icon: string, actions: { show: () => void; quit: () => void }): Tray | undefined {
  try {
    const tray = new Tray(
      nativeImage.createFromPath(icon).resize({ width: TRAY_ICON_PX, height: TRAY_ICON_PX }),
    );
    tray.setToolTip('Relaydeck');
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Show Relaydeck', click: actions.show },
        { type: 'separator' },
        { label: 'Quit Relaydeck', click: actions.quit },
      ]),
    );
    tray.on('click', actions.show);
    return tray;
  } catch {
    return undefined;
  }
}

/** Editing keys work only where a menu names them; there is nothing else in it. */
export function addMenu(): void {
  const mac = process.platform === 'darwin';
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [{ role: 'appMenu' as const }] : [{ role: 'fileMenu' as const }]),
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'reload' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}
