/**
 * The window in its states, held against pictures that were looked at. After a wanted change:
 * `npx playwright test -c e2e/playwright.config.ts e2e/window/pictures.spec.ts --update-snapshots`, then look at them.
 */
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import type { StudioState } from '../../src-shared/model/studio-state.ts';
import type { Studio } from '../harness/studio.ts';
import { FIRST_START, IN_TROUBLE, ON_AIR, swaying } from './painted-states.ts';
import { PaintedStudio } from './painted-studio.ts';
import { expect, test, whyNoBrowser } from './window-test.ts';

test.skip(whyNoBrowser !== undefined, whyNoBrowser);

/** Letters of another font are other pictures. */
function whyOtherLetters(): string | undefined {
  if (process.platform !== 'linux') return 'the pictures were taken on Linux';
  try {
    const font = execFileSync('fc-match', ['system-ui', '-f', '%{family}'], { encoding: 'utf8' });
    return font === 'DejaVu Sans'
      ? undefined
      : `the pictures were taken with DejaVu Sans, and here is ${font}`;
  } catch {
    return 'there is no fc-match to ask for the font';
  }
}
const otherLetters = whyOtherLetters();
test.skip(otherLetters !== undefined, otherLetters);

const SIZES = {
  small: { width: 900, height: 600 },
  usual: { width: 1440, height: 900 },
  '4k': { width: 3840, height: 2160 },
  dock: { width: 320, height: 900 },
} as const;
type Size = keyof typeof SIZES;

const STATES: Readonly<Record<string, StudioState>> = {
  'first-start': FIRST_START,
  'on-air': ON_AIR,
  'in-trouble': IN_TROUBLE,
};

/** Each state at every size, and at the usual one in both themes. */
const LOOKS: readonly (readonly [Size, 'dark' | 'light'])[] = [
  ['small', 'dark'],
  ['usual', 'dark'],
  ['usual', 'light'],
  ['4k', 'light'],
  ['dock', 'dark'],
];

async function opened(page: Page, { api, ready }: Studio, state: StudioState): Promise<void> {
  const { body: platforms } = await api.call('GET', '/platforms');
  const painted = await PaintedStudio.behind(page, state, { 'platforms.list': platforms });
  await page.goto(ready.uiUrl);
  await expect(page.getByTestId('show-state')).toBeVisible();
  await painted.fillPlots((second) => swaying(state, second));
}

for (const [name, state] of Object.entries(STATES)) {
  test(`looks as it did: ${name}`, async ({ page, studio }) => {
    for (const [size, colorScheme] of LOOKS) {
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await opened(page, studio, state);
      const options = { maxDiffPixelRatio: 0.01, animations: 'disabled' } as const;
      await expect.soft(page).toHaveScreenshot(`${name}-${size}-${colorScheme}.png`, options);
    }
  });
}
