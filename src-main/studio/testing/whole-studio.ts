/**
 * A whole studio on free ports of this computer, and platforms that do what a script says, for integration tests.
 * @module
 */
import { onTestFinished } from 'vitest';
import type { CommandArgs, CommandName, Refusal, Update } from '../../../src-shared/bridge/contract.ts';
import type { StudioState } from '../../../src-shared/model/studio-state.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { directHistory } from '../../history/history.ts';
import { memoryHistoryStore } from '../../history/open-history-store.ts';
import { listen, type Listener } from '../../net/listen.ts';
import { ScriptedServer, type ServerScript } from '../../net/testing/scripted-server.ts';
import { nodeClock } from '../../platform/node-clock.ts';
import { nodeHmacSha256, nodeMd5, nodeScrypt } from '../../platform/node-crypto.ts';
import { nodeRandom } from '../../platform/node-random.ts';
import { MemoryFiles } from '../../platform/testing/memory-files.ts';
import { MemoryLog } from '../../platform/testing/memory-log.ts';
import { MemorySpill } from '../../platform/testing/memory-spill.ts';
import { openSecrets } from '../../secrets/open-secrets.ts';
import { plainSeal } from '../../secrets/seal.ts';
import { openSettings } from '../../settings/open-settings.ts';
import { CommandRefused } from '../studio-port.ts';
import { createStudio } from '../studio.ts';
import type { Studio, StudioOptions } from '../studio-options.ts';

const TEST_SIGNAL = new URL('../../../assets/test-signal.flv', import.meta.url).pathname;

/** A studio that is stopped with the test. */
export type Running = {
  readonly studio: Studio;
  readonly files: MemoryFiles;
  readonly log: MemoryLog;
  readonly updates: Update[];
};

/** A studio on free ports of this computer; `files` of another one: a restart. */
export async function start(files = new MemoryFiles(), extra: Partial<StudioOptions> = {}): Promise<Running> {
  const shared = { dir: '/data', files, clock: nodeClock, onSaveFailed: () => undefined };
  const settings = await openSettings(shared);
  const secrets = await openSecrets({ ...shared, seal: plainSeal });
  const log = new MemoryLog();
  const studio = await createStudio({
    settings: settings.store,
    secrets: secrets.store,
    clock: nodeClock,
    random: nodeRandom,
    log,
    hmacSha256: nodeHmacSha256,
    md5: nodeMd5,
    version: '0.0.0-test',
    rtmpHost: '127.0.0.1',
    rtmpPort: 0,
    http: { host: '127.0.0.1', port: () => 8935 },
    byFlag: [],
    notices: [],
    testSignalFile: TEST_SIGNAL,
    onShows: () => undefined,
    ffmpeg: {
      find: () => Promise.resolve({ found: undefined }),
      makeSlate: () => Promise.reject(new Error('no FFmpeg')),
      builtInPicture: '',
    },
    openSpill: new MemorySpill(nodeClock).open,
    freeDiskBytes: () => Promise.resolve(1e12),
    networkAddresses: () => [],
    scrypt: nodeScrypt,
    findObsProfiles: () => Promise.resolve({ profiles: [], skipped: [] }),
    history: directHistory(memoryHistoryStore(nodeClock), { clock: nodeClock, onTrouble: () => undefined }),
    fetch: () => Promise.reject(new Error('no network in tests')),
    redact: (text) => text,
    diagnose: () => Promise.reject(new Error('no diagnosis in tests')),
    ...extra,
  });
  const updates: Update[] = [];
  studio.subscribe((update) => updates.push(update));
  onTestFinished(() => studio.stop());
  return { studio, files, log, updates };
}

/** A platform on this computer that does what the script says. */
export async function platform(
  script: ServerScript = {},
  host = '127.0.0.1',
): Promise<{ servers: ScriptedServer[]; listener: Listener; url: string }> {
  const servers: ScriptedServer[] = [];
  const listener = await listen({ host, port: 0 }, (transport) => {
    servers.push(new ScriptedServer({ far: transport }, script));
    onTestFinished(() => {
      transport.destroy();
    });
  });
  onTestFinished(() => {
    void listener.close();
  });
  return { servers, listener, url: `rtmp://${host}:${listener.port}/live` };
}

/** Waits for what must come within 15 s. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not within 15 s: ${what}`);
}

/** All that is shown. */
export const stateOf = (studio: Studio): Promise<StudioState> => studio.carryOut('state.get', {});

/** One target as it is now. */
export async function targetOf(studio: Studio, id: string): Promise<Target> {
  const target = (await stateOf(studio)).targets.find((known) => known.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  return target;
}

/** What a command is refused with; it is a fault if it is carried out. */
export async function refusalOf<K extends CommandName>(
  studio: Studio,
  command: K,
  args: CommandArgs<K>,
): Promise<Refusal> {
  try {
    await studio.carryOut(command, args);
  } catch (error) {
    if (error instanceof CommandRefused) return error.refusal;
    throw error;
  }
  throw new Error(`${command} was carried out`);
}
