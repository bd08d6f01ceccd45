/**
 * What the holder of a data folder says on its lock: its process number at once, and, to who asks for it, where a
 * diagnosis was written.
 * @module
 */
import type { Socket } from 'node:net';

/** What the asking side sends. */
export const DIAGNOSE_REQUEST = 'diagnose\n';
/** How long the holder waits for a request before it hangs up, ms: who only wants the number sends none. */
const REQUEST_MS = 300;
/** Connections at once; each lasts for a moment. */
export const MAX_ASKING = 16;

/** One per lock. */
export class DiagnoseAnswers {
  readonly #sockets = new Set<Socket>();
  #write: (() => Promise<string>) | undefined;

  /** From now on those who ask get what `write` gives: the file's path. Its errors are told in their words. */
  answerWith(write: () => Promise<string>): void {
    this.#write = write;
  }

  readonly connected = (socket: Socket): void => {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
    });
    socket.setTimeout(REQUEST_MS, () => {
      finish(socket, '');
    });
    socket.write(`${process.pid}\n`);
    let request = '';
    const take = (bytes: Buffer): void => {
      request += bytes.toString('latin1');
      if (request.length < DIAGNOSE_REQUEST.length && DIAGNOSE_REQUEST.startsWith(request)) return;
      socket.off('data', take);
      // What else may come is read and dropped, so that the answer is not cut off by it.
      socket.resume();
      if (request !== DIAGNOSE_REQUEST) {
        finish(socket, '');
        return;
      }
      socket.setTimeout(0);
      void this.#answer().then((answer) => {
        finish(socket, `${JSON.stringify(answer)}\n`);
      });
    };
    socket.on('data', take);
  };

  /** Hangs up on everybody: nobody may hold up the end of a studio. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #answer(): Promise<{ readonly path: string } | { readonly problem: string }> {
    if (this.#write === undefined) return { problem: 'Relaydeck has not finished its start. Try again.' };
    try {
      return { path: await this.#write() };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Once all is written; the other side need not hang up for it. */
function finish(socket: Socket, last: string): void {
  socket.end(last, () => socket.destroy());
}
