/**
 * Brings the whole studio up, and down again: the same for the headless program and the desktop shell.
 * @module
 */
import type { ListeningFact } from '../diagnosis/diagnosis-facts.ts';
import { RecentLog } from '../diagnosis/recent-log.ts';
import { startHttpServer, type HttpServer } from '../bridge/http-server.ts';
import { httpToken } from '../bridge/http-token.ts';
import { LINES_FLUSH } from '../net/joined-flush.ts';
import { ListenError } from '../net/listen-error.ts';
import { hostInUrl } from '../net/shown-host.ts';
import { openHistory } from '../history/history-client.ts';
import type { History } from '../history/history.ts';
import { errorCode } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import { nodeClock } from '../platform/node-clock.ts';
import { nodeHmacSha256, nodeMd5 } from '../platform/node-crypto.ts';
import { nodeFiles } from '../platform/node-files.ts';
import { nodeRandom } from '../platform/node-random.ts';
import { openSecrets } from '../secrets/open-secrets.ts';
import type { Seal } from '../secrets/seal.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Secret } from '../secrets/secret.ts';
import { SecretsError } from '../secrets/secrets-error.ts';
import { openSettings } from '../settings/open-settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { createStudio } from '../studio/studio.ts';
import type { Studio, StudioOptions } from '../studio/studio-options.ts';
import { lockDataDir, type DataDirLock } from './data-dir-lock.ts';
import { makeDataDir } from './data-dir.ts';
import { diagnoseRunning } from './diagnose-running.ts';
import { KnownSecrets } from './diagnose-secrets.ts';
import type { Flags } from './flags.ts';
import type { Ready } from './ready-line.ts';
import { StartError } from './start-error.ts';
import { clearDelays, studioSurroundings } from './studio-surroundings.ts';
import { tlsCertificate, type Certificate } from './tls-certificate.ts';
import { tuneEngine } from './tune-engine.ts';
import { whereToListen, type WhereToListen } from './where-to-listen.ts';
import { whyNotListening } from './why-not-listening.ts';

/** How the studio is started. */
export type StartOptions = {
  readonly flags: Omit<Flags, 'dataDir' | 'json' | 'logLevel'>;
  readonly dataDir: string;
  readonly seal: Seal;
  readonly log: Log;
  readonly version: string;
  /** The built window. */
  readonly windowDir: string;
  readonly testSignalFile: string;
  /** The picture for a hold that comes with Relaydeck. */
  readonly slateFile: string;
  /** The built thread of the history. */
  readonly historyWorkerFile: string;
  /** Said in the event log at the start. */
  readonly notices?: readonly string[];
  /** See `HttpServerOptions`. */
  readonly extraOrigins?: readonly string[];
  /** Takes any free HTTP port when the wanted one is taken: the desktop window finds it by itself. */
  readonly anyHttpPort?: boolean;
};

/** A studio that runs. */
export type RunningStudio = {
  readonly studio: Studio;
  readonly token: Secret;
  readonly ready: Ready;
  /** Targets are told goodbye, everything is saved, ports and folder are free again. Safe to call twice. */
  readonly stop: () => Promise<void>;
};

type Saved = { settings: SettingsStore; secrets: SecretStore; notices: readonly string[] };

/** @throws {StartError} A flag, a setting or a port stands in the way; nothing is left running. */
export async function startStudio(given: StartOptions): Promise<RunningStudio> {
  tuneEngine(0);
  LINES_FLUSH.joinMs = given.flags.joinMs;
  // Its last lines go into a diagnosis.
  const log = new RecentLog(given.log, { wallNow: nodeClock.wallNow });
  const options = { ...given, log };
  const dataDir = await makeDataDir(options.dataDir);
  const lock = await lockDataDir(dataDir);
  let studio: Studio | undefined;
  let saved: Saved | undefined;
  let history: History | undefined;
  try {
    saved = await openSaved(dataDir, options);
    const where = whereToListen(options.flags, saved.settings.value);
    const rtmps = await openRtmps(where.rtmps, dataDir);
    const token = httpToken(saved.secrets, nodeRandom);
    await clearDelays(dataDir);
    history = await openHistory({
      dir: dataDir,
      workerFile: options.historyWorkerFile,
      clock: nodeClock,
      onTrouble: (words) => {
        log.write('warn', words);
      },
    });
    const listening: ListeningFact[] = [];
    const known = new KnownSecrets(saved.secrets);
    const { settings } = saved;
    const diagnose = diagnoseRunning({
      dataDir,
      version: options.version,
      clock: nodeClock,
      settings,
      known,
      log,
      listening: () => listening,
    });
    const around = {
      ...studioSurroundings(dataDir, options.slateFile),
      history,
      diagnose,
      redact: known.redact,
      fetch,
      http: {
        host: where.httpHost,
        port: () => listening.find(({ what }) => what === 'http')?.port ?? where.httpPort,
      },
    };
    studio = await openStudio(saved, { where, rtmps, around }, options);
    const http = await openHttp(studio, { where, token }, options);
    listening.push({ what: 'rtmp', ...studio.rtmp }, { what: 'http', host: where.httpHost, port: http.port });
    if (rtmps !== undefined) listening.push({ what: 'rtmps', host: where.rtmpHost, port: rtmps.port });
    const { carryOut } = studio;
    lock.answerDiagnose(async () => (await carryOut('diagnosis.write', {})).path);
    log.write('info', 'studio started', { dataDir, rtmpPort: studio.rtmp.port, httpPort: http.port });
    const { rtmpUrl } = await studio.carryOut('state.get', {});
    const httpUrl = `http://${hostInUrl(where.httpHost)}:${http.port}`;
    const uiUrl = `${httpUrl}/?token=${token.reveal()}`;
    const ready = { rtmpUrl, httpUrl, uiUrl, token: token.reveal(), pid: process.pid };
    return { studio, token, ready, stop: once(stopAll({ studio, http, saved, lock, log })) };
  } catch (error) {
    await studio?.stop();
    await history?.close();
    await saved?.settings.flush();
    await saved?.secrets.flush();
    await lock.release();
    throw error;
  }
}

async function openSaved(dir: string, options: StartOptions): Promise<Saved> {
  const onSaveFailed = (error: Error): void => {
    options.log.write('error', error.message);
  };
  const shared = { dir, files: nodeFiles, clock: nodeClock, onSaveFailed };
  try {
    const settings = await openSettings(shared);
    const secrets = await openSecrets({ ...shared, seal: options.seal });
    const notices = [...(options.notices ?? []), ...settings.notices, ...secrets.notices];
    for (const notice of notices) options.log.write('warn', notice);
    return { settings: settings.store, secrets: secrets.store, notices };
  } catch (error) {
    if (error instanceof SettingsError || error instanceof SecretsError) {
      throw new StartError(error.message, { cause: error });
    }
    throw error;
  }
}

/** What of this computer and program a studio works with beside its ports. */
type Around = ReturnType<typeof studioSurroundings> &
  Pick<StudioOptions, 'history' | 'diagnose' | 'redact' | 'fetch' | 'http'>;

async function openStudio(
  saved: Saved,
  { where, rtmps, around }: { where: WhereToListen; rtmps: Rtmps | undefined; around: Around },
  options: StartOptions,
): Promise<Studio> {
  const { rtmpHost, rtmpPort, byFlag } = where;
  try {
    return await createStudio({
      ...saved,
      clock: nodeClock,
      random: nodeRandom,
      log: options.log,
      hmacSha256: nodeHmacSha256,
      md5: nodeMd5,
      version: options.version,
      rtmpHost,
      rtmpPort,
      byFlag,
      testSignalFile: options.testSignalFile,
      ...around,
      rtmps: rtmps === undefined ? undefined : { host: rtmpHost, ...rtmps },
    });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    const what = rtmps !== undefined && error.port === rtmps.port ? 'rtmps' : 'rtmp';
    throw new StartError(whyNotListening({ what, host: error.host, port: error.port }, error.code), {
      cause: error,
    });
  }
}

async function openHttp(
  studio: Studio,
  { where, token }: { where: WhereToListen; token: Secret },
  options: StartOptions,
): Promise<HttpServer> {
  const { httpHost: host, httpPort: port } = where;
  const open = (wantedPort: number): Promise<HttpServer> =>
    startHttpServer({
      studio,
      token,
      clock: nodeClock,
      log: options.log,
      version: options.version,
      host,
      port: wantedPort,
      windowDir: options.windowDir,
      extraOrigins: options.extraOrigins ?? [],
    });
  try {
    return await open(port);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    if (code === 'EADDRINUSE' && options.anyHttpPort === true) {
      options.log.write('warn', `HTTP port ${port} is taken; any free one is used`);
      return open(0);
    }
    throw new StartError(whyNotListening({ what: 'http', host, port }, code), { cause: error });
  }
}

type Rtmps = Certificate & { readonly port: number };

async function openRtmps(rtmps: WhereToListen['rtmps'], dataDir: string): Promise<Rtmps | undefined> {
  if (rtmps === undefined) return undefined;
  const now = nodeClock.wallNow();
  return {
    port: rtmps.port,
    ...(await tlsCertificate(rtmps, { dataDir, files: nodeFiles, now })),
  };
}

function stopAll(parts: {
  studio: Studio;
  http: HttpServer;
  saved: Saved;
  lock: DataDirLock;
  log: Log;
}): () => Promise<void> {
  const { studio, http, saved, lock, log } = parts;
  return async () => {
    // The studio first: windows still see their targets leave, and goodbyes must not wait for slow windows.
    for (const step of [
      studio.stop,
      http.close,
      () => saved.settings.flush(),
      () => saved.secrets.flush(),
      lock.release,
    ]) {
      try {
        await step();
      } catch (error) {
        log.write('error', 'a step of the stop failed', { error: String(error) });
      }
    }
  };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
