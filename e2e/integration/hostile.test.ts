import { expect, test } from 'vitest';
import { ffmpeg5 } from '../harness/encoders.ts';
import { ATTACKS, carryOut } from '../harness/hostile.ts';
import { heldKib, MEASURABLE, openFiles, residentKib } from '../harness/memory.ts';
import { startRecordingServer } from '../harness/recording-server.ts';
import { ScriptedClient } from '../harness/scripted-client.ts';
import { startStudio } from '../harness/studio.ts';
import { dial } from '../harness/tcp.ts';
import { follow, trailOf, WHOLE } from '../harness/trail.ts';
import { needs } from '../harness/tools.ts';
import { sleep, until } from '../harness/until.ts';
import { openStage } from './open-stage.ts';

/**
 * First so few at once that the studio lets each finish what it came for, then so many that it has to choose whom to
 * keep; of those, a part stands open and says nothing.
 */
const WAVES = [
  { silent: 0, busy: 1_400, atOnce: 48 },
  { silent: 300, busy: 300, atOnce: 160 },
] as const;
/** A log that a person can read after it, lines. */
const READABLE = 200;
/** Longest a new encoder may wait for its yes while the attack goes on. */
const LET_IN_MS = 4_000;
/** Of our own: connections to the HTTP API that `fetch` keeps for later, and what the debugger opens. */
const SPARE_FILES = 10;
const gate = needs('ffmpeg');

test.skipIf(gate.missing)(
  `2,000 hostile connections: two targets lose no message, memory comes back, the log stays readable${gate.words}`,
  async (context) => {
    const stage = openStage(context);
    const servers = [await startRecordingServer(stage), await startRecordingServer(stage)];
    const studio = await startStudio(stage, { env: MEASURABLE });
    const { api, child } = studio;
    const port = Number(new URL(studio.ready.rtmpUrl).port);
    await api.call('PATCH', '/ingests/main', { holdSeconds: 0 });
    const second = await api.call('POST', '/ingests', { name: 'second', streamKey: 'second-encoder-key' });
    expect(second.status).toBe(201);
    const targets = [];
    for (const [index, { url }] of servers.entries()) {
      targets.push(await api.addTarget({ name: `target ${index}`, url, streamKey: 'k', enabled: true }));
    }
    const { publishUrl } = await api.ingest();
    const push = await ffmpeg5({ audio: 'aac', seconds: 120 }).push(stage, publishUrl);
    for (const { id } of targets) await api.targetIs(id, 'live');
    const liveAt = performance.now();
    await sleep(2_000);
    const before = { kib: residentKib(child), files: openFiles(child), log: lines(child.stderr) };
    const letInMs: number[] = [];
    for (const wave of WAVES) letInMs.push(...(await attack(port, wave)));
    expect(letInMs.length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...letInMs)).toBeLessThan(LET_IN_MS);

    const states = await Promise.all(targets.map(({ id }) => api.target(id)));
    expect(states).toMatchObject(targets.map(() => ({ state: 'live', droppedFrames: 0, reconnects: 0 })));
    const logged = lines(child.stderr) - before.log;
    const seen = { kib: Infinity, files: Infinity };
    await until(
      'memory and sockets are as before',
      async () => {
        seen.kib = await heldKib(child);
        seen.files = openFiles(child);
        return seen.kib <= before.kib * 1.1 && seen.files <= before.files + SPARE_FILES;
      },
      { timeoutMs: 60_000, everyMs: 1_000, seen: () => ({ before, seen }) },
    );
    expect(logged).toBeLessThan(READABLE);
    expect((await api.events()).length).toBeLessThan(READABLE);

    await betweenPings(liveAt);
    expect((await push.child.stop('SIGINT')).signal).toBe(null);
    await until('both publishes have ended', () => servers.every((server) => server.publishes[0]?.ended()), {
      timeoutMs: 8_000,
    });
    const sent = trailOf(push.sentFile);
    for (const { publishes } of servers) {
      expect(publishes).toHaveLength(1);
      const verdict = follow(sent, publishes[0]?.trail ?? []);
      expect(verdict).toMatchObject({ ...WHOLE, inPlace: verdict.came });
      expect(verdict.came).toBeGreaterThan(10 * 60);
      expect(verdict.driftMs).toBeLessThanOrEqual(1);
    }
    expect((await child.stop('SIGTERM', 10_000)).code).toBe(0);
  },
  150_000,
);

/** One wave; gives how long each of the encoders that came in between had to wait for its yes, ms. */
async function attack(
  port: number,
  wave: { readonly silent: number; readonly busy: number; readonly atOnce: number },
): Promise<number[]> {
  const silent = Array.from({ length: wave.silent }, () => dial(port, 15_000).catch(() => undefined));
  let begun = 0;
  let over = false;
  const worker = async (): Promise<void> => {
    while (begun < wave.busy) {
      const kind = ATTACKS[begun++ % ATTACKS.length];
      if (kind !== undefined) await carryOut(kind, port);
    }
  };
  const workers = Promise.all(Array.from({ length: wave.atOnce }, worker)).then(() => {
    over = true;
  });
  const letInMs: number[] = [];
  for (let tries = 0; tries < 100; tries++) {
    letInMs.push(await publishOnce(port));
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the workers set it
    if (over) break;
    await sleep(500);
  }
  await workers;
  for (const socket of await Promise.all(silent)) socket?.destroy();
  return letInMs;
}

/** A new encoder that tries again when it is cut off, as encoders do: from its first byte to the yes, ms. */
async function publishOnce(port: number): Promise<number> {
  const started = performance.now();
  const encoder = await until('a new encoder is let in', () => tryToPublish(port), {
    timeoutMs: LET_IN_MS,
  });
  const tookMs = performance.now() - started;
  encoder.command('deleteStream', [null, 1]);
  await encoder.flushed();
  await sleep(100);
  encoder.close();
  return tookMs;
}

/** Undefined when the connection is cut before the yes. */
async function tryToPublish(port: number): Promise<ScriptedClient | undefined> {
  let encoder: ScriptedClient | undefined;
  const tried = (async () => {
    encoder = await ScriptedClient.shakeHands(port);
    const streamId = await encoder.connect('live', `rtmp://127.0.0.1:${port}/live`);
    return (await encoder.publish(streamId, 'second-encoder-key')).code;
  })();
  tried.catch(() => undefined);
  const cut = until('the connection is cut', () => encoder?.ended, { timeoutMs: 10_000, everyMs: 20 });
  cut.catch(() => undefined);
  const code = await Promise.race([tried, cut]);
  if (typeof code === 'string') {
    expect(code).toBe('NetStream.Publish.Start');
    return encoder;
  }
  return undefined;
}

/** FFmpeg that closes with a ping unread takes its last packets with it: it is stopped half-way between two (5 s). */
async function betweenPings(liveAt: number): Promise<void> {
  const phase = (performance.now() - liveAt) % 5_000;
  await sleep((7_500 - phase) % 5_000);
}

function lines(text: string): number {
  return text.split('\n').length;
}
