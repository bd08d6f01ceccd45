import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { findTool, ROOT } from './harness/tools.ts';

const chromium = findTool('chromium');

export default defineConfig({
  outputDir: join(ROOT, 'test-results/window'),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // One studio, one encoder and one browser at a time: two cores must be enough.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: join(ROOT, 'test-results/playwright.json') }]],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    // Most specs find things by their English words; `language.spec.ts` is about the others.
    locale: 'en-US',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
  projects: [
    { name: 'window', testDir: join(import.meta.dirname, 'window') },
    { name: 'electron', testDir: join(import.meta.dirname, 'electron') },
  ],
});
