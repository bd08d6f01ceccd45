/**
 * `npm run bench`: builds what is stale and the benchmark, then runs it in a network of its own, whose loopback has
 * segments as Ethernet has them. Plain JavaScript: it runs before anything is built.
 * @module
 */
import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { build } from 'vite';
import { buildIfStale } from '../src-main/headless/build-if-stale.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const MAIN = resolve(ROOT, 'out/bench/main.js');
const LOOPBACK = 'ip link set lo up mtu 1500';

await buildIfStale(ROOT);
await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });

/** As root, or as somebody who may be root of a namespace of his own. */
const ways = [
  ['unshare', '--net'],
  ['unshare', '--map-root-user', '--net'],
];
const way = ways.find(([command = '', ...args]) => {
  const tried = spawnSync(command, [...args, 'sh', '-c', LOOPBACK], { stdio: 'ignore' });
  return tried.status === 0;
});
const own = [process.execPath, '--expose-gc', MAIN, ...process.argv.slice(2)];
const [command = '', ...args] =
  way === undefined ? own : [...way, 'sh', '-c', `${LOOPBACK} && exec "$@"`, 'sh', ...own];
if (way === undefined) {
  console.log('No network of its own can be had here (unshare --net): measured on plain loopback, whose');
  console.log('64 KiB segments flatter servers that write in small pieces.');
}
const network = way === undefined ? 'plain loopback' : 'own network, MTU 1500';
const child = spawn(command, args, {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, RELAYDECK_BENCH_NETWORK: network },
});
/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM'];
// It ends what it has started, and then itself.
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
