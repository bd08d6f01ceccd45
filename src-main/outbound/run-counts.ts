/**
 * What runs count, and what the two legs of a target have sent together.
 * @module
 */

/** What a run counts. */
export type RunCounts = {
  readonly bytesSent: number;
  readonly bytesAcknowledged: number;
  readonly droppedFrames: number;
  readonly queueMs: number;
  /** Bytes that wait in our queue, before the socket. */
  readonly queuedBytes: number;
  /** Bytes handed to the socket that the system has not taken yet. */
  readonly backlogBytes: number;
  /** How long the newest ping took, ms; null: the server answers none, or none yet. */
  readonly roundTripMs: number | null;
  readonly videoMessages: number;
  /** Newest times sent, ms: of all kinds, and of each. */
  readonly lastMs: number | undefined;
  readonly audioMs: number | undefined;
  readonly videoMs: number | undefined;
};

/** Counts that add up over time. */
export type Carried = Pick<RunCounts, 'bytesSent' | 'bytesAcknowledged' | 'droppedFrames'>;

/** Of a leg that has not sent yet. */
export const NOTHING_CARRIED: Carried = { bytesSent: 0, bytesAcknowledged: 0, droppedFrames: 0 };

/** @param carried What else counts of what was sent. Of what waits, the worse one counts; of times, the newest. */
export function sumOfLegs(one: RunCounts, other: RunCounts | undefined, carried: Carried): RunCounts {
  const legs = other === undefined ? [one] : [one, other];
  const sum = (key: keyof Carried | 'videoMessages'): number =>
    legs.reduce((total, leg) => total + leg[key], key === 'videoMessages' ? 0 : carried[key]);
  const most = (key: 'queueMs' | 'queuedBytes' | 'backlogBytes'): number =>
    Math.max(...legs.map((leg) => leg[key]));
  const newest = (key: 'lastMs' | 'audioMs' | 'videoMs'): number | undefined => {
    const times = legs.flatMap((leg) => leg[key] ?? []);
    return times.length === 0 ? undefined : Math.max(...times);
  };
  return {
    bytesSent: sum('bytesSent'),
    bytesAcknowledged: sum('bytesAcknowledged'),
    droppedFrames: sum('droppedFrames'),
    videoMessages: sum('videoMessages'),
    queueMs: most('queueMs'),
    queuedBytes: most('queuedBytes'),
    backlogBytes: most('backlogBytes'),
    roundTripMs: one.roundTripMs ?? other?.roundTripMs ?? null,
    lastMs: newest('lastMs'),
    audioMs: newest('audioMs'),
    videoMs: newest('videoMs'),
  };
}
