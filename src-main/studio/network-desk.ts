/**
 * Where the studio listens: what holds for this start, and whether the next one will get what is set.
 * @module
 */
import type { CommandArgs } from '../../src-shared/bridge/contract.ts';
import type { NetworkField, NetworkReport } from '../../src-shared/model/studio-state.ts';
import { listen } from '../net/listen.ts';
import { ListenError } from '../net/listen-error.ts';
import { hostInUrl, shownHost } from '../net/shown-host.ts';
import type { Settings } from '../settings/settings.ts';
import type { StudioOptions } from './studio-options.ts';
import { CommandRefused } from './studio-port.ts';
import { given } from './studio-parts.ts';

type PortField = Exclude<NetworkField, 'rtmpHost'>;
type Patch = Pick<CommandArgs<'settings.update'>, NetworkField>;

/** What a desk works with. */
export type NetworkDeskOptions = {
  readonly saved: () => Pick<Settings, NetworkField>;
  /** Where this start listens. */
  readonly now: () => Omit<NetworkReport, 'byFlag' | 'urls'>;
  readonly byFlag: readonly NetworkField[];
  readonly httpHost: string;
  /** Addresses of this computer that other devices may reach. */
  readonly addresses: () => readonly string[];
  /** Listens for a moment. Rejects with a `ListenError` where that cannot be done. */
  readonly tryPort: (host: string, port: number) => Promise<void>;
};

const PORTS: readonly PortField[] = ['rtmpPort', 'rtmpsPort', 'httpPort'];
/** Below this, most systems let only the administrator listen. */
const FIRST_FREE_PORT = 1024;

/** Shows where encoders connect, and refuses what the next start could not have. */
export class NetworkDesk {
  readonly #options: NetworkDeskOptions;

  constructor(options: NetworkDeskOptions) {
    this.#options = options;
  }

  get report(): NetworkReport {
    const { now, byFlag } = this.#options;
    return { ...now(), byFlag, urls: this.#urls() };
  }

  /** @throws {CommandRefused} Names the field: two uses of one port, or a port that cannot be had. */
  async check(patch: Patch): Promise<void> {
    const saved = this.#options.saved();
    const wanted = { ...saved, ...given(patch) };
    for (const field of PORTS) {
      const port = wanted[field];
      if (port === null || port === saved[field]) continue;
      const other = PORTS.find((one) => one !== field && wanted[one] === port);
      if (other !== undefined) {
        throw new CommandRefused('same-port', `${field} must differ from ${PURPOSE[other]}.`, field);
      }
      await this.#tryPort(field, field === 'httpPort' ? this.#options.httpHost : wanted.rtmpHost, port);
    }
  }

  async #tryPort(field: PortField, host: string, port: number): Promise<void> {
    const { now, tryPort } = this.#options;
    const { rtmpPort, rtmpsPort, httpPort } = now();
    // Our own are free again by then.
    if ([rtmpPort, rtmpsPort, httpPort].includes(port)) return;
    try {
      await tryPort(host, port);
    } catch (error) {
      if (!(error instanceof ListenError)) throw error;
      throw new CommandRefused('port-not-free', whyNot(field, error), field);
    }
  }

  #urls(): readonly string[] {
    const { rtmpHost, rtmpPort, rtmpsPort } = this.#options.now();
    const all = [shownHost(rtmpHost), ...this.#options.addresses().map(hostInUrl), '127.0.0.1'];
    const hosts = rtmpHost === '0.0.0.0' || rtmpHost === '::' ? [...new Set(all)] : [shownHost(rtmpHost)];
    const plain = hosts.map((host) => `rtmp://${host}:${rtmpPort}/live`);
    const secure = rtmpsPort === null ? [] : hosts.map((host) => `rtmps://${host}:${rtmpsPort}/live`);
    return [...plain, ...secure];
  }
}

/** The ports that this studio's own server has. */
export type OwnPorts = Pick<NetworkReport, 'rtmpPort' | 'rtmpsPort'>;

/** The desk of a studio. */
export function openNetworkDesk(
  options: Pick<StudioOptions, 'settings' | 'rtmpHost' | 'http' | 'byFlag' | 'networkAddresses'>,
  ports: () => OwnPorts,
): NetworkDesk {
  const { settings, rtmpHost, http, byFlag, networkAddresses } = options;
  return new NetworkDesk({
    saved: () => settings.value,
    now: () => ({ rtmpHost, ...ports(), httpPort: http.port() }),
    byFlag,
    httpHost: http.host,
    addresses: networkAddresses,
    tryPort: async (host, port) => {
      const listener = await listen({ host, port }, (transport) => {
        transport.destroy();
      });
      await listener.close();
    },
  });
}

const PURPOSE: Readonly<Record<PortField, string>> = {
  rtmpPort: 'the RTMP port',
  rtmpsPort: 'the RTMPS port',
  httpPort: 'the port of window and API',
};

function whyNot(field: PortField, { code, port }: ListenError): string {
  switch (code) {
    case 'EADDRINUSE':
      return `${field} ${port} is taken by another program. End that program, or choose another port.`;
    case 'EACCES':
      return port < FIRST_FREE_PORT
        ? `${field} ${port} may not be used by this user. Choose one from ${FIRST_FREE_PORT} on.`
        : `${field} ${port} is kept back by the system. Choose another port.`;
    default:
      return `${field} ${port} cannot be listened on (${code}). Choose another port.`;
  }
}
