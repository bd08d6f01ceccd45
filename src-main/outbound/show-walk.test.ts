import { expect, test } from 'vitest';
import { ALREADY_PUBLISHING } from '../net/testing/scripted-server.ts';
import { TransportError } from '../net/transport.ts';
import { ManualClock } from '../platform/testing/manual-clock.ts';
import { seededRandom } from '../platform/testing/seeded-random.ts';
import { Show, TICK_MS } from './testing/show.ts';
import type { Next } from './testing/stage.ts';
import { WalkTarget } from './testing/walk-target.ts';

const SCENARIOS = 200;
const TARGETS = 10;
/** The first ones have healthy servers, and nobody touches them. */
const UNTOUCHED = 2;
const ACTS = 50;

const FATES: readonly Next[] = [
  ...Array.from({ length: 12 }, () => ({})),
  'refused',
  'reset',
  'never',
  { handshake: 'silent' },
  { handshake: 'close' },
  { connect: 'close' },
  { connect: 'garbage' },
  { connect: { code: 'No', description: '', redirect: '/elsewhere' } },
  { 'create-stream': 'close' },
  { 'create-stream': 'silent' },
  { publish: 'close' },
  { publish: 'silent' },
  { publish: ALREADY_PUBLISHING },
  { publish: { code: 'NetStream.Publish.Denied', description: 'unknown key' } },
];

/** One walk: a show, ten targets, and whatever chance says. */
class Walk {
  readonly clock = new ManualClock();
  readonly chance: () => number;
  readonly show: Show;
  readonly targets: readonly WalkTarget[];
  #isLive = false;
  /** What has happened, for who looks into a failure. */
  readonly told: string[] = [];

  constructor(seed: number) {
    const random = seededRandom(seed);
    this.chance = random.next;
    // A few shows are so heavy that queues meet their limit in bytes.
    const keyBytes = seed % 40 === 7 ? 3_000_000 : 400;
    this.show = new Show(this.clock, random, { delayMs: 100 * Math.ceil(this.chance() * 40), keyBytes });
    this.targets = Array.from({ length: TARGETS }, (_, n) => {
      const target = new WalkTarget(this.show, this.clock, random);
      target.legs.setEnabled(true);
      if (n < UNTOUCHED) return target;
      target.next = () => this.pick(FATES);
      target.movesAround = n >= TARGETS - 2;
      target.mode = n < TARGETS - 3 ? 'off' : this.pick(['off', 'together', 'on-failure']);
      return target;
    });
  }

  pick<T>(from: readonly T[]): T {
    const one = from[Math.floor(this.chance() * from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }

  async act(): Promise<void> {
    const [act, name] = this.#nextAct();
    this.told.push(name);
    act();
    await this.settle();
    const ticks = this.pick([1, 1, 2, 3, 5, 5, 8, 20]);
    for (let n = 0; n < ticks; n++) await this.tick();
  }

  async tick(): Promise<void> {
    this.clock.advance(TICK_MS);
    this.show.tick();
    await this.settle();
  }

  async settle(): Promise<void> {
    for (const target of this.targets) target.trickle();
    for (let quiet = 0; quiet < 2; quiet++) {
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
      for (const target of this.targets) if (target.flush()) quiet = -1;
    }
    for (const target of this.targets) target.look();
    for (const target of this.targets.slice(0, UNTOUCHED)) target.compare();
    for (const { got } of this.targets) got.length = 0;
    this.show.due.length = 0;
  }

  async close(): Promise<void> {
    const closed = this.targets.map(({ legs }) => legs.close());
    for (let n = 0; n < 10; n++) {
      this.clock.advance(2_000);
      await this.settle();
    }
    await Promise.all(closed);
    for (const target of this.targets) expect(target.open).toEqual([]);
    const { stream, delayed } = this.show;
    expect([this.clock.pending, stream.readerCount, delayed.stream.readerCount]).toEqual([0, 0, 0]);
  }

  #nextAct(): readonly [() => void, string] {
    if (!this.#isLive)
      return [
        () => {
          this.#begin();
        },
        'show begins',
      ];
    const rolled = this.chance();
    if (rolled < 0.03)
      return [
        () => {
          this.#end();
        },
        'show ends',
      ];
    if (rolled < 0.08)
      return [
        () => {
          this.show.leave();
        },
        'encoder leaves',
      ];
    if (rolled < 0.16)
      return [
        () => {
          this.show.begin();
        },
        'encoder comes',
      ];
    const target = this.pick(this.targets.slice(UNTOUCHED));
    return rolled < 0.6 ? this.#lineAct(target) : this.#orderAct(target);
  }

  #begin(): void {
    this.#isLive = true;
    this.show.begin();
    for (const target of this.targets) target.setStreamLive(true);
  }

  #end(): void {
    this.#isLive = false;
    this.show.end();
    for (const target of this.targets) target.setStreamLive(false);
  }

  /** Something happens to one of its connections. */
  #lineAct(target: WalkTarget): readonly [() => void, string] {
    const call = target.open.at(Math.floor(this.chance() * target.open.length));
    if (call === undefined) return [() => undefined, 'no line'];
    const { near } = call.line;
    if (target.movesAround && this.chance() < 0.5)
      return [() => void call.server.requestReconnect(), 'server moves it'];
    const stall = (): void => {
      near.stalled = true;
      near.pretendedBacklogBytes = 300_000;
    };
    const acts: readonly (readonly [() => void, string])[] = [
      [stall, 'line stalls'],
      [stall, 'line stalls'],
      [
        () => {
          near.cut(new TransportError('reset', 'read ECONNRESET'));
        },
        'reset',
      ],
      [
        () => {
          call.server.close();
        },
        'server closes',
      ],
      [
        () => {
          call.server.status({ level: 'error', code: 'NetStream.Failed', description: 'over' });
        },
        'server ends it',
      ],
      [
        () => {
          const every = 5 + Math.floor(this.chance() * 90);
          call.slow = { every, left: every };
        },
        'line slows down',
      ],
      [
        () => {
          call.slow = { every: 2, left: 1 };
        },
        'line recovers',
      ],
    ];
    return this.pick(acts);
  }

  /** Somebody wants something of it. */
  #orderAct(target: WalkTarget): readonly [() => void, string] {
    const { legs } = target;
    const { stream, delayed } = this.show;
    const acts: readonly (readonly [() => void, string])[] = [
      [
        () => {
          legs.setEnabled(false);
        },
        'stopped',
      ],
      [
        () => {
          legs.startNow();
        },
        'started',
      ],
      [
        () => {
          legs.setEnabled(true);
        },
        'switched on',
      ],
      [
        () => {
          legs.placeChanged(this.pick(['primary', 'backup']));
        },
        'edited',
      ],
      [
        () => {
          legs.setShed(this.pick(['none', 'none', 'keyframes', 'sound']));
        },
        'shed',
      ],
      [
        () => {
          legs.switchStream(delayed.stream);
        },
        'to the delayed stream',
      ],
      [
        () => {
          legs.switchStream(delayed.stream);
        },
        'to the delayed stream',
      ],
      [
        () => {
          legs.switchStream(stream);
        },
        'to the live stream',
      ],
      [
        () => {
          legs.tryNow();
          legs.checkLine();
        },
        'network back',
      ],
      [
        () => {
          target.mode = this.pick(['off', 'together', 'on-failure']);
          legs.modeChanged();
        },
        'mode',
      ],
    ];
    return this.pick(acts);
  }
}

/** Walks that never get anywhere prove nothing: what must have happened, each of it often. */
const MUST_HAPPEN = [
  'primary live',
  'primary again',
  'backup live',
  'switched',
  'switched while away',
  'moved',
  'stalled',
  'connection-lost',
  'ended-by-platform',
  'already-publishing',
  'key-refused',
  'closed-at-publish',
  'no-answer',
  'overflow',
];

test('two hundred shows: whatever happens to some targets, no rule is broken for them and the others get everything', async () => {
  const seen = new Map<string, number>();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  for (let seed = 1; seed <= SCENARIOS; seed++) {
    const walk = new Walk(seed);
    try {
      for (let n = 0; n < ACTS; n++) await walk.act();
      for (const { legs } of walk.targets) if (legs.counts.droppedFrames > 0) note('overflow');
      await walk.close();
    } catch (error) {
      throw new Error(`seed ${seed}, after: ${walk.told.join(', ')}`, { cause: error });
    }
    for (const { told } of walk.targets) told.forEach(note);
  }
  for (const what of MUST_HAPPEN)
    expect([what, seen.get(what) ?? 0]).toEqual([what, expect.toSatisfy(isOften)]);
}, 120_000);

function isOften(times: number): boolean {
  return times >= SCENARIOS / 20;
}
