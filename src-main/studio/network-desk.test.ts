import { expect, test } from 'vitest';
import { ListenError } from '../net/listen-error.ts';
import { FIRST_SETTINGS } from '../settings/settings.ts';
import { NetworkDesk, type NetworkDeskOptions } from './network-desk.ts';
import { CommandRefused } from './studio-port.ts';

function desk(options: Partial<NetworkDeskOptions> = {}, codes: Readonly<Record<number, string>> = {}) {
  const tried: string[] = [];
  const made = new NetworkDesk({
    saved: () => FIRST_SETTINGS,
    now: () => ({ rtmpHost: '127.0.0.1', rtmpPort: 1935, rtmpsPort: null, httpPort: 8935 }),
    byFlag: [],
    httpHost: '127.0.0.1',
    addresses: () => ['192.168.1.20'],
    tryPort: (host, port) => {
      tried.push(`${host}:${port}`);
      const code = codes[port];
      return code === undefined ? Promise.resolve() : Promise.reject(new ListenError(code, host, port));
    },
    ...options,
  });
  return { desk: made, tried };
}

async function refusalOf(work: Promise<void>): Promise<unknown> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof CommandRefused) return error.refusal;
  throw new Error(`not refused: ${String(error)}`);
}

test('a port is tried where it will be used; what stays, is off or is ours is not', async () => {
  const { desk: network, tried } = desk();
  await network.check({ rtmpHost: '0.0.0.0', rtmpPort: 1940, httpPort: 9000 });
  expect(tried).toEqual(['0.0.0.0:1940', '127.0.0.1:9000']);
  await network.check({ rtmpPort: 1935, rtmpsPort: null, httpPort: 8935 });
  const flagged = desk({ now: () => ({ rtmpHost: '::1', rtmpPort: 4000, rtmpsPort: 4001, httpPort: 4002 }) });
  await flagged.desk.check({ rtmpPort: 4002, rtmpsPort: 4000, httpPort: 4001 });
  expect([tried.length, flagged.tried]).toEqual([2, []]);
});

test.each([
  ['EADDRINUSE', 5000, /^rtmpPort 5000 is taken by another program\. .*another port\.$/],
  ['EACCES', 80, /^rtmpPort 80 may not be used by this user\. Choose one from 1024 on\.$/],
  ['EACCES', 5000, /^rtmpPort 5000 is kept back by the system\. Choose another port\.$/],
  ['EINVAL', 5000, /^rtmpPort 5000 cannot be listened on \(EINVAL\)\. Choose another port\.$/],
])('%s on %i names the field and the way out', async (code, rtmpPort, words) => {
  const { desk: network } = desk({}, { [rtmpPort]: code });
  expect(await refusalOf(network.check({ rtmpPort }))).toEqual({
    code: 'port-not-free',
    field: 'rtmpPort',
    message: expect.stringMatching(words) as string,
  });
});

test.each([
  [{ rtmpPort: 8935 }, 'rtmpPort', 'rtmpPort must differ from the port of window and API.'],
  [{ rtmpsPort: 1935 }, 'rtmpsPort', 'rtmpsPort must differ from the RTMP port.'],
  [{ rtmpPort: 1936, rtmpsPort: 1936 }, 'rtmpPort', 'rtmpPort must differ from the RTMPS port.'],
])('%o: one port is not used twice', async (patch, field, message) => {
  const { desk: network, tried } = desk();
  expect(await refusalOf(network.check(patch))).toEqual({ code: 'same-port', field, message });
  expect(tried).toEqual([]);
});

test('ports that change places do not meet', async () => {
  await desk().desk.check({ rtmpPort: 8935, httpPort: 1935 });
});

test('a fault that is no refused port is not hidden', async () => {
  const { desk: network } = desk({ tryPort: () => Promise.reject(new TypeError('ours')) });
  await expect(network.check({ rtmpPort: 5000 })).rejects.toThrow(TypeError);
});

test('the report has every address that encoders may use, each once', () => {
  expect(desk({ byFlag: ['rtmpPort'] }).desk.report).toEqual({
    rtmpHost: '127.0.0.1',
    rtmpPort: 1935,
    rtmpsPort: null,
    httpPort: 8935,
    byFlag: ['rtmpPort'],
    urls: ['rtmp://127.0.0.1:1935/live'],
  });
  const { urls } = desk({
    now: () => ({ rtmpHost: '0.0.0.0', rtmpPort: 1940, rtmpsPort: 1941, httpPort: 8935 }),
    addresses: () => ['192.168.1.20', 'fd00::5', '127.0.0.1'],
  }).desk.report;
  expect(urls).toEqual([...new Set(urls)]);
  expect(urls).toEqual(
    expect.arrayContaining([
      'rtmp://192.168.1.20:1940/live',
      'rtmp://[fd00::5]:1940/live',
      'rtmp://127.0.0.1:1940/live',
      'rtmps://192.168.1.20:1941/live',
    ]),
  );
});
