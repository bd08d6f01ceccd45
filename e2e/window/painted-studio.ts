/**
 * A studio that stands still: the real window on states that are given to it, at a time that does not pass. For
 * pictures of the window that must not change by themselves.
 * @module
 */
import type { Page, WebSocketRoute } from '@playwright/test';
import type { CommandName, FromStudio, ToStudio, Update } from '../../src-shared/bridge/contract.ts';
import type { StudioState } from '../../src-shared/model/studio-state.ts';

/** When all of it happens. */
export const PAINTED_AT = Date.parse('2026-03-14T20:30:00.000Z');
/** Seconds of figures that the plots show. */
const PAST_SECONDS = 120;

/** What is asked for beside the state, by command. */
export type Answers = Partial<Record<CommandName, unknown>>;

/** Ready before the page is opened; whatever the window asks for and `answers` lacks is refused. */
export class PaintedStudio {
  readonly #page: Page;
  readonly #answers: Answers;
  #state: StudioState;
  #line: WebSocketRoute | undefined;

  private constructor(page: Page, state: StudioState, answers: Answers) {
    this.#page = page;
    this.#state = state;
    this.#answers = answers;
  }

  static async behind(page: Page, state: StudioState, answers: Answers = {}): Promise<PaintedStudio> {
    const painted = new PaintedStudio(page, state, answers);
    await page.clock.setFixedTime(PAINTED_AT);
    await page.routeWebSocket(/\/bridge/, (line) => {
      painted.#serve(line);
    });
    return painted;
  }

  /** Sends one more update. */
  send(update: Update): void {
    this.#say({ kind: 'update', update });
  }

  /** Fills the plots: every second of the last minutes, as `at` makes the state of `second` (0 is now). */
  async fillPlots(at: (second: number) => Pick<StudioState, 'ingests' | 'targets'>): Promise<void> {
    for (let second = -PAST_SECONDS; second <= 0; second += 2) {
      await this.#page.clock.setFixedTime(PAINTED_AT + second * 1000);
      this.send({ type: 'snapshot', state: { ...this.#state, ...at(second) } });
      // The window takes what comes together as one, at the time that stands then.
      await this.#page.evaluate('new Promise((done) => setTimeout(done, 30))');
    }
    await this.show(this.#state);
  }

  /** Another state from now on. */
  async show(state: StudioState): Promise<void> {
    this.#state = state;
    await this.#page.clock.setFixedTime(PAINTED_AT);
    this.send({ type: 'snapshot', state });
    // The window's clocks turn once a second.
    await this.#page.waitForTimeout(1_200);
  }

  #serve(line: WebSocketRoute): void {
    this.#line = line;
    line.onMessage((text) => {
      const message = JSON.parse(String(text)) as ToStudio;
      if (message.kind === 'subscribe') this.send({ type: 'snapshot', state: this.#state });
      // A picture moves: here it is waited for.
      else if (message.command !== 'ingest.preview-url')
        this.#say(this.#answerTo(message.callId, message.command));
    });
  }

  #answerTo(callId: number, command: string): FromStudio {
    const known = (this.#answers as Readonly<Record<string, unknown>>)[command];
    if (known !== undefined) return { kind: 'answer', callId, value: known };
    const refusal = { code: 'painted', message: `A painted studio has no ${command}.`, field: null };
    return { kind: 'refusal', callId, refusal };
  }

  #say(message: FromStudio): void {
    this.#line?.send(JSON.stringify(message));
  }
}
