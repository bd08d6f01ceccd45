/**
 * @module
 */
import type { BridgeTransport } from '../../src-shared/bridge/transport.ts';
import { openPreload, type MaybePreloaded } from './electron-transport.ts';
import { openWebSocket } from './web-socket-transport.ts';

/** The line to the studio: through the preload where there is one, else to the server that sent this page. */
export function openTransport(page: MaybePreloaded, token: string | null): Promise<BridgeTransport> {
  if (page.relaydeck !== undefined) return Promise.resolve(openPreload(page.relaydeck));
  return openWebSocket({ pageUrl: page.location.href, token });
}
