/**
 * How a target does, in one word with reasons. docs/health.md has the rules.
 * @module
 */
import type { Health } from '../../src-shared/model/health.ts';
import type { Finding, ShedLevel, TargetState } from '../../src-shared/model/target.ts';
import { WordKeeper, type HealthFinding, type Patience } from './health-word.ts';

/** A target at one second. */
export type TargetSample = {
  readonly state: TargetState;
  /** Stream time that waits to be sent, ms. */
  readonly queueMs: number;
  /** Video frames; those that are shed on purpose may be among them. */
  readonly droppedInLastSecond: number;
  /** What it got in the last second, and what it would have got on a good line, 1000 bit/s; null: not known. */
  readonly kbps: number;
  readonly wantedKbps: number | null;
  readonly shed: ShedLevel;
  /** Null: the server answers no pings. */
  readonly roundTripMs: number | null;
  readonly findings: readonly Finding[];
  /** A sentence on why it was lost or refused last. */
  readonly lastErrorMessage: string | null;
  /** Whether a delay holds its stream back right now: it may then rightly get nothing while that fills. */
  readonly delayed: boolean;
};

/** Away for this long viewers have noticed, s: platforms bridge a few seconds, and most reconnects take one or two. */
const OUT_TOO_LONG_SEC = 10;
/** More than half a GOP of 2 s: sockets and peaks at keyframes take less, ms. */
const LONG_QUEUE_MS = 1_000;
/** Seconds without a drop between two drops that still belong together: of each GOP of 2 s only a part may be dropped. */
const PAUSE_OF_DROPS_SEC = 1;
/** A way there and back that explains a queue, ms: the usual one within a continent is under a tenth of that. */
const SLOW_PING_MS = 500;

/** The word gets worse at once, or after as many seconds as no keyframe and no short stall of a line takes. */
const AT_ONCE = 1;
const SOON = 3;
const SURE = 5;
/** And better after two GOPs and a half without it: a line that recovers often falls back within one. */
const WELL_AGAIN_SEC = 5;

const PATIENCE: Readonly<Record<string, Patience>> = {
  // Its next try has a word of its own.
  failed: { enter: AT_ONCE, leave: 1 },
  // Timed by what is sampled; see `#out`.
  out: { enter: AT_ONCE, leave: WELL_AGAIN_SEC },
  // `came-back` goes on where this ends.
  lost: { enter: AT_ONCE, leave: 1 },
  'came-back': { enter: AT_ONCE, leave: 60 },
  stuck: { enter: SURE, leave: WELL_AGAIN_SEC },
  dropping: { enter: SURE, leave: WELL_AGAIN_SEC },
  dropped: { enter: AT_ONCE, leave: 30 },
  queue: { enter: SOON, leave: WELL_AGAIN_SEC },
  shed: { enter: AT_ONCE, leave: WELL_AGAIN_SEC },
};
/** Of a platform's rule that is not kept: bitrates near a limit go over and under it. */
const OF_RULES: Patience = { enter: SOON, leave: 10 };

const SHED_WORDS: Readonly<Record<Exclude<ShedLevel, 'none'>, string>> = {
  keyframes: 'Gets sound and keyframes only: the line cannot carry all.',
  sound: 'Gets sound only: the line cannot carry more.',
};

/** One per target; what it holds is bounded by the number of rules. */
export class TargetHealthKeeper {
  readonly #keeper = new WordKeeper((code) => PATIENCE[code] ?? OF_RULES);
  /** Seconds of trying to connect since it was live or set on its way. */
  #outSec = 0;
  /** It was live, or a try went wrong, since it was set on its way: the next connecting is no beginning. */
  #hasHistory = false;
  #wasLive = false;
  #sinceDropSec = Infinity;

  /** Takes what is so this second; called once a second, whatever the state. */
  sample(sample: TargetSample): Health {
    switch (sample.state) {
      case 'off':
        return this.#wait('This target is off.');
      case 'waiting':
        return this.#wait('Not on air yet: it waits for the encoder, or for its time.');
      case 'failed':
        this.#forget();
        return this.#keeper.take([
          failing('failed', sample.lastErrorMessage ?? 'It was lost, and does not try again by itself.'),
        ]);
      case 'connecting':
      case 'retrying':
        return this.#out(sample);
      case 'live':
        return this.#keeper.take([
          ...this.#connection(sample),
          ...this.#sending(sample),
          ...ruleReasons(sample),
        ]);
    }
  }

  #wait(why: string): Health {
    this.#forget();
    return this.#keeper.take([], why);
  }

  #forget(): void {
    this.#outSec = 0;
    this.#hasHistory = false;
    this.#wasLive = false;
    this.#sinceDropSec = Infinity;
  }

  #out({ state, lastErrorMessage }: TargetSample): Health {
    this.#outSec++;
    this.#hasHistory ||= state === 'retrying';
    const why = lastErrorMessage === null || !this.#hasHistory ? '' : ` ${lastErrorMessage}`;
    if (this.#outSec > OUT_TOO_LONG_SEC) {
      return this.#keeper.take([
        failing('out', `Not connected for over ${OUT_TOO_LONG_SEC} s; it keeps trying.${why}`),
      ]);
    }
    if (!this.#hasHistory) return this.#keeper.take([], 'Connecting.');
    const what = this.#wasLive ? 'The connection was lost a moment ago' : 'The first try went wrong';
    return this.#keeper.take([strained('lost', `${what}; it tries again.${why}`)]);
  }

  #connection({ lastErrorMessage }: TargetSample): readonly HealthFinding[] {
    const cameBack = this.#wasLive && this.#outSec > 0;
    this.#outSec = 0;
    this.#hasHistory = true;
    this.#wasLive = true;
    const why = lastErrorMessage === null ? '' : ` ${lastErrorMessage}`;
    return cameBack ? [strained('came-back', `It was lost and came back within the last minute.${why}`)] : [];
  }

  #sending(sample: TargetSample): readonly HealthFinding[] {
    const { queueMs, kbps, wantedKbps, shed, roundTripMs, delayed } = sample;
    const reasons: HealthFinding[] = [];
    if (kbps === 0 && (wantedKbps ?? 0) > 0 && !delayed) {
      reasons.push(
        failing(
          'stuck',
          'Connected, but nothing gets through: the line or the platform has stopped taking it.',
        ),
      );
    }
    reasons.push(...this.#drops(sample));
    if (queueMs > LONG_QUEUE_MS) {
      const ping =
        (roundTripMs ?? 0) > SLOW_PING_MS ? ' A ping there and back takes over half a second.' : '';
      reasons.push(
        strained('queue', `Over a second of the stream waits to be sent: this way there is too slow.${ping}`),
      );
    }
    if (shed !== 'none') reasons.push(strained('shed', SHED_WORDS[shed]));
    return reasons;
  }

  #drops({ droppedInLastSecond, shed }: TargetSample): readonly HealthFinding[] {
    // What is shed on purpose is counted as dropped, and has a reason of its own.
    const hasDropped = droppedInLastSecond > 0 && shed === 'none';
    this.#sinceDropSec = hasDropped ? 0 : this.#sinceDropSec + 1;
    const reasons: HealthFinding[] = [];
    if (this.#sinceDropSec <= PAUSE_OF_DROPS_SEC) {
      reasons.push(
        failing(
          'dropping',
          'Frames are dropped all the time: lower the video bitrate in the encoder, or switch off another target.',
        ),
      );
    }
    if (hasDropped) reasons.push(strained('dropped', 'Frames were dropped in the last 30 s.'));
    return reasons;
  }
}

/** Only what a platform refuses or cannot show strains it; the rest stands beside it as advice. */
function ruleReasons({ findings }: TargetSample): readonly HealthFinding[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, sent, wanted, consequence, fix }) =>
      strained(`rule-${rule}`, `You send ${sent}, wanted is ${wanted}. ${consequence} ${fix}`),
    );
}

function failing(code: string, message: string): HealthFinding {
  return { code, level: 'failing', message };
}

function strained(code: string, message: string): HealthFinding {
  return { code, level: 'strained', message };
}
