/**
 * Builds `out` when it is missing or older than the sources. Plain JavaScript: it runs before anything is built.
 * @module
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** What is built from; tests and words change nothing in it. */
const SOURCES = ['src-main', 'src-shared', 'src-renderer', 'electron.vite.config.ts', 'package.json'];
const NOT_BUILT = /(\.test\.[a-z]+|\.md|\.mjs)$/;
/** What must be there afterwards. */
const OUTPUTS = [
  'out/main/headless.js',
  'out/main/shell.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];

/**
 * Whether to build: something is missing, or a source is newer than the oldest output.
 *
 * @param {number} newestSourceMs
 * @param {readonly (number | undefined)[]} outputsMs undefined: not there
 * @returns {boolean}
 */
export function isStale(newestSourceMs, outputsMs) {
  return outputsMs.some((at) => at === undefined || at < newestSourceMs);
}

/**
 * Builds when needed. Everything the build says goes to stderr: stdout belongs to the ready line.
 *
 * @param {string} root
 * @returns {Promise<void>} Rejects with a message for people when the build fails and nothing older can be used.
 */
export async function buildIfStale(root) {
  const outputs = OUTPUTS.map((path) => join(root, path));
  if (!isStale(newest(SOURCES.map((path) => join(root, path))), outputs.map(modifiedAt))) return;
  const bin = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(bin)) {
    // A packaged or production checkout has no build tools; what is built there is used as it is.
    if (outputs.every((path) => existsSync(path))) return;
    throw new Error('Relaydeck is not built and the build tools are not installed. Run: npm install');
  }
  process.stderr.write('Building Relaydeck (only after changes) …\n');
  const startedAt = new Date();
  const code = await runNode([bin, 'build', '--logLevel', 'warn'], root);
  if (code !== 0) throw new Error('The build failed; its messages are above.');
  // A source saved while the build ran is newer than this, and is built next time.
  for (const path of outputs) utimesSync(path, startedAt, startedAt);
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<number>}
 */
function runNode(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.pipe(process.stderr, { end: false });
    child.stderr.pipe(process.stderr, { end: false });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM'];
    // Stopped while building: the build stops too, and nothing else begins.
    const stop = () => {
      child.kill();
      process.exit(0);
    };
    for (const signal of signals) process.once(signal, stop);
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of signals) process.removeListener(signal, stop);
      resolve(code ?? 1);
    });
  });
}

/**
 * @param {readonly string[]} paths
 * @returns {number} ms since 1970 of the newest file; 0 when there is none
 */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (!stats.isDirectory()) latest = Math.max(latest, stats.mtimeMs);
    else
      latest = Math.max(
        latest,
        newest(
          readdirSync(path)
            .filter((name) => !NOT_BUILT.test(name))
            .map((name) => join(path, name)),
        ),
      );
  }
  return latest;
}

/**
 * @param {string} path
 * @returns {number | undefined}
 */
function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
