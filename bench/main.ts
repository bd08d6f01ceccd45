/**
 * Entry of the benchmark.
 * @module
 */
import { Stage } from '../e2e/harness/stage.ts';
import { HELP, readFlags, type Flags } from './flags.ts';
import { runTable } from './run-table.ts';

const open = new Set<Stage>();

async function main(flags: Flags): Promise<void> {
  if (flags.command === 'help') {
    console.log(HELP);
    return;
  }
  const stages = (stage: Stage): void => void open.add(stage);
  await runTable(flags, stages);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.allSettled([...open].map((stage) => stage.close({ failed: false }))).then(() => {
      process.exit(130);
    });
  });
}

let flags: Flags;
try {
  flags = readFlags(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  process.exit(2);
}
await main(flags);
