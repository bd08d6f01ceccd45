import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';
import { houseRules } from './house-rules.js';

const root = resolve(import.meta.dirname, '..');
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.{ts,tsx}'], languageOptions: { parser: tseslint.parser } },
    ...houseRules,
  ] as unknown as NonNullable<ESLint.Options['overrideConfig']>,
});

/** What the house's rules say of `text`, were it at `path`. */
async function complaints(path: string, text: string): Promise<readonly string[]> {
  const results = await eslint.lintText(text, { filePath: resolve(root, path) });
  return results.flatMap((result) => result.messages.map((message) => message.message));
}

test.each([
  ['a room named after the arrow', 'src-main/rtmp/chunk/a.ts', "import { u8 } from '../../bytes/read.ts';"],
  ['its own room', 'src-main/rtmp/chunk/a.ts', "import { b } from '../message/b.ts';"],
  ['types of platform', 'src-main/rtmp/a.ts', "import type { Clock } from '../platform/clock.ts';"],
  [
    'types of platform, marked one by one',
    'src-main/hub/a.ts',
    "import { type Clock } from '../platform/clock.ts';",
  ],
  [
    'types of the model',
    'src-main/outbound/a.ts',
    "import type { Target } from '../../src-shared/model/target.ts';",
  ],
  ['zod in src-shared', 'src-shared/model/a.ts', "import { z } from 'zod';"],
  ['node:net in net', 'src-main/net/a.ts', "import net from 'node:net';"],
  ['electron in the shell', 'src-main/shell/a.ts', "import { app } from 'electron';"],
  [
    'the studio in the bridge',
    'src-main/bridge/a.ts',
    "import type { StudioPort } from '../studio/studio-port.ts';",
  ],
  [
    'src-shared in the window',
    'src-renderer/state/a.ts',
    "import { x } from '../../src-shared/bridge/client.ts';",
  ],
  ['a package in the window', 'src-renderer/ui/a.tsx', "import { useState } from 'react';"],
  [
    'test code in a test',
    'src-main/hub/a.test.ts',
    "import { c } from '../platform/testing/manual-clock.ts';",
  ],
  ['node in a test of a pure room', 'src-main/bytes/a.test.ts', "import { readFileSync } from 'node:fs';"],
  ['package.json in the headless program', 'src-main/headless/a.ts', "import p from '../../package.json';"],
  ['anything in e2e', 'e2e/harness/a.ts', "import net from 'node:net';"],
])('allowed: %s', async (_, path, text) => {
  expect(await complaints(path, text)).toEqual([]);
});

test.each([
  [
    'a room above',
    'src-main/rtmp/a.ts',
    "import { h } from '../hub/h.ts';",
    /rtmp may import bytes, amf.*not hub/,
  ],
  ['a room beside', 'src-main/ingest/a.ts', "import { o } from '../outbound/o.ts';", /not outbound/],
  ['re-exported from a room above', 'src-main/bytes/a.ts', "export * from '../rtmp/r.ts';", /not rtmp/],
  ['imported as it runs', 'src-main/flv/a.ts', "void import('../hub/h.ts');", /not hub/],
  [
    'values of platform',
    'src-main/rtmp/a.ts',
    "import { nodeClock } from '../platform/node-clock.ts';",
    /not platform/,
  ],
  ['electron in headless', 'src-main/headless/a.ts', "import { app } from 'electron';", /only shell/],
  ['electron by its parts', 'src-main/bridge/a.ts', "import { ipcMain } from 'electron/main';", /only shell/],
  [
    'electron in a test elsewhere',
    'src-main/bridge/a.test.ts',
    "import { app } from 'electron';",
    /only shell/,
  ],
  ['the shell in headless', 'src-main/headless/a.ts', "import { w } from '../shell/w.ts';", /not shell/],
  ['node:net outside net', 'src-main/settings/a.ts', "import net from 'node:net';", /only net/],
  ['node in a pure room', 'src-main/amf/a.ts', "import { inflate } from 'node:zlib';", /hand it in/],
  ['zod in a pure room', 'src-main/hub/a.ts', "import { z } from 'zod';", /hand it in/],
  ['node in src-shared', 'src-shared/model/a.ts', "import path from 'node:path';", /hand it in/],
  ['files in the studio', 'src-main/studio/a.ts', "import fs from 'node:fs';", /hand it in/],
  [
    'src-main in src-shared',
    'src-shared/bridge/a.ts',
    "import { u8 } from '../../src-main/bytes/read.ts';",
    /not bytes/,
  ],
  [
    'the bridge in the model',
    'src-shared/model/a.ts',
    "import { c } from '../bridge/contract.ts';",
    /not shared/,
  ],
  [
    'src-main in the window',
    'src-renderer/a.ts',
    "import type { L } from '../src-main/platform/log.ts';",
    /not platform/,
  ],
  ['node in the window', 'src-renderer/a.ts', "import fs from 'node:fs';", /sandbox/],
  ['test code in the product', 'src-main/hub/a.ts', "import { c } from '../hub/testing/c.ts';", /only tests/],
  [
    'a room that is in no table',
    'src-main/misc/a.ts',
    "import { u8 } from '../bytes/read.ts';",
    /not a room/,
  ],
  ['Date in a pure room', 'src-main/hub/a.ts', 'export const now = () => Date.now();', /Time is an argument/],
  [
    'Math.random in a pure room',
    'src-shared/model/a.ts',
    'export const r = Math.random();',
    /Chance is an argument/,
  ],
  ['a default export', 'src-main/hub/a.ts', 'export default 1;', /by name/],
])('refused: %s', async (_, path, text, expected) => {
  const found = await complaints(path, text);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(expected);
});
