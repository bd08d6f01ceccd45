/**
 * Entry of the benchmark.
 * @module
 */
import { join } from 'node:path';
import { needs, ROOT } from '../e2e/harness/tools.ts';
import { HELP, readFlags, type Flags } from './flags.ts';
import { runLimits } from './limits.ts';
import { runMicro } from './micro.ts';
import { reportText, writeReport, type Findings } from './report.ts';
import { runTable } from './run-table.ts';
import { runSoak } from './soak.ts';
import { closeStages } from './staged.ts';

const PAGE = join(ROOT, 'docs/performance.md');
const NOTHING: Findings = { rows: [], limits: [], micro: [] };

/** @returns Whether all is well. */
async function run(flags: Flags): Promise<boolean> {
  switch (flags.command) {
    case 'help':
      console.log(HELP);
      return true;
    case 'soak':
      return runSoak(flags);
    case 'limits':
      console.log(reportText({ ...NOTHING, limits: await runLimits(flags) }, flags));
      return true;
    case 'micro':
      console.log(reportText({ ...NOTHING, micro: await runMicro() }, flags));
      return true;
    case 'table': {
      const rows = await runTable(withPeers(flags));
      const more = flags.isWhole
        ? { limits: await runLimits(flags), micro: await runMicro() }
        : { limits: [], micro: [] };
      const text = reportText({ rows, ...more }, flags);
      console.log(`\n${text}`);
      if (flags.isWhole) writeReport(PAGE, text);
      return true;
    }
  }
}

/** Without the peers that are not installed here. */
function withPeers(flags: Flags): Flags {
  const gate = needs('nginx', 'nginx-rtmp');
  if (!flags.servers.includes('nginx') || !gate.missing) return flags;
  console.log(`without nginx-rtmp, and so without ratios${gate.words}: install libnginx-mod-rtmp`);
  return { ...flags, servers: flags.servers.filter((name) => name !== 'nginx'), isWhole: false };
}

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Ctrl+C comes twice: it reaches the whole group, and the launcher hands on a copy.
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    void closeStages().then(() => process.exit(130));
  });
}

let flags: Flags | undefined;
try {
  flags = readFlags(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  process.exitCode = 2;
}
if (flags !== undefined) process.exitCode = (await run(flags)) ? 0 : 1;
