/**
 * Chunk reader and writer alone: how fast, and what they allocate.
 * @module
 */
import { Session } from 'node:inspector';
import { ChunkReader } from '../src-main/rtmp/chunk/chunk-reader.ts';
import { writeChunks, writeJoinedChunks } from '../src-main/rtmp/chunk/chunk-writer.ts';
import { MAX_MESSAGE_BYTES } from '../src-main/rtmp/limits.ts';
import { messageType, type RtmpMessage } from '../src-main/rtmp/message/message-type.ts';
import { writeControlNumber } from '../src-main/rtmp/message/protocol-control.ts';
import { makeShow } from './load/show-media.ts';

/** What one of them does. */
export type Micro = {
  readonly name: string;
  readonly mbPerSecond: number;
  /** Objects of V8's heap, and their bytes; payloads lie outside of it. */
  readonly objectsPerMessage: number;
  readonly heapBytesPerMessage: number;
};

/** The part of V8's answer that is read here. */
type HeapSamples = { readonly profile: { readonly samples: readonly { readonly size: number }[] } };

const VIDEO_KBPS = 6_000;
const WARM_UP_MS = 1_000;
const MEASURED_MS = 2_000;
/** What one read of a socket brings on loopback. */
const READ_BYTES = 64 * 1024;
const COUNTED_ROUNDS = 20;

/** Reads and writes two seconds of a show over and over, with the chunk size that OBS sends and with ours. */
export async function runMicro(): Promise<readonly Micro[]> {
  const messages = makeShow(VIDEO_KBPS).gop.map(({ typeId, payload }): RtmpMessage => ({
    typeId,
    timestamp: 0,
    streamId: 1,
    payload,
  }));
  const results: Micro[] = [];
  for (const chunkSize of [4096, 60_000]) {
    const reads = readsOf(messages, chunkSize);
    results.push(await measure(`reader, chunks of ${chunkSize}`, messages, () => readAll(reads)));
    results.push(
      await measure(`writer, chunks of ${chunkSize}`, messages, () => writeAll(messages, chunkSize)),
    );
  }
  return results;
}

function readAll(reads: readonly Uint8Array[]): number {
  const reader = new ChunkReader(MAX_MESSAGE_BYTES);
  let count = 0;
  for (const bytes of reads) {
    reader.push(bytes);
    while (reader.next() !== undefined) count++;
  }
  return count;
}

function writeAll(messages: readonly RtmpMessage[], chunkSize: number): number {
  let pieces = 0;
  for (const message of messages) pieces += writeChunks(message, 6, chunkSize).length;
  return pieces;
}

function readsOf(messages: readonly RtmpMessage[], chunkSize: number): readonly Uint8Array[] {
  const payload = writeControlNumber(chunkSize);
  const size = { typeId: messageType.setChunkSize, timestamp: 0, streamId: 0, payload };
  const wire = Buffer.concat([
    writeJoinedChunks(size, 2, 128),
    ...messages.map((message) => writeJoinedChunks(message, 6, chunkSize)),
  ]);
  const count = Math.ceil(wire.length / READ_BYTES);
  return Array.from({ length: count }, (_, n) => wire.subarray(n * READ_BYTES, (n + 1) * READ_BYTES));
}

async function measure(name: string, messages: readonly RtmpMessage[], act: () => number): Promise<Micro> {
  repeat(act, WARM_UP_MS);
  const { rounds, seconds } = repeat(act, MEASURED_MS);
  const bytes = messages.reduce((sum, { payload }) => sum + payload.length, 0);
  const heap = await allocations(act);
  const counted = COUNTED_ROUNDS * messages.length;
  return {
    name,
    mbPerSecond: (rounds * bytes) / seconds / 1e6,
    objectsPerMessage: heap.objects / counted,
    heapBytesPerMessage: heap.bytes / counted,
  };
}

function repeat(act: () => number, forMs: number): { rounds: number; seconds: number } {
  const beginMs = performance.now();
  let rounds = 0;
  let kept = 0;
  while (performance.now() - beginMs < forMs) {
    kept += act();
    rounds++;
  }
  // What nobody uses may be optimised away.
  if (kept === 0) throw new Error('nothing was done');
  return { rounds, seconds: (performance.now() - beginMs) / 1000 };
}

/** Counts with V8's sampling heap profiler, told to take every allocation. */
async function allocations(act: () => number): Promise<{ objects: number; bytes: number }> {
  const session = new Session();
  session.connect();
  const post = <T>(method: string, params: object = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error, result) => {
        if (error === null) resolve(result as T);
        else reject(new Error(String(error)));
      });
    });
  const kept = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
  await post('HeapProfiler.startSampling', { samplingInterval: 1, ...kept });
  for (let round = 0; round < COUNTED_ROUNDS; round++) act();
  const { profile } = await post<HeapSamples>('HeapProfiler.stopSampling');
  session.disconnect();
  const samples = profile.samples;
  return { objects: samples.length, bytes: samples.reduce((sum, { size }) => sum + size, 0) };
}
