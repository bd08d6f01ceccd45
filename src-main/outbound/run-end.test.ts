import { expect, test } from 'vitest';
import { CLOSED_AT_PUBLISH_LIMIT, judge, type RunEnd, type VerdictContext } from './run-end.ts';

const context: VerdictContext = {
  platformName: 'Twitch',
  host: 'live.twitch.tv',
  port: 1935,
  tls: false,
  keyPlace: 'Creator Dashboard > Stream',
  wasLive: false,
  refusedInARow: 1,
  closedAtPublish: 0,
};
type Failure = Exclude<RunEnd, { kind: 'stopped' }>;
const refused = (step: 'connect' | 'publish', code: string, description: string): Failure => ({
  kind: 'refused',
  step,
  code,
  description,
});

test.each<[string, Failure, string, boolean, RegExp]>([
  [
    'no such name',
    { kind: 'dial-failed', code: 'dns-failed', detail: '' },
    'dns-failed',
    true,
    /live\.twitch\.tv cannot be found/,
  ],
  [
    'refused port',
    { kind: 'dial-failed', code: 'refused', detail: '' },
    'connection-refused',
    true,
    /live\.twitch\.tv:1935/,
  ],
  [
    'no route',
    { kind: 'dial-failed', code: 'unreachable', detail: '' },
    'unreachable',
    true,
    /network connection/,
  ],
  [
    'no answer to the call',
    { kind: 'dial-failed', code: 'timeout', detail: '' },
    'timeout',
    true,
    /firewall/,
  ],
  [
    'a bad certificate',
    { kind: 'dial-failed', code: 'tls-certificate', detail: 'expired' },
    'tls-certificate',
    false,
    /expired.*key was not sent/,
  ],
  ['no TLS', { kind: 'dial-failed', code: 'tls-failed', detail: '' }, 'tls-failed', true, /use rtmp:\/\//],
  [
    'something else',
    { kind: 'dial-failed', code: 'network-error', detail: 'EWHAT' },
    'network-error',
    true,
    /EWHAT/,
  ],
  [
    'wrong app',
    refused('connect', 'NetConnection.Connect.InvalidApp', 'no app'),
    'server-refused',
    false,
    /\(it says: “no app”\).*last part/,
  ],
  [
    'wrong key',
    refused('publish', 'NetStream.Publish.Denied', ''),
    'key-refused',
    false,
    /NetStream\.Publish\.Denied.*Creator Dashboard/,
  ],
  [
    'already live',
    refused('publish', 'NetStream.Publish.BadName', 'Stream already publishing'),
    'already-publishing',
    true,
    /already live with this stream key/,
  ],
  [
    'key in use',
    refused('publish', 'NetStream.Publish.BadName', 'key is in use'),
    'already-publishing',
    true,
    /Stop the other stream/,
  ],
  [
    'closed at publish',
    { kind: 'closed', step: 'publish', detail: '' },
    'closed-at-publish',
    true,
    /key is wrong or has expired/,
  ],
  [
    'lost',
    { kind: 'closed', step: 'live', detail: 'read ECONNRESET' },
    'connection-lost',
    true,
    /ECONNRESET/,
  ],
  [
    'closed at the handshake',
    { kind: 'closed', step: 'handshake', detail: '' },
    'closed-early',
    true,
    /at the handshake.*rtmps:\/\//,
  ],
  ['silent', { kind: 'no-answer', step: 'create-stream' }, 'no-answer', true, /while the stream was created/],
  [
    'stalled',
    { kind: 'stalled', stillMs: 20_600, waitingBytes: 811_200 },
    'stalled',
    true,
    /no data for 21 s, and 812 kB wait/,
  ],
  [
    'told to go',
    { kind: 'ended-by-server', code: 'NetStream.Unpublish.Success', description: '' },
    'ended-by-platform',
    true,
    /NetStream\.Unpublish/,
  ],
  [
    'no RTMP server',
    { kind: 'protocol-error', code: 'not-an-rtmp-server', detail: '' },
    'not-rtmp',
    true,
    /no RTMP server/,
  ],
  [
    'nonsense',
    { kind: 'protocol-error', code: 'x', detail: 'type 3 chunk first' },
    'protocol-error',
    true,
    /type 3 chunk first/,
  ],
])('%s', (_, end, code, retry, words) => {
  const verdict = judge(end, context);
  expect(verdict).toMatchObject({ code, retry });
  expect(verdict.message).toMatch(words);
});

test('closed at publish too often is a wrong key', () => {
  const end: Failure = { kind: 'closed', step: 'publish', detail: '' };
  const verdicts = [1, 7, 8, 9].map((closedAtPublish) => judge(end, { ...context, closedAtPublish }));
  expect(verdicts.map(({ retry }) => retry)).toEqual([true, true, false, false]);
  expect(CLOSED_AT_PUBLISH_LIMIT).toBe(8);
  expect(verdicts[2]?.message).toContain('start this target anew');
});

// Root cause: a server that still held the connection lost a moment ago refused the second one, and a good key was
// taken for a wrong one for the rest of the evening.
test.each<[string, Failure]>([
  ['closed at publish', { kind: 'closed', step: 'publish', detail: '' }],
  ['refused at publish', refused('publish', 'NetStream.Publish.Denied', 'no')],
  ['a bare BadName', refused('publish', 'NetStream.Publish.BadName', '')],
  ['refused at connect', refused('connect', 'NetConnection.Connect.Rejected', 'full')],
  ['a captive portal', { kind: 'dial-failed', code: 'tls-certificate', detail: '' }],
])('%s, after it was live in this show: tried again', (_, end) => {
  const often = { ...context, wasLive: true, closedAtPublish: 50, refusedInARow: 50 };
  const verdict = judge(end, often);
  expect(verdict.retry).toBe(true);
});

test('a refusal without words is tried again for a while, then it is the key', () => {
  const end = refused('publish', 'NetStream.Publish.BadName', '');
  const retries = [1, 7, 8].map((refusedInARow) => judge(end, { ...context, refusedInARow }).retry);
  expect(retries).toEqual([true, true, false]);
});

test('without a hint where the key is, the words still say what to do', () => {
  const verdict = judge(refused('publish', 'x', 'no'), { ...context, keyPlace: null });
  expect(verdict.message).toContain('Copy it again from the platform');
});

test('what a server says is cut: a page of it fits into no log', () => {
  const { message } = judge(refused('publish', 'x', 'y'.repeat(10_000)), context);
  expect(message.length).toBeLessThan(400);
});
