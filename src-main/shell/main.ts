/**
 * Entry of the desktop program.
 * @module
 */
import { resolve } from 'node:path';
import { app } from 'electron';
import packageJson from '../../package.json' with { type: 'json' };
import { runShell } from './run-shell.ts';

runShell({
  // An unpacked program gets its own script as the first argument.
  argv: process.argv.slice(app.isPackaged ? 1 : 2),
  // Two levels up, from `out/main` as well as from here.
  appRoot: resolve(import.meta.dirname, '../..'),
  version: packageJson.version,
});
