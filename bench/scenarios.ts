/**
 * What is measured: one line per column of the table, with what we aim at.
 * @module
 */

/** One situation of a relay. */
export type Scenario = {
  readonly name: string;
  readonly words: string;
  readonly streams: number;
  readonly targetsPerStream: number;
  readonly playersPerStream: number;
  readonly videoKbps: number;
  /** CPU per delivered Gbit against nginx-rtmp in the same run: at most this. */
  readonly goal: number;
};

const PUSH = { streams: 1, playersPerStream: 0, videoKbps: 6_000 };
const PLAY = { streams: 1, targetsPerStream: 0, videoKbps: 6_000 };
/** From a hundred receivers on: two cores do not carry more beside the load. */
const MANY = { videoKbps: 2_000 };

/** All of them, in the table's order. */
export const SCENARIOS: readonly Scenario[] = [
  { ...PUSH, name: 'push-1', words: '1 target', targetsPerStream: 1, goal: 1.4 },
  { ...PUSH, name: 'push-5', words: '5 targets', targetsPerStream: 5, goal: 0.7 },
  { ...PUSH, name: 'push-20', words: '20 targets', targetsPerStream: 20, goal: 0.4 },
  { ...PUSH, ...MANY, name: 'push-100', words: '100 targets', targetsPerStream: 100, goal: 0.6 },
  { ...PLAY, name: 'play-50', words: '50 players', playersPerStream: 50, goal: 0.35 },
  { ...PLAY, ...MANY, name: 'play-200', words: '200 players', playersPerStream: 200, goal: 0.6 },
  {
    ...PUSH,
    name: '50-streams',
    words: '50 streams, 1 target each',
    streams: 50,
    targetsPerStream: 1,
    goal: 0.8,
  },
];

/** How many receive in a scenario. */
export function receiversOf({ streams, targetsPerStream, playersPerStream }: Scenario): number {
  return streams * (targetsPerStream + playersPerStream);
}
