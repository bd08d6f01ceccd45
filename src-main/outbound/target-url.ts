/**
 * The server URL of a target, taken apart. What servers expect: a query of the server URL belongs to app and
 * tcUrl, a query of the key belongs to the publish name (YouTube's `?backup=1`, Twitch's `?bandwidthtest=true`).
 * @module
 */

/** A server URL, ready to dial and to connect with. */
export type TargetAddress = {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** Path and query without the first slash and without slashes at the end of the path. */
  readonly app: string;
  /** As the user wrote it, without a slash at the end. */
  readonly tcUrl: string;
};

/** A URL or key that cannot work: which field, what is wrong, what to do. */
export type TargetUrlFault = { readonly field: 'url' | 'streamKey'; readonly message: string };

const DEFAULT_PORT = { rtmp: 1935, rtmps: 443 } as const;

/** Takes a server URL apart, or says in words why it is none. */
export function readTargetUrl(url: string): TargetAddress | TargetUrlFault {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return fault(
      'The server URL must start with rtmp:// or rtmps://, as the platform shows it, for example rtmps://a.rtmps.youtube.com:443/live2.',
    );
  }
  if (scheme !== 'rtmp' && scheme !== 'rtmps') {
    return fault(`${scheme}:// cannot be published to. The server URL must start with rtmp:// or rtmps://.`);
  }
  const rest = url.slice(scheme.length + 3);
  const match = /^(?:[^@/]*@)?(\[[0-9a-fA-F:.]+\]|[^/:?#[\]]+)(?::([^/?#]*))?(?:\/(.*))?$/.exec(rest);
  const hostText = match?.[1];
  if (match === null || hostText === undefined || /[\s{}]/.test(rest)) {
    return fault(
      'The server URL holds no usable host name. It must look like rtmp://host/app, without spaces or placeholders.',
    );
  }
  const port = match[2] === undefined ? DEFAULT_PORT[scheme] : Number(match[2]);
  if (!/^\d*$/.test(match[2] ?? '') || port < 1 || port > 65535) {
    return fault(`The port "${match[2] ?? ''}" in the server URL is not a number from 1 to 65535.`);
  }
  const app = trimPath(match[3] ?? '');
  if (app === '')
    return fault(
      'The server URL has no app behind the host (the "live2" in rtmp://host/live2). Copy it whole from the platform.',
    );
  const host = hostText.replace(/^\[|\]$/g, '');
  const shownPort = match[2] === undefined ? '' : `:${port}`;
  return { tls: scheme === 'rtmps', host, port, app, tcUrl: `${scheme}://${hostText}${shownPort}/${app}` };
}

/**
 * App and publish name for a server URL and a key. Without a key the last part of the path is taken for it, since
 * some services show both as one line.
 */
export function readTarget(
  url: string,
  streamKey: string,
): { readonly address: TargetAddress; readonly streamName: string } | TargetUrlFault {
  const address = readTargetUrl(url);
  if ('field' in address) return address;
  if (streamKey !== '') return { address, streamName: streamKey };
  const path = address.app.split('?')[0] ?? '';
  const slash = path.lastIndexOf('/');
  if (slash < 0)
    return {
      field: 'streamKey',
      message: 'The stream key is missing. Copy it from the platform and paste it here.',
    };
  const app = address.app.slice(0, slash);
  const tcUrl = address.tcUrl.slice(0, address.tcUrl.length - (address.app.length - slash));
  return { address: { ...address, app, tcUrl }, streamName: address.app.slice(slash + 1) };
}

/** Slashes go from the end of the path, not from a query behind it. */
function trimPath(path: string): string {
  const [before = '', ...query] = path.split('?');
  const trimmed = before.replace(/^\/+|\/+$/g, '');
  return query.length === 0 ? trimmed : `${trimmed}?${query.join('?')}`;
}

function fault(message: string): TargetUrlFault {
  return { field: 'url', message };
}
