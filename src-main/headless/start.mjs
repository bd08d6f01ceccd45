/**
 * `npm run headless`: builds what is stale, then runs the headless studio in this very process, so that signals, exit
 * code and process number are its own. Plain JavaScript: it runs before anything is built.
 * @module
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

const root = resolve(import.meta.dirname, '../..');

try {
  await buildIfStale(root);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
await import(pathToFileURL(resolve(root, 'out/main/headless.js')).href);
