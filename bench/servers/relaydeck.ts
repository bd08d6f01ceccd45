/**
 * Our own headless studio, as it is built.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';
import type { Stage } from '../../e2e/harness/stage.ts';
import { startStudio, type Api, type Studio } from '../../e2e/harness/studio.ts';
import type { Contestant, Task } from './contestant.ts';

/** Starts it, and has it push to the targets whenever their stream is there. */
export async function startRelaydeck(
  stage: Stage,
  task: Task,
  options: { nodeFlags?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<Contestant & { readonly studio: Studio }> {
  const studio = await startStudio(stage, { name: 'relaydeck', ...options });
  const ingests = await makeIngests(studio.api, task.streams);
  for (const { stream, url, streamName, certificateSha256 } of task.targets) {
    const ingestId = ingests[stream]?.id ?? '';
    const wish = { name: streamName, url, streamKey: streamName, ingestId, enabled: true };
    await studio.api.addTarget({ ...wish, ...(certificateSha256 === '' ? {} : { certificateSha256 }) });
  }
  return {
    name: 'relaydeck',
    pid: studio.ready.pid,
    publishUrls: ingests.map(({ publishUrl }) => publishUrl),
    showsBegun: () => Promise.resolve(),
    showsOver: () => Promise.resolve(),
    // A profile is written when it ends in order.
    stop: async () => {
      await studio.child.stop('SIGTERM', 20_000);
    },
    studio,
  };
}

/** The first one is there from the start; nothing stands in for an encoder that leaves. */
async function makeIngests(api: Api, count: number): Promise<readonly Ingest[]> {
  await api.switchHoldOff();
  for (let n = 1; n < count; n++) {
    const { status, body } = await api.call('POST', '/ingests', { name: `Stream ${n}`, holdSeconds: 0 });
    if (status !== 201) throw new Error(`no ingest ${n}: ${status} ${JSON.stringify(body)}`);
  }
  return (await api.state()).ingests;
}
