/**
 * The desktop program: one instance, the studio, its window, an orderly end.
 * @module
 */
import { join } from 'node:path';
import { app, dialog, protocol, type BrowserWindow, type Tray } from 'electron';
import { serveBridge } from '../bridge/serve-bridge.ts';
import { withToken } from '../bridge/http-server.ts';
import { appFiles } from '../headless/app-files.ts';
import { HELP, parseFlags, type Flags } from '../headless/flags.ts';
import { quietBrokenPipes } from '../headless/quiet-broken-pipes.ts';
import { readyLine } from '../headless/ready-line.ts';
import { StartError } from '../headless/start-error.ts';
import { startStudio, type RunningStudio } from '../headless/start-studio.ts';
import { StopOnce } from '../headless/stop-once.ts';
import type { Log } from '../platform/log.ts';
import { nodeClock } from '../platform/node-clock.ts';
import { nodeLog } from '../platform/node-log.ts';
import { printable } from '../platform/printable.ts';
import { APP_ORIGIN, APP_SCHEME, appPage } from './app-page.ts';
import { mayQuit } from './confirm-quit.ts';
import { serveWindow } from './ipc.ts';
import { hostsIn } from './links.ts';
import { desktopSeal } from './safe-storage-seal.ts';
import { shellArgs } from './shell-args.ts';
import { stayAwake } from './stay-awake.ts';
import { tellNotices } from './tell-notices.ts';
import { addMenu, addTray } from './tray.ts';
import { openWindow } from './window.ts';
import { within } from './within.ts';

const EXIT_SETTING = 2;
const EXIT_OTHER = 1;
/** Time for goodbyes after a mistake that was not caught, ms: what made it may hold up the stop as well. */
const FAILED_STOP_MS = 2_000;

type ShellOptions = { readonly argv: readonly string[]; readonly appRoot: string; readonly version: string };

/** Runs the desktop program. Must be called before Electron is ready: the page's scheme is registered here. */
export function runShell(options: ShellOptions): void {
  quietBrokenPipes();
  const asked = parseFlags(shellArgs(options.argv));
  if (asked.type !== 'run') {
    if (asked.type === 'bad') process.stderr.write(`${asked.message}\n`);
    else process.stdout.write(asked.type === 'help' ? HELP : `${options.version}\n`);
    app.exit(asked.type === 'bad' ? EXIT_SETTING : 0);
    return;
  }
  const { flags } = asked;
  // The instance lock lies in this folder: two studios with folders of their own may run side by side.
  if (flags.dataDir !== undefined) app.setPath('userData', join(flags.dataDir, 'window'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  void new Shell(flags, options).run();
}

class Shell {
  readonly #flags: Flags;
  readonly #options: ShellOptions;
  readonly #log: Log;
  readonly #stopping = new StopOnce((code) => {
    // Windows shows the icon of a program that is gone until the mouse passes over it.
    this.#tray?.destroy();
    app.exit(this.#failedWith ?? code);
  });
  #running: RunningStudio | undefined;
  /** Exit code after a failure; it wins over that of a stop asked for meanwhile. */
  #failedWith: number | undefined;
  #letSleep: () => void = () => undefined;
  #hush: () => void = () => undefined;
  #window: BrowserWindow | undefined;
  /** Held: a tray that nothing points to disappears. */
  #tray: Tray | undefined;
  #knownHosts: ReadonlySet<string> = new Set();

  constructor(flags: Flags, options: ShellOptions) {
    this.#flags = flags;
    this.#options = options;
    this.#log = nodeLog(flags.logLevel);
  }

  async run(): Promise<void> {
    app.on('second-instance', () => {
      this.#show();
    });
    // Quits of every kind are held back until the targets have been told goodbye.
    app.on('before-quit', (event) => {
      event.preventDefault();
      void this.#quit();
    });
    // A listener keeps Electron from quitting by itself, past the goodbyes.
    app.on('window-all-closed', () => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => void this.#stopping.ask());
    }
    process.on('uncaughtException', (error) => {
      this.#fail(error);
    });
    try {
      await app.whenReady();
      this.#running = await this.#start();
      this.#stopping.ready(this.#running.stop);
      this.#letSleep = stayAwake(this.#running.studio);
      await this.#open(this.#running);
    } catch (error) {
      this.#fail(error);
    }
  }

  #start(): Promise<RunningStudio> {
    const { seal, notices } = desktopSeal();
    return startStudio({
      flags: this.#flags,
      dataDir: this.#flags.dataDir ?? join(app.getPath('userData'), 'studio'),
      seal,
      notices,
      log: this.#log,
      version: this.#options.version,
      extraOrigins: [APP_ORIGIN],
      anyHttpPort: true,
      ...appFiles(this.#options.appRoot),
    });
  }

  async #open({ studio, ready }: RunningStudio): Promise<void> {
    const { windowDir, icon } = appFiles(this.#options.appRoot);
    protocol.handle(APP_SCHEME, appPage({ windowDir, connectTo: [ready.httpUrl] }));
    const platforms = await studio.carryOut('platforms.list', {});
    this.#knownHosts = hostsIn(platforms.flatMap(({ keyUrl, keyHint, notes }) => [keyUrl, keyHint, notes]));
    const show = (): void => {
      this.#show();
    };
    addMenu();
    this.#tray = addTray(icon, {
      show,
      quit: () => {
        app.quit();
      },
    });
    app.on('activate', show);
    this.#hush = tellNotices(studio, show);
    show();
    if (this.#flags.json) process.stdout.write(`${readyLine(ready)}\n`);
  }

  /** Brings the window to the front, or opens it. */
  #show(): void {
    const running = this.#running;
    if (running === undefined || this.#ends) return;
    if (this.#window !== undefined && !this.#window.isDestroyed()) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return;
    }
    const { preload, icon } = appFiles(this.#options.appRoot);
    const ownUrl = running.ready.httpUrl;
    const window = openWindow({ preload, icon, knownHosts: this.#knownHosts, ownUrl });
    this.#window = window;
    serveWindow(window, (line) => {
      serveBridge(line, {
        studio: running.studio,
        log: this.#log,
        previewUrl: (path) => running.ready.httpUrl + withToken(path, running.token),
      });
    });
    window.on('close', (event) => {
      if (this.#ends) return;
      event.preventDefault();
      // On macOS a closed window leaves its program running; the dock and the menu bar lead back.
      if (process.platform === 'darwin') window.hide();
      else void this.#quit();
    });
  }

  get #ends(): boolean {
    return this.#stopping.asked || this.#failedWith !== undefined;
  }

  async #quit(): Promise<void> {
    if (!this.#ends && this.#running !== undefined) {
      const state = await this.#running.studio.carryOut('state.get', {});
      if (!(await mayQuit(state))) return;
    }
    await this.#stopping.ask();
  }

  #fail(error: unknown): void {
    const known = error instanceof StartError;
    const words = known
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
    process.stderr.write(`Relaydeck could not go on. ${words.split('\n').map(printable).join('\n')}\n`);
    // One box only: mistakes while the studio stops are on stderr.
    if (this.#failedWith !== undefined) return;
    this.#failedWith = known ? EXIT_SETTING : EXIT_OTHER;
    void this.#endFailed(words, this.#failedWith);
  }

  /** The box holds up everything until it is answered: connections are closed first, or encoders and viewers hang. */
  async #endFailed(words: string, code: number): Promise<void> {
    if (this.#running !== undefined) await within(this.#running.stop(), FAILED_STOP_MS, nodeClock);
    this.#letSleep();
    this.#hush();
    dialog.showErrorBox('Relaydeck could not go on', words);
    app.exit(code);
  }
}
