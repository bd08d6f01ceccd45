/**
 * `npm test`: brings the programs that the tests speak to, runs every gate and every test, and closes with the
 * line `N passed, N failed, N skipped`.
 * @module
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'test-results');
const MINUTE = 60_000;

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Count */

/** @type {Count} */
const total = { passed: 0, failed: 0, skipped: [] };
/** @type {string[]} */
const failures = [];

/**
 * Runs a program to its end, its output shown; never longer than `limitMs`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ limitMs: number, env?: Record<string, string>, quiet?: boolean }} options
 * @returns {Promise<number>} Its exit code; 124 when it took too long.
 */
function run(command, args, { limitMs, env = {}, quiet = false }) {
  return new Promise((done) => {
    const windows = process.platform === 'win32';
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', quiet ? 'ignore' : 'inherit'],
      shell: windows,
      // A group of its own, so that what it started can be ended with it.
      detached: !windows,
    });
    let late = false;
    const end = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(windows ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      end();
    }, limitMs);
    const interrupted = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      done(late ? 124 : code);
    };
    child.once('error', () => finish(127));
    child.once('close', (code) => finish(code ?? 1));
  });
}

/**
 * One step with its headline and its time.
 * @param {string} name
 * @param {() => Promise<void>} act
 */
async function step(name, act) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  await act();
  console.log(`── ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/**
 * A step that is right or wrong as a whole: counted only when it is wrong.
 * @param {string} script Of package.json.
 * @returns {Promise<boolean>}
 */
async function gate(script) {
  const code = await run('npm', ['run', '--silent', script], { limitMs: 5 * MINUTE });
  if (code !== 0) fail(`npm run ${script} (exit ${code})`);
  return code === 0;
}

/**
 * @param {string} what
 * @param {string} [why] An error's message and stack: the end of the output is all that some people get to see.
 */
function fail(what, why) {
  total.failed++;
  failures.push(why === undefined ? what : `${what}\n${shortened(why)}`);
}

/**
 * An error without colours and without the stack inside the test runner.
 * @param {string} error
 */
function shortened(error) {
  const lines = stripVTControlCharacters(error)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at (.*node_modules|new Promise)/.test(line));
  return lines
    .slice(0, 16)
    .map((line) => `      ${line.replaceAll(ROOT, '.')}`)
    .join('\n');
}

/** @param {string} name */
function onPath(name) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)));
}

const modules = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/share/nginx/modules'];
/** What the tests need, how to tell that it is there, and what brings it on Debian and Ubuntu. */
const wanted = [
  { name: 'FFmpeg', there: () => onPath('ffmpeg') && onPath('ffprobe'), packages: ['ffmpeg'] },
  {
    name: 'nginx with its RTMP module',
    there: () => onPath('nginx') && modules.some((folder) => existsSync(join(folder, 'ngx_rtmp_module.so'))),
    packages: ['nginx', 'libnginx-mod-rtmp'],
  },
  {
    name: 'Chromium',
    there: () => ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].some(onPath),
    packages: ['chromium'],
  },
  { name: 'OpenSSL', there: () => onPath('openssl'), packages: ['openssl'] },
  { name: 'rtmpdump', there: () => onPath('rtmpdump'), packages: ['rtmpdump'] },
  {
    name: 'GStreamer',
    there: () => onPath('gst-launch-1.0'),
    packages: ['tools', 'plugins-base', 'plugins-good', 'plugins-bad', 'plugins-ugly', 'libav'].map(
      (part) => `gstreamer1.0-${part}`,
    ),
  },
];

/** Brings what is missing from the system's own package sources, where that can be done without a question. */
async function bringTools() {
  const missing = wanted.filter((one) => !one.there());
  if (missing.length === 0) {
    console.log(`there: ${wanted.map((one) => one.name).join(', ')}`);
    return;
  }
  const root = process.getuid?.() === 0;
  const sudo =
    !root && onPath('sudo') && (await run('sudo', ['-n', 'true'], { limitMs: 10_000, quiet: true })) === 0;
  if (onPath('apt-get') && (root || sudo)) {
    // RUNLEVEL=1: nginx is wanted as a program, not as a service of this computer.
    const words = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', '-qq'];
    const apt = (/** @type {string[]} */ ...args) => {
      const [command = 'env', ...rest] = [...(sudo ? ['sudo', '-n'] : []), ...words, ...args];
      return run(command, rest, { limitMs: 5 * MINUTE, quiet: true });
    };
    console.log(`bringing ${missing.map((one) => one.name).join(', ')} with apt-get`);
    await apt('update');
    for (const one of missing) await apt('install', '-y', '--no-install-recommends', ...one.packages);
  }
  for (const one of missing.filter((each) => !each.there())) {
    console.log(
      `could not bring ${one.name}; the tests that need it are skipped. Install: ${one.packages.join(' ')}`,
    );
  }
}

/**
 * Runs one project of vitest and adds its counts.
 * @param {'unit' | 'integration' | 'loaded' | 'fuzz'} project
 * @param {number} limitMs
 */
async function vitest(project, limitMs) {
  const file = join(RESULTS, `${project}.json`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(process.execPath, [...args, ...reporters], { limitMs });
  const before = total.failed;
  const report = read(file);
  for (const one of report?.testResults ?? []) {
    let failedHere = 0;
    for (const test of one.assertionResults) {
      if (test.status === 'passed') total.passed++;
      else if (test.status === 'failed') {
        failedHere++;
        fail(test.fullName, test.failureMessages?.[0]);
      } else total.skipped.push(test.fullName);
    }
    if (one.status === 'failed' && failedHere === 0)
      fail(`${one.name}: ${one.message ?? 'could not be run'}`);
  }
  if (code !== 0 && total.failed === before) fail(`${project} tests (exit ${code})`);
}

async function playwright() {
  const file = join(RESULTS, 'playwright.json');
  const args = [
    process.execPath,
    'node_modules/@playwright/test/cli.js',
    'test',
    '-c',
    'e2e/playwright.config.ts',
  ];
  // A desktop window needs a display; a virtual one will do.
  const runtime = existsSync(join(ROOT, 'node_modules/electron/path.txt'));
  const shown = process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  const [command = process.execPath, ...rest] =
    process.platform === 'linux' && runtime && !shown && onPath('xvfb-run')
      ? ['xvfb-run', '-a', ...args]
      : args;
  const code = await run(command, rest, { limitMs: 14 * MINUTE });
  const before = total.failed;
  const report = read(file);
  for (const error of report?.errors ?? []) fail(`Playwright: ${error.message ?? 'could not run'}`);
  for (const suite of report?.suites ?? []) addSuite(suite);
  if (code !== 0 && total.failed === before) fail(`Playwright (exit ${code})`);
}

/** @param {any} suite Of Playwright's JSON report. */
function addSuite(suite) {
  for (const inner of suite.suites ?? []) addSuite(inner);
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      if (test.status === 'expected') total.passed++;
      else if (test.status === 'skipped') {
        const why = test.annotations.find((/** @type {any} */ one) => one.type === 'skip')?.description;
        total.skipped.push(why === undefined ? spec.title : `${spec.title} (skipped: ${why})`);
      } else {
        const [error] = test.results.flatMap((/** @type {any} */ one) => one.errors ?? []);
        fail(`${spec.file}: ${spec.title}`, error?.message);
      }
    }
  }
}

/**
 * @param {string} file
 * @returns {any} Undefined when there is no such report, as after a crash.
 */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const started = performance.now();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

await step('tools', bringTools);
for (const script of ['types', 'lint', 'format:check'])
  await step(script, async () => void (await gate(script)));
await step('unit tests', () => vitest('unit', 4 * MINUTE));
let built = false;
await step('build', async () => {
  built = await gate('build');
});
if (built) {
  await step('integration with real peers', () => vitest('integration', 10 * MINUTE));
  await step('under load, against hostile and faulty peers', () => vitest('loaded', 8 * MINUTE));
  await step('the window in a browser, the desktop shell', playwright);
} else {
  console.log('\nwithout a build, integration and window tests were not run');
}

// FUZZ_SECONDS is the time for each reader; left out, a few seconds.
await step('fuzzing every wire reader', () => vitest('fuzz', 20 * MINUTE));

if (total.skipped.length > 0)
  console.log(`\nskipped:\n${total.skipped.map((name) => `  - ${name}`).join('\n')}`);
if (failures.length > 0) console.log(`\nfailed:\n${failures.map((name) => `  - ${name}`).join('\n')}`);
console.log(`\nall of it: ${((performance.now() - started) / 1000).toFixed(0)} s`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
