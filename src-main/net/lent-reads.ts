/**
 * One buffer that all connections without TLS or proxy are read into, instead of one of 64 KiB made and thrown away for
 * each read: with many encoders that garbage costs more than all the rest of the relay.
 * @module
 */
import { Socket } from 'node:net';

/** A socket and the way to its bytes, which are lent: they hold until the listener returns. */
export type ReadSocket = {
  readonly socket: Socket;
  readonly onBytes: (listener: (bytes: Uint8Array) => void) => void;
};

/** What the system gives in one read at most, bytes: Node's own figure. */
export const READ_BYTES = 64 * 1024;

/** Node's object behind a socket, as far as it is touched here. */
type Handle = { readonly useUserBuffer: (buffer: Uint8Array) => void };

/** No `Buffer`: the `slice` of one makes no copy, and who keeps bytes would keep the next read's. */
const shared = new Uint8Array(READ_BYTES);

/** Reads as Node does by itself. */
export function ownReads(socket: Socket): ReadSocket {
  return {
    socket,
    onBytes: (listener) => {
      socket.on('data', listener);
    },
  };
}

/** What Node's `onread` takes, and the way to what is read so. */
export type Lending = Pick<ReadSocket, 'onBytes'> & {
  readonly onread: { readonly buffer: Uint8Array; readonly callback: (count: number) => boolean };
};

/** Reads into the shared buffer. The listener must be there before this turn of the event loop ends. */
export function lending(): Lending {
  let listener: (bytes: Uint8Array) => void = () => undefined;
  return {
    onread: {
      buffer: shared,
      callback: (count) => {
        listener(shared.subarray(0, count));
        return true;
      },
    },
    onBytes: (wanted) => {
      listener = wanted;
    },
  };
}

/**
 * Reads an accepted connection into the shared buffer. Node offers that (`onread`) for connections made by us only, so
 * the accepted one's handle is taken over by a socket of ours; where Node keeps it elsewhere one day, it reads as ever.
 * The listener must be there before this turn of the event loop ends.
 * @param accepted From a server with `pauseOnConnect`: nothing has been read. Not to be used afterwards.
 */
export function lentReads(accepted: Socket): ReadSocket {
  const handle = handleOf(accepted);
  if (handle === undefined) {
    accepted.resume();
    return ownReads(accepted);
  }
  const { onread, onBytes } = lending();
  const options: object = { handle, onread };
  const socket = new Socket(options);
  Object.assign(accepted, { _handle: null });
  // Its server counts it as open until then.
  socket.once('close', () => accepted.destroy());
  return { socket, onBytes };
}

function handleOf(accepted: Socket): Handle | undefined {
  const { _handle: handle } = accepted as unknown as { readonly _handle?: Partial<Handle> | null };
  return typeof handle?.useUserBuffer === 'function' ? (handle as Handle) : undefined;
}
