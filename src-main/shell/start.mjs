/**
 * `npm start`: builds what is stale, then opens the desktop window, or says in one line why not and starts the headless
 * studio. Plain JavaScript: it runs before anything is built.
 * @module
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from '../headless/build-if-stale.mjs';
import { electronArgs, headlessNotice, planAfterFetch, startPlan, whyFetchFailed } from './start-plan.mjs';

/** Longest wait for the download, ms: some 120 MB; who has a slower line gets the browser's window this time. */
const FETCH_TIMEOUT_MS = 60_000;

const root = resolve(import.meta.dirname, '../..');
const electronDir = join(root, 'node_modules', 'electron');
const flags = process.argv.slice(2);

try {
  await buildIfStale(root);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

let plan = startPlan({ platform: process.platform, env: process.env, runtimeThere: runtime() !== undefined });
if (plan.type === 'fetch') plan = planAfterFetch(await fetchRuntime());
const program = runtime();
if (plan.type === 'desktop' && program === undefined)
  plan = { type: 'headless', why: 'The desktop runtime is not here' };

if (plan.type === 'headless') {
  process.stderr.write(`${headlessNotice(plan.why)}\n`);
  await import(pathToFileURL(join(root, 'out/main/headless.js')).href);
} else if (program !== undefined) {
  runDesktop(program);
}

/**
 * The Electron program, found the way `node_modules/electron/index.js` does, which would fetch it by itself.
 *
 * @returns {string | undefined}
 */
function runtime() {
  const pathFile = join(electronDir, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const name = readFileSync(pathFile, 'utf8').trim();
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronDir, 'dist'), name);
  return existsSync(path) ? path : undefined;
}

/**
 * One try with Electron's own installer, which checks the download against its checksums.
 *
 * @returns {Promise<{ type: 'fetched' } | { type: 'failed', why: string }>}
 */
function fetchRuntime() {
  const script = join(electronDir, 'install.js');
  if (!existsSync(script))
    return Promise.resolve({ type: 'failed', why: 'the electron package is not installed' });
  process.stderr.write('Fetching the desktop runtime (Electron), once …\n');
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    const timer = setTimeout(() => {
      child.kill();
      done({ type: 'failed', why: `it took longer than ${FETCH_TIMEOUT_MS / 1000} seconds` });
    }, FETCH_TIMEOUT_MS);
    child.stderr.on('data', (bytes) => (said += String(bytes)));
    child.on('error', (error) => {
      clearTimeout(timer);
      done({ type: 'failed', why: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      done(code === 0 ? { type: 'fetched' } : { type: 'failed', why: whyFetchFailed(said) });
    });
  });
}

/**
 * @param {string} path
 */
function runDesktop(path) {
  const script = join(root, 'out/main/shell.js');
  const args = electronArgs({ script, flags, platform: process.platform, uid: process.getuid?.() });
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env };
  // Set by editors that are Electron themselves; it would make ours a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const child = spawn(path, args, { stdio: 'inherit', env });
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`The desktop window could not be opened: ${error.message}. Try: npm run headless\n`);
    process.exit(1);
  });
  child.on('close', (code) => process.exit(code ?? 1));
}
