/**
 * Where the program's own files are, below its root.
 * @module
 */
import { join } from 'node:path';

/** @param appRoot The folder that holds `out` and `assets`. */
export function appFiles(appRoot: string): {
  windowDir: string;
  testSignalFile: string;
  slateFile: string;
  historyWorkerFile: string;
  preload: string;
  icon: string;
} {
  return {
    windowDir: join(appRoot, 'out', 'renderer'),
    testSignalFile: join(appRoot, 'assets', 'test-signal.flv'),
    slateFile: join(appRoot, 'assets', 'slate.png'),
    historyWorkerFile: join(appRoot, 'out', 'main', 'history-worker.js'),
    preload: join(appRoot, 'out', 'preload', 'preload.cjs'),
    icon: join(appRoot, 'assets', 'icon.png'),
  };
}
