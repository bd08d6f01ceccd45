/**
 * The way of bytes into a socket past its stream: of what a write costs, Node's queue, corks and ticks are a good part,
 * and a transport keeps its own queue anyway.
 * @module
 */
import type { Socket } from 'node:net';

/** Called once per write: at once, from within, when the system took all of it; later otherwise. */
export type Written = (error?: Error | null) => void;

/** Hands pieces to the system as one write. Not again before `written` was called. */
export type GatheredWrite = (pieces: readonly Uint8Array[], written: Written) => void;

/** A buffer as Node's streams hand it to their sink. */
type Piece = { readonly chunk: Uint8Array; readonly encoding: 'buffer' };

/** What every stream with a gathered write has below its queue (documented for those who implement streams). */
type Sink = { _writev?: (pieces: Piece[] & { allBuffers?: boolean }, written: Written) => void };

/** Past the stream's queue; where Node's socket has no such method one day, through it. */
export function gatheredWrite(socket: Socket): GatheredWrite {
  const sink = socket as unknown as Sink;
  if (typeof sink._writev !== 'function') return throughStream(socket);
  return (pieces, written) => {
    const handed: Piece[] & { allBuffers?: boolean } = pieces.map(toPiece);
    // Node looks at this field to know that nothing is text.
    handed.allBuffers = true;
    sink._writev?.(handed, written);
  };
}

function toPiece(chunk: Uint8Array): Piece {
  return { chunk, encoding: 'buffer' };
}

/** As Node offers it. */
export function throughStream(socket: Socket): GatheredWrite {
  return (pieces, written) => {
    socket.cork();
    for (const [n, piece] of pieces.entries()) {
      if (n < pieces.length - 1) socket.write(piece);
      else socket.write(piece, written);
    }
    socket.uncork();
  };
}
