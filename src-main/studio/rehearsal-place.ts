/**
 * Where rehearsal targets publish to: this same computer.
 * @module
 */
import type { PublishPlace, Refusal } from '../ingest/ingest-desk.ts';
import type { RehearsalSink } from '../rehearsal/rehearsal-sink.ts';
import { statusCode } from '../rtmp/command/status.ts';

/** The place of a rehearsal target's sink; undefined: whoever asks is no rehearsal target of ours. */
export function rehearsalPlace(sink: RehearsalSink | undefined): PublishPlace | Refusal {
  if (sink === undefined) {
    return {
      ok: false,
      statusCode: statusCode.publishDenied,
      code: 'no-such-rehearsal',
      message: 'The rehearsal address takes only the rehearsal targets of this studio.',
      ingestId: null,
    };
  }
  return {
    ok: true,
    ingestId: null,
    message: (message) => {
      sink.message(message);
    },
    left: () => undefined,
  };
}
