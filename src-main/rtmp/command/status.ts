/**
 * onStatus and its codes, as FMS and the servers after it send them (§7.2.2).
 * @module
 */
import { amfNumber, amfObject, amfString, type AmfObject, type AmfValue } from '../../amf/amf-value.ts';
import { writeCommand } from './command-message.ts';

/** The codes that we send. */
export const statusCode = {
  connectSuccess: 'NetConnection.Connect.Success',
  connectRejected: 'NetConnection.Connect.Rejected',
  connectReconnectRequest: 'NetConnection.Connect.ReconnectRequest',
  connectInvalidApp: 'NetConnection.Connect.InvalidApp',
  callFailed: 'NetConnection.Call.Failed',
  publishStart: 'NetStream.Publish.Start',
  publishBadName: 'NetStream.Publish.BadName',
  publishDenied: 'NetStream.Publish.Denied',
  unpublishSuccess: 'NetStream.Unpublish.Success',
  playReset: 'NetStream.Play.Reset',
  playStart: 'NetStream.Play.Start',
  playStop: 'NetStream.Play.Stop',
  playStreamNotFound: 'NetStream.Play.StreamNotFound',
  playUnpublishNotify: 'NetStream.Play.UnpublishNotify',
  pauseNotify: 'NetStream.Pause.Notify',
  unpauseNotify: 'NetStream.Unpause.Notify',
  seekFailed: 'NetStream.Seek.Failed',
} as const;

/** A status, as an info object carries it. */
export type Status = {
  readonly level: 'status' | 'error' | 'warning';
  readonly code: string;
  /** Whole, as it came: challenges of an access manager are in it. */
  readonly description: string;
  /** Of a refusal: the tcUrl to try instead. The server's word, to be checked as any server URL is. */
  readonly redirect?: string;
};

/** What HTTP and FMS call "moved": the number that goes with a redirect. */
const MOVED = 302;
/** A redirect told in words only, as access managers do: `[ code=302; redirect=rtmp://host/app ]`. */
const TOLD_REDIRECT = /\bredirect\s*[=:]\s*[\"']?(rtmps?:\/\/[^\s\]"';,]+)/i;

/** The body of an onStatus command. */
export function writeStatus(status: Status): Uint8Array {
  return writeCommand('onStatus', 0, null, statusInfo(status));
}

/** The info object of a status: a redirect goes in the form of FMS, which every client that follows one knows. */
export function statusInfo({ level, code, description, redirect }: Status): AmfObject {
  const info = { level, code, description };
  return redirect === undefined ? info : { ...info, ex: { code: MOVED, redirect } };
}

/** Reads an info object; a peer that leaves fields out gets empty ones. */
export function readStatus(info: AmfValue): Status {
  const level = amfString(info, 'level');
  const description = amfString(info, 'description') ?? amfString(info, 'details') ?? '';
  const status: Status = {
    level: level === 'error' || level === 'warning' ? level : 'status',
    code: amfString(info, 'code') ?? '',
    description,
  };
  const redirect = readRedirect(info, description);
  return redirect === undefined ? status : { ...status, redirect };
}

/**
 * FMS, Wowza, SRS and nginx-rtmp's successors: `ex: { code: 302, redirect }`. Others put it beside `description`, or
 * only into its words. SRS's `redirect2` is a whole stream URL and no tcUrl, so it is not read.
 */
function readRedirect(info: AmfValue, description: string): string | undefined {
  const ex = amfObject(info)?.ex;
  const inEx = amfString(ex, 'redirect');
  if (inEx !== undefined && (amfNumber(ex, 'code') ?? MOVED) === MOVED) return nonEmpty(inEx);
  return nonEmpty(amfString(info, 'redirect')) ?? TOLD_REDIRECT.exec(description)?.[1];
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
