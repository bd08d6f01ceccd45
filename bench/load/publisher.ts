/**
 * The process that publishes: one show per address, each message at its time, with a stamp.
 * @module
 */
import { sleep } from '../../e2e/harness/until.ts';
import { writeJoinedChunks } from '../../src-main/rtmp/chunk/chunk-writer.ts';
import { messageType } from '../../src-main/rtmp/message/message-type.ts';
import { writeControlNumber } from '../../src-main/rtmp/message/protocol-control.ts';
import type { PublisherCalls } from './calls.ts';
import { openClientLine, type ClientLine } from './client-line.ts';
import { answerCalls } from './load-process.ts';
import { dueMs, makeShow, type Frame, type ShowMedia } from './show-media.ts';
import { monotonicUs, stampOffset, writeStamp } from './stamp.ts';

/** What OBS sends with. */
const CHUNK_SIZE = 4096;
const CHUNK_STREAM_ID = { audio: 4, video: 6 } as const;
/** nginx-rtmp loses its place when more comes in one read with a chunk size smaller than the one before. */
const CHUNK_SIZE_MS = 200;
const GOODBYE_MS = 500;

const counts = { messages: 0, latestMs: 0, mostWaitingBytes: 0 };

/** One show on one connection. */
class Show {
  readonly #line: ClientLine;
  readonly #media: ShowMedia;
  readonly #beginsAtMs: number;
  readonly #sent = { audio: 0, video: 0 };
  /** ms as a number: shows that come later have higher ones, also behind what a server has kept of an earlier show. */
  readonly #firstNumber = Math.floor(monotonicUs() / 1000);
  isLost = false;

  constructor(line: ClientLine, media: ShowMedia, beginsAtMs: number) {
    this.#line = line;
    this.#media = media;
    this.#beginsAtMs = beginsAtMs;
    line.socket.once('close', () => {
      this.isLost = true;
    });
    for (const header of media.headers) this.#write(header, 0);
  }

  /** Sends what is due; gives when the next message is, ms of `performance.now()`. */
  turn(nowMs: number): number {
    for (;;) {
      const { audio, video } = this.#sent;
      const next = {
        audio: this.#beginsAtMs + dueMs(messageType.audio, audio),
        video: this.#beginsAtMs + dueMs(messageType.video, video),
      };
      const kind = next.video <= next.audio ? 'video' : 'audio';
      const frame = kind === 'audio' ? this.#media.audio : this.#media.gop[video % this.#media.gop.length];
      if (frame === undefined || next[kind] > nowMs || this.isLost) return next[kind];
      counts.messages++;
      counts.latestMs = Math.max(counts.latestMs, nowMs - next[kind]);
      const sequence = this.#firstNumber + this.#sent[kind]++;
      const offset = stampOffset(frame.typeId) ?? 0;
      writeStamp(frame.payload, offset, { sequence, sentUs: monotonicUs() });
      this.#write(frame, Math.round(next[kind] - this.#beginsAtMs));
      counts.mostWaitingBytes = Math.max(counts.mostWaitingBytes, this.#line.socket.writableLength);
    }
  }

  async end(crashing: boolean): Promise<void> {
    const { socket } = this.#line;
    if (this.isLost) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => {
        resolve();
      });
      if (crashing) socket.resetAndDestroy();
      else socket.end();
      setTimeout(() => socket.destroy(), GOODBYE_MS);
    });
  }

  #write({ typeId, payload }: Frame, timestamp: number): void {
    const id = typeId === messageType.audio ? CHUNK_STREAM_ID.audio : CHUNK_STREAM_ID.video;
    const { streamId, socket } = this.#line;
    socket.write(writeJoinedChunks({ typeId, timestamp, streamId, payload }, id, CHUNK_SIZE));
  }
}

function setChunkSize({ socket }: ClientLine): void {
  const payload = writeControlNumber(CHUNK_SIZE);
  const message = { typeId: messageType.setChunkSize, timestamp: 0, streamId: 0, payload };
  socket.write(writeJoinedChunks(message, 2, CHUNK_SIZE));
}

let shows: readonly Show[] = [];
let timer: NodeJS.Timeout | undefined;

function turn(): void {
  const nowMs = performance.now();
  const nextMs = Math.min(...shows.map((show) => show.turn(nowMs)));
  timer = setTimeout(turn, Math.max(1, nextMs - performance.now()));
}

answerCalls<PublisherCalls>({
  publish: async ({ urls, videoKbps }) => {
    const media = makeShow(videoKbps);
    const lines: ClientLine[] = [];
    for (const url of urls) lines.push(await openClientLine('publish', url));
    lines.forEach(setChunkSize);
    await sleep(CHUNK_SIZE_MS);
    // Encoders do not know of each other: their frames and keyframes are spread over the time of a GOP.
    const stepMs = (dueMs(messageType.video, media.gop.length) + dueMs(messageType.video, 1)) / lines.length;
    const beginMs = performance.now();
    shows = lines.map((line, n) => new Show(line, media, beginMs + n * stepMs));
    turn();
    return null;
  },
  stop: async ({ crashing }) => {
    clearTimeout(timer);
    await Promise.all(shows.map((show) => show.end(crashing)));
    shows = [];
    return null;
  },
  begin: () => {
    Object.assign(counts, { messages: 0, latestMs: 0, mostWaitingBytes: 0 });
    return null;
  },
  end: () => ({ ...counts, lost: shows.filter((show) => show.isLost).length }),
});
