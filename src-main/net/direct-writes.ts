/**
 * The way of bytes into a socket past its stream: of what a write costs, Node's queue, corks and ticks are a good part,
 * and a transport keeps its own queue anyway.
 * @module
 */
import type { Socket } from 'node:net';

/** A buffer as Node's streams hand it to their sink. */
export type Piece = { readonly chunk: Uint8Array; readonly encoding: BufferEncoding };

/** Called once per write: at once, from within, when the system took all of it; later otherwise. */
export type Written = (error?: Error | null) => void;

/** Hands pieces to the system as one write. Not again before `written` was called. */
export type GatheredWrite = (pieces: Piece[], written: Written) => void;

/** What every stream with a gathered write has below its queue (documented for those who implement streams). */
type Sink = { _writev?: (pieces: Piece[] & { allBuffers?: boolean }, written: Written) => void };

/** Past the stream's queue; where Node's socket has no such method one day, through it. */
export function gatheredWrite(socket: Socket): GatheredWrite {
  const sink = socket as unknown as Sink;
  if (typeof sink._writev !== 'function') return throughStream(socket);
  return (pieces, written) => {
    // Node looks at this field to know that nothing is text.
    sink._writev?.(Object.assign(pieces, { allBuffers: true }), written);
  };
}

/** As Node offers it. */
export function throughStream(socket: Socket): GatheredWrite {
  return (pieces, written) => {
    socket.cork();
    for (const [n, { chunk }] of pieces.entries()) {
      if (n < pieces.length - 1) socket.write(chunk);
      else socket.write(chunk, written);
    }
    socket.uncork();
  };
}
