/**
 * Entry of the headless studio.
 * @module
 */
import { resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { runHeadless } from './run-headless.ts';

// Two levels up, from `out/main` as well as from here.
await runHeadless({
  args: process.argv.slice(2),
  appRoot: resolve(import.meta.dirname, '../..'),
  version: packageJson.version,
});
