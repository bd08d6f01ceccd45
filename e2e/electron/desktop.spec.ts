import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, expect, test, type ElectronApplication } from '@playwright/test';
import { Stage } from '../harness/stage.ts';
import { ROOT, whyNoElectron } from '../harness/tools.ts';

const why = whyNoElectron();
test.skip(why !== undefined, why);

const MAIN = join(ROOT, 'out/main/shell.js');

/** Starts the built desktop program on free ports, lets `act` use it, and ends it. */
async function inTheShell(name: string, act: (app: ElectronApplication) => Promise<void>): Promise<void> {
  expect(existsSync(MAIN), `${MAIN} is built`).toBe(true);
  const stage = new Stage(name);
  // As root, in containers, the sandbox of Chromium cannot be set up; everywhere else it is what is tested.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = ['--data-dir', stage.folder('data'), '--rtmp-port', '0', '--http-port', '0'];
  const app = await _electron.launch({ args: [...root, MAIN, ...flags], cwd: ROOT });
  try {
    await act(app);
  } finally {
    await app.close();
    await stage.close({ failed: test.info().errors.length > 0 });
  }
}

test('the desktop window opens, sandboxed, with no Node in the page', async () => {
  await inTheShell('desktop-opens', async (app) => {
    const page = await app.firstWindow();
    await expect(page.getByTestId('show-state')).toBeVisible();
    expect(await page.evaluate('[typeof process, typeof require, typeof Buffer]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as
        { getLastWebPreferences: () => Record<string, unknown> } | undefined;
      return contents?.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });
});

test('the desktop window goes nowhere else and opens no other', async () => {
  await inTheShell('desktop-stays', async (app) => {
    const page = await app.firstWindow();
    await expect(page.getByTestId('show-state')).toBeVisible();
    const before = page.url();
    await page.evaluate("location.href = 'https://example.com/'").catch(() => undefined);
    expect(await page.evaluate("window.open('https://example.com/')")).toBeNull();
    await page.waitForTimeout(1_000);
    expect(page.url()).toBe(before);
    expect(app.windows()).toHaveLength(1);
  });
});

test('the desktop window steers the studio over IPC: the test signal starts', async () => {
  await inTheShell('desktop-steers', async (app) => {
    const page = await app.firstWindow();
    await page.getByTestId('start-test-signal').first().click();
    await expect(page.getByTestId('ingest-main')).toHaveAttribute('data-state', 'live');
  });
});
