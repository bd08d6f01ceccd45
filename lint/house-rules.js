/**
 * The house's own lint rules as ESLint configuration. They need no type information, so that the test of the
 * rules can hold sample texts against them.
 * @module
 */
import { roomRule } from './room-rule.js';
import { PURE_FILES } from './rooms.js';

const TESTS = ['**/*.test.ts', '**/testing/**'];

/** @type {import('eslint').Linter.Config[]} */
export const houseRules = [
  {
    files: ['src-*/**/*.{ts,tsx,js,mjs}'],
    plugins: { house: { rules: { rooms: roomRule } } },
    rules: { 'house/rooms': 'error' },
  },
  {
    files: PURE_FILES,
    ignores: TESTS,
    rules: {
      'no-restricted-globals': ['error', { name: 'Date', message: 'Time is an argument in a pure room.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance is an argument in a pure room.' },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    ignores: ['**/*.config.{ts,js,mjs}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export by name: one name for one thing everywhere.',
        },
      ],
    },
  },
];
