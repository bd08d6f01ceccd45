/**
 * The headless program from its arguments to its exit code.
 * @module
 */
import { nodeLog } from '../platform/node-log.ts';
import { plainSeal } from '../secrets/seal.ts';
import { appFiles } from './app-files.ts';
import { defaultDataDir } from './data-dir.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { HELP, parseFlags, type Flags } from './flags.ts';
import { quietBrokenPipes } from './quiet-broken-pipes.ts';
import { readyLine, readyText } from './ready-line.ts';
import { StartError } from './start-error.ts';
import { startStudio, type RunningStudio } from './start-studio.ts';
import { StopOnce } from './stop-once.ts';

/** A flag, a setting, a taken port: something the person who started it can change. */
const EXIT_SETTING = 2;
const EXIT_OTHER = 1;

/** Reads the flags, runs the studio, and ends the process when it is told to. */
export async function runHeadless(options: {
  args: readonly string[];
  appRoot: string;
  version: string;
}): Promise<void> {
  quietBrokenPipes();
  const asked = parseFlags(options.args);
  switch (asked.type) {
    case 'help':
      process.stdout.write(HELP);
      return;
    case 'version':
      process.stdout.write(`${options.version}\n`);
      return;
    case 'bad':
      process.stderr.write(`${asked.message}\n`);
      process.exit(EXIT_SETTING);
      break;
    case 'diagnose':
      await diagnose(asked.dataDir, options.version);
      return;
    case 'run':
      await run(asked.flags, options);
  }
}

/** The path alone goes to stdout, for scripts. */
async function diagnose(dataDir: string | undefined, version: string): Promise<void> {
  try {
    const { path, words } = await diagnoseCommand({ dataDir: dataDir ?? defaultDataDir(), version });
    if (words !== '') process.stderr.write(`${words}\n`);
    process.stdout.write(`${path}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof StartError ? EXIT_SETTING : EXIT_OTHER;
  }
}

async function run(flags: Flags, options: { appRoot: string; version: string }): Promise<void> {
  const log = nodeLog(flags.logLevel);
  const stopping = new StopOnce((code) => process.exit(code));
  process.on('uncaughtException', (error) => {
    log.write('error', 'Relaydeck ends: a mistake in it was not caught', {
      error: error.stack ?? String(error),
    });
    process.exit(EXIT_OTHER);
  });
  // Windows knows SIGINT (Ctrl+C), SIGBREAK and SIGHUP (its window is closed); `disconnect`: the parent is gone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
    if (signal !== 'SIGBREAK' || process.platform === 'win32') process.on(signal, () => void stopping.ask());
  }
  process.on('disconnect', () => void stopping.ask());

  let running: RunningStudio;
  try {
    running = await startStudio({
      flags,
      dataDir: flags.dataDir ?? defaultDataDir(),
      seal: plainSeal,
      log,
      version: options.version,
      ...appFiles(options.appRoot),
    });
  } catch (error) {
    const words =
      error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`Relaydeck could not start. ${words}\n`);
    process.exit(error instanceof StartError ? EXIT_SETTING : EXIT_OTHER);
  }
  process.stdout.write(flags.json ? `${readyLine(running.ready)}\n` : readyText(running.ready));
  stopping.ready(running.stop);
}
