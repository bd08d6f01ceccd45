/**
 * The contract's line over a WebSocket: the window in a browser.
 * @module
 */
import type { BridgeTransport } from '../../src-shared/bridge/transport.ts';
import { NotLetInError } from './not-let-in-error.ts';

/** What tells a page where its studio is. */
export type StudioAddress = { readonly pageUrl: string; readonly token: string | null };

/** Where the bridge of the studio that served `pageUrl` listens. */
export function bridgeUrl({ pageUrl, token }: StudioAddress): string {
  const url = new URL('/bridge', pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (token !== null) url.searchParams.set('token', token);
  return url.href;
}

/** @throws {NotLetInError} When the studio is there but does not know our token. */
export async function openWebSocket(address: StudioAddress): Promise<BridgeTransport> {
  const socket = new WebSocket(bridgeUrl(address));
  const opened = await new Promise<boolean>((resolve) => {
    socket.onopen = () => {
      resolve(true);
    };
    socket.onclose = () => {
      resolve(false);
    };
  });
  if (opened) return overSocket(socket);
  if (await isNotLetIn(address)) throw new NotLetInError();
  throw new Error('The studio did not answer.');
}

function overSocket(socket: WebSocket): BridgeTransport {
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: (listener) => {
      socket.onmessage = (event) => {
        if (typeof event.data === 'string') listener(event.data);
      };
    },
    onClose: (listener) => {
      socket.onclose = listener;
      // The line may have gone between its opening and this call.
      if (socket.readyState >= WebSocket.CLOSING) queueMicrotask(listener);
    },
    close: () => {
      socket.close();
    },
  };
}

/** A refused WebSocket does not say why to a page; the HTTP API does. */
async function isNotLetIn({ pageUrl, token }: StudioAddress): Promise<boolean> {
  try {
    const headers = token === null ? {} : { Authorization: `Bearer ${token}` };
    const answer = await fetch(new URL('/api/v1/state', pageUrl), { method: 'GET', headers });
    return answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  }
}
