/**
 * The window of a running studio, as a streamer has it in front of them.
 * @module
 */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { Stage } from '../harness/stage.ts';
import { startStudio, type Studio } from '../harness/studio.ts';
import { findTool, needs } from '../harness/tools.ts';

export { expect };

type Given = {
  readonly stage: Stage;
  readonly studio: Studio;
  /** The window, open on the studio. Fails the test when the page throws. */
  readonly window: StudioWindow;
};

/** Why no window can be opened here; undefined when it can. */
export const whyNoBrowser = findTool('chromium') === undefined ? 'Chromium is not installed' : undefined;
/** Why no encoder can be played here; undefined when it can. */
export const whyNoEncoder = needs('ffmpeg').missing ? 'FFmpeg is not installed' : undefined;
/** Why no server can be played here; undefined when it can. */
export const whyNoServer = needs('nginx', 'nginx-rtmp').missing
  ? 'nginx with its RTMP module is not installed'
  : undefined;

/** Playwright's test with a studio and its window at hand. */
export const test = base.extend<Given>({
  stage: async ({}, use, { title, errors }) => {
    const stage = new Stage(title);
    await use(stage);
    await stage.close({ failed: errors.length > 0 });
  },
  studio: async ({ stage }, use) => {
    await use(await startStudio(stage));
  },
  window: async ({ page, context, studio }, use) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: studio.ready.httpUrl });
    const thrown: string[] = [];
    page.on('pageerror', (error) => thrown.push(String(error)));
    const window = new StudioWindow(page);
    await window.open(studio.ready.uiUrl);
    await use(window);
    expect(thrown).toEqual([]);
  },
});

/** What a streamer sees and does, by the test ids of the window. */
export class StudioWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(uiUrl: string): Promise<void> {
    await this.page.goto(uiUrl);
    await expect(this.by('show-state')).toBeVisible();
  }

  by(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Presses a copy button and gives what is on the clipboard. */
  async copied(testId: string): Promise<string> {
    await this.page.evaluate("navigator.clipboard.writeText('')");
    await this.by(testId).first().click();
    await expect.poll(() => this.#clipboard()).not.toBe('');
    return this.#clipboard();
  }

  /** A target's row, by the name it was given. */
  target(name: string): Locator {
    return this.page.locator(`[data-target-name="${name}"]`);
  }

  /** Adds a target through the form, as a click of a streamer does; `more` fills in what few targets need. */
  async addTarget(
    presetId: string,
    fill: { readonly name: string; readonly url?: string; readonly key?: string },
    more: (form: Locator) => Promise<void> = () => Promise.resolve(),
  ): Promise<Locator> {
    await this.by('add-target').first().click();
    await this.by('platform-search').fill(presetId);
    await this.by(`platform-option-${presetId}`).click();
    const form = this.by('target-form');
    await form.getByLabel('Name', { exact: true }).fill(fill.name);
    if (fill.url !== undefined) await form.getByLabel('Server', { exact: true }).fill(fill.url);
    if (fill.key !== undefined) await form.getByLabel('Stream key', { exact: true }).fill(fill.key);
    await more(form);
    await this.by('target-save').click();
    await expect(form).toBeHidden();
    return this.target(fill.name);
  }

  /** Waits until an encoder, or the test signal, sends. */
  async encoderIsLive(): Promise<void> {
    await expect(this.by('ingest-state').first()).toContainText(/encoder live/i, { timeout: 60_000 });
  }

  /** Presses "Start" in a target's row and waits until it is live. */
  async goLive(row: Locator): Promise<void> {
    await row.getByTestId('target-toggle').click();
    await expect(row).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
  }

  /** Unfolds everything that is folded within `part`. */
  async unfold(part: Locator): Promise<void> {
    const folded = part.locator('details:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
  }

  /** Frames the browser has decoded and shown so far. */
  async framesShown(): Promise<number> {
    return this.page.evaluate<number>(
      "document.querySelector('[data-testid=preview-video]')?.getVideoPlaybackQuality?.().totalVideoFrames ?? 0",
    );
  }

  /** The picture as it is now, 32 by 18 grey values. */
  async picture(): Promise<readonly number[]> {
    return this.page.evaluate<number[]>(`(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 32;
      canvas.height = 18;
      const drawing = canvas.getContext('2d');
      drawing.drawImage(document.querySelector('[data-testid=preview-video]'), 0, 0, 32, 18);
      const { data } = drawing.getImageData(0, 0, 32, 18);
      return Array.from({ length: 32 * 18 }, (_, i) => data[4 * i] + data[4 * i + 1] + data[4 * i + 2]);
    })()`);
  }

  /** Waits until the picture is there and moves: frames are decoded, and they differ. */
  async pictureMoves(): Promise<void> {
    await expect.poll(() => this.framesShown(), { timeout: 20_000 }).toBeGreaterThan(5);
    const [frames, before] = [await this.framesShown(), await this.picture()];
    expect(Math.max(...before) - Math.min(...before), 'a picture, not one colour').toBeGreaterThan(100);
    await expect.poll(() => this.framesShown(), { timeout: 10_000 }).toBeGreaterThan(frames + 10);
    const after = await this.picture();
    expect(after.filter((value, i) => Math.abs(value - (before[i] ?? 0)) > 8).length).toBeGreaterThan(0);
  }

  /** Waits until the picture stands still for a second and is quite another one than `before`. */
  async pictureStands(before: readonly number[]): Promise<void> {
    const differing = (one: readonly number[], other: readonly number[], by: number): number =>
      one.filter((value, i) => Math.abs(value - (other[i] ?? 0)) > by).length / one.length;
    const look = async (): Promise<{ readonly moves: number; readonly isOther: boolean }> => {
      const first = await this.picture();
      await this.page.waitForTimeout(1_000);
      const second = await this.picture();
      return { moves: differing(first, second, 8), isOther: differing(second, before, 60) > 0.5 };
    };
    await expect.poll(look, { timeout: 20_000 }).toEqual({ moves: 0, isOther: true });
  }

  /** Breaches of WCAG 2.2 A and AA that axe finds, in words. */
  async axeViolations(): Promise<readonly string[]> {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(tags).analyze();
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .map((node) => node.html)
          .join(' | ')
          .slice(0, 600)}`,
    );
  }

  /** Axe finds nothing, in the light and in the dark. */
  async axeFindsNothing(state: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await this.page.waitForTimeout(250);
      expect(await this.axeViolations(), `${state}, ${colorScheme}`).toEqual([]);
    }
  }

  /** Axe finds nothing in a dialog, and in a narrow window nothing of it has to be scrolled sideways. */
  async dialogHoldsUp(state: string): Promise<void> {
    await this.axeFindsNothing(state);
    const size = this.page.viewportSize();
    await this.page.setViewportSize({ width: 320, height: 800 });
    const sideways = await this.page.evaluate<string[]>(`
      [...document.querySelectorAll('[role=dialog], [role=dialog] *')]
        .filter((part) => /auto|scroll|hidden/.test(getComputedStyle(part).overflowX))
        .filter((part) => !part.matches('.sr-only, .truncate, input, select'))
        .filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth)
        .map((part) => part.outerHTML.slice(0, 200))`);
    expect(sideways, `${state}, 320 px wide`).toEqual([]);
    if (size !== null) await this.page.setViewportSize(size);
  }

  /** Pixels by which the page is wider than its window. */
  async overflow(): Promise<number> {
    return this.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  }

  async #clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }
}
