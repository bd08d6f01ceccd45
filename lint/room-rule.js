/**
 * ESLint rule `house/rooms`: holds every import against the table in rooms.js.
 * Paths are compared as text, so the rule needs no resolver and works on files that are not on disk.
 * @module
 */
import { posix, relative, sep } from 'node:path';
import { ONLY_IN, ROOMS } from './rooms.js';

/**
 * The room a file lies in; undefined for files outside all rooms (e2e, scripts, config).
 * @param {string} path Relative to the root, with `/`.
 * @returns {string | undefined}
 */
export function roomOf(path) {
  const [top, second, third] = path.split('/');
  if (top === 'src-renderer') return 'renderer';
  if (top === 'src-shared') return second === 'model' ? 'model' : 'shared';
  if (top === 'src-main' && third !== undefined) return second;
  return undefined;
}

/** @param {string} path */
const isTest = (path) => /\.test\.[a-z]+$/.test(path) || path.includes('/testing/');

/**
 * Why an import is not allowed; undefined when it is.
 * @param {string} file The importing file, relative to the root, with `/`.
 * @param {string} source What stands in the import.
 * @param {boolean} typeOnly Whether nothing of it is left when the program runs.
 * @returns {string | undefined}
 */
export function whyForbidden(file, source, typeOnly) {
  const from = roomOf(file);
  if (from === undefined) return undefined;
  const room = ROOMS[from];
  if (room === undefined) return `src-main/${from} is not a room: add it to lint/rooms.js and docs/house.md`;
  return source.startsWith('.')
    ? whyNotOurs(from, room, { file, target: posix.join(posix.dirname(file), source), typeOnly })
    : whyNotOutside(from, room, { file, source });
}

/**
 * @param {string} from
 * @param {import('./rooms.js').Room} room
 * @param {{ file: string, target: string, typeOnly: boolean }} wanted
 */
function whyNotOurs(from, room, { file, target, typeOnly }) {
  const to = roomOf(target);
  if (!isTest(file) && isTest(target)) return `only tests import test code (${target})`;
  if (to === from) return undefined;
  if (to === undefined) {
    const inSources = /^src-|^\.\.$|^\.\.\//.test(target);
    // package.json and assets are read by the programs and by tests; nothing else outside the rooms is product.
    if (isTest(file) || (!inSources && !(room.pure ?? false))) return undefined;
    return `${from} may not import ${target}, which lies in no room`;
  }
  if (
    typeOnly &&
    (to === 'model' || (to === 'platform' && from !== 'renderer' && !from.match(/^(model|shared)$/)))
  ) {
    return undefined;
  }
  if (room.from.includes(to) || (to === 'model' && room.from.includes('shared'))) return undefined;
  const allowed = room.from.length === 0 ? 'no other room' : room.from.join(', ');
  // A test may bring its peer along, but a room below Electron must be testable without it.
  if (isTest(file) && from !== 'renderer' && to !== 'shell' && to !== 'renderer') return undefined;
  return `${from} may import ${allowed} (and types of platform and model), not ${to}`;
}

/**
 * @param {string} from
 * @param {import('./rooms.js').Room} room
 * @param {{ file: string, source: string }} wanted
 */
function whyNotOutside(from, room, { file, source }) {
  const name = source.split('/')[0] ?? source;
  const owners = ONLY_IN[source] ?? ONLY_IN[name];
  if (owners !== undefined && !owners.includes(from) && !(isTest(file) && name !== 'electron')) {
    return `only ${owners.join(', ')} may import ${source}`;
  }
  if (from === 'renderer' && (source.startsWith('node:') || name === 'electron') && !isTest(file)) {
    return `the window runs in a sandbox: ${source} does not exist there`;
  }
  if (room.outside === undefined || room.outside.includes(source) || isTest(file)) return undefined;
  return `${from} may not import ${source}: hand it in as an argument`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const roomRule = {
  meta: { type: 'problem', schema: [], docs: { description: 'rooms import only what the table allows' } },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    /**
     * @param {any} node
     * @param {boolean} typeOnly
     */
    const check = (node, typeOnly) => {
      const source = node.source?.value ?? node.argument?.literal?.value;
      if (typeof source !== 'string') return;
      const why = whyForbidden(file, source, typeOnly);
      if (why !== undefined) context.report({ node, message: why });
    };
    return {
      ImportDeclaration: (/** @type {any} */ node) => {
        const named =
          node.specifiers.length > 0 &&
          node.specifiers.every((/** @type {any} */ s) => s.importKind === 'type');
        check(node, node.importKind === 'type' || named);
      },
      ExportNamedDeclaration: (/** @type {any} */ node) => check(node, node.exportKind === 'type'),
      ExportAllDeclaration: (/** @type {any} */ node) => check(node, node.exportKind === 'type'),
      ImportExpression: (/** @type {any} */ node) => check(node, false),
      TSImportType: (/** @type {any} */ node) =>
        check({ ...node, source: node.source ?? node.argument?.literal }, true),
    };
  },
};
