import { defineConfig } from 'vitest/config';

const unit = [
  'src-main/**/*.test.{ts,mjs}',
  'src-shared/**/*.test.ts',
  'src-renderer/**/*.test.ts',
  'lint/**/*.test.ts',
  'bench/**/*.test.ts',
];

// These load the computer or measure memory: one at a time, and nothing beside them.
const LOADED = ['two-targets', 'hostile', 'faults', 'twenty-targets', 'stopped-players'].map(
  (name) => `e2e/integration/${name}.test.ts`,
);

// Unit tests open no socket and wait for no clock; integration tests speak to real peers over loopback.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: unit, exclude: ['**/*.integration.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'integration',
          include: [
            'src-main/**/*.integration.test.ts',
            'e2e/integration/**/*.test.ts',
            'e2e/interop/**/*.test.ts',
          ],
          exclude: LOADED,
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Most of them wait for real time to pass; more would make them wait for each other.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'loaded',
          include: LOADED,
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'fuzz',
          include: ['e2e/fuzz/**/*.fuzz.test.ts'],
          environment: 'node',
          testTimeout: 600_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
