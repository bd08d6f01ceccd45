/**
 * An RTMP address in its parts.
 * @module
 */

/** `rtmp://host:port/app/name`, taken apart. */
export type RtmpAddress = {
  readonly host: string;
  readonly port: number;
  readonly app: string;
  readonly tcUrl: string;
  readonly streamName: string;
};

/** @throws {Error} The address is not whole. */
export function rtmpAddress(url: string): RtmpAddress {
  const [, host, port, app, streamName] = /^rtmp:\/\/([^/:]+):(\d+)\/([^/]+)\/(.+)$/.exec(url) ?? [];
  if (host === undefined || app === undefined || streamName === undefined)
    throw new Error(`not rtmp://host:port/app/name: ${url}`);
  return { host, port: Number(port), app, streamName, tcUrl: url.slice(0, -streamName.length - 1) };
}
