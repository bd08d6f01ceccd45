/**
 * Answers the ingest server by app and key.
 * @module
 */
import { isOwnAddress } from '../net/shown-host.ts';
import { statusCode } from '../rtmp/command/status.ts';
import {
  REHEARSAL_APP,
  type Caller,
  type IngestDesk,
  type PlayPlace,
  type PublishPlace,
  type Refusal,
} from './ingest-desk.ts';
import type { IngestSlot } from './ingest-slot.ts';

/** An ingest with its keys, as the desk looks it up. */
export type KeyedSlot = {
  readonly slot: IngestSlot;
  readonly app: string;
  readonly streamKey: string;
  /** Of the backup encoder; it lets in while there is one. */
  readonly backupKey: string;
  readonly hasBackup: boolean;
  readonly playKey: string;
};

/** What the desk needs from the studio. */
export type KeyDeskOptions = {
  readonly slots: () => Iterable<KeyedSlot>;
  readonly rehearsal: (caller: Caller) => PublishPlace | Refusal;
  /** A player came or went. */
  readonly playersChanged: (ingestId: string, change: 1 | -1) => void;
};

/** Builds the desk. */
export function keyDesk(options: KeyDeskOptions): IngestDesk {
  const knownApps = (): Set<string> =>
    new Set([REHEARSAL_APP, ...[...options.slots()].map((known) => known.app)]);
  return {
    connect: ({ app }) =>
      knownApps().has(firstSegment(app)) ? { ok: true } : unknownApp(app, [...options.slots()]),
    publish: (caller) => {
      if (firstSegment(caller.app) === REHEARSAL_APP) return options.rehearsal(caller);
      const key = keyOf(caller);
      for (const known of options.slots()) {
        if (known.app !== firstSegment(caller.app)) continue;
        if (known.streamKey === key) return known.slot.publish(caller);
        if (known.hasBackup && known.backupKey === key) return known.slot.publish(caller, 'backup');
      }
      return unknownKey(key, options.slots());
    },
    play: (caller) => play(caller, options),
  };
}

function play(caller: Caller, options: KeyDeskOptions): PlayPlace | Refusal {
  const key = keyOf(caller);
  for (const { slot, app, streamKey, playKey } of options.slots()) {
    if (app !== firstSegment(caller.app)) continue;
    if (key !== playKey && !(key === streamKey && isThisComputer(caller.address))) continue;
    options.playersChanged(slot.id, 1);
    return {
      ok: true,
      ingestId: slot.id,
      stream: slot.stream,
      left: () => {
        options.playersChanged(slot.id, -1);
      },
    };
  }
  return {
    ok: false,
    statusCode: statusCode.playStreamNotFound,
    code: 'unknown-play-key',
    message:
      'A player asked for a stream with a key that is not known here. Copy the play address from the ingest; other computers need its play key.',
    ingestId: null,
  };
}

/** The key a caller means: without a query, and also when the encoder put it behind the app. */
function keyOf({ app, streamName }: Caller): string {
  const name = withoutQuery(streamName).replace(/^\/+|\/+$/g, '');
  return name === '' ? withoutQuery(app).split('/').slice(1).join('/') : name;
}

function firstSegment(app: string): string {
  return withoutQuery(app).split('/')[0] ?? '';
}

function withoutQuery(text: string): string {
  return text.split('?')[0] ?? '';
}

function isThisComputer(address: string): boolean {
  if (/^(127\.|::ffff:127\.)|^::1:\d+$/.test(address)) return true;
  // The address that is shown to paste may be this computer's own in the network.
  return isOwnAddress(address.replace(/:\d+$/, '').replace(/^::ffff:/, ''));
}

function unknownApp(app: string, slots: readonly KeyedSlot[]): Refusal {
  const wanted = [...new Set(slots.map((known) => `/${known.app}`))];
  const said = firstSegment(app);
  const isKey = slots.some((slot) => [slot.streamKey, slot.backupKey, slot.playKey].includes(said));
  // Behind the app, and in a query, there may be a key.
  const shown = isKey ? 'the key itself' : `"/${said.slice(0, 40)}"`;
  return {
    ok: false,
    statusCode: statusCode.connectInvalidApp,
    code: 'unknown-app',
    message: `The encoder's server address ends in ${shown}, which is not known here. It must end in ${wanted.join(' or ')}; copy the server address from the ingest.`,
    ingestId: null,
  };
}

function unknownKey(key: string, slots: Iterable<KeyedSlot>): Refusal {
  const isPlayKey = [...slots].some((known) => known.playKey === key);
  const why =
    key === ''
      ? 'sent no stream key'
      : isPlayKey
        ? 'sent the play key'
        : 'sent a stream key that is not known here';
  return {
    ok: false,
    statusCode: statusCode.publishDenied,
    code: 'unknown-stream-key',
    message: `An encoder ${why}. Copy the stream key from the ingest and paste it into the encoder again.`,
    ingestId: null,
  };
}
