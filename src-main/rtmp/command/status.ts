/**
 * onStatus and its codes, as FMS and the servers after it send them (§7.2.2).
 * @module
 */
import { amfString, type AmfValue } from '../../amf/amf-value.ts';
import { writeCommand } from './command-message.ts';

/** The codes that we send. */
export const statusCode = {
  connectSuccess: 'NetConnection.Connect.Success',
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
  readonly description: string;
};

/** The body of an onStatus command. */
export function writeStatus(status: Status): Uint8Array {
  return writeCommand('onStatus', 0, null, { ...status });
}

/** Reads an info object; a peer that leaves fields out gets empty ones. */
export function readStatus(info: AmfValue): Status {
  const level = amfString(info, 'level');
  return {
    level: level === 'error' || level === 'warning' ? level : 'status',
    code: amfString(info, 'code') ?? '',
    description: amfString(info, 'description') ?? amfString(info, 'details') ?? '',
  };
}
