/**
 * The rooms: who may import whom. One table; `room-rule.js` enforces it, `docs/house.md` explains it.
 *
 * `from`: other rooms this one may import. `model` is src-shared/model, `shared` all of src-shared.
 * On top of it every room may import itself, and `import type` from platform and from src-shared/model.
 * `pure`: no clock, no chance, no platform, no package: those are arguments.
 * `outside`: what may be imported that is not ours. Left out: Node's modules and any package, except `ONLY_IN`.
 * @module
 */

/**
 * @typedef {object} Room
 * @property {readonly string[]} from
 * @property {boolean} [pure]
 * @property {readonly string[]} [outside]
 */

const WIRE = ['bytes', 'amf', 'rtmp', 'flv', 'codec', 'hub', 'health', 'filler', 'uplink'];
const LINES = ['net', 'feed', 'delay', 'ffmpeg', 'ingest', 'outbound'];
const MEDIA = [...WIRE, ...LINES, 'preview', 'recording', 'rehearsal'];
const KEPT = ['settings', 'secrets', 'history'];
const TOLD = ['notices', 'diagnosis', 'portable'];
const BELOW_STUDIO = ['platform', ...MEDIA, ...KEPT, ...TOLD, 'shared'];
const EVERYTHING = [...BELOW_STUDIO, 'studio', 'bridge'];

/** @type {Readonly<Record<string, Room>>} */
export const ROOMS = {
  model: { from: [], pure: true, outside: ['zod'] },
  shared: { from: ['model'], pure: true, outside: ['zod'] },

  platform: { from: [] },
  bytes: { from: [], pure: true, outside: [] },
  amf: { from: ['bytes'], pure: true, outside: [] },
  rtmp: { from: ['bytes', 'amf'], pure: true, outside: [] },
  flv: { from: ['bytes', 'amf'], pure: true, outside: [] },
  codec: { from: ['bytes'], pure: true, outside: [] },
  hub: { from: ['bytes', 'flv'], pure: true, outside: [] },
  health: { from: ['bytes', 'hub', 'flv', 'codec', 'model'], pure: true, outside: [] },

  filler: { from: ['bytes', 'flv', 'codec', 'hub'], pure: true, outside: [] },
  uplink: { from: ['model'], pure: true, outside: [] },

  net: { from: ['bytes'], outside: ['node:http', 'node:net', 'node:os', 'node:tls', 'socks'] },
  feed: { from: ['bytes', 'net', 'rtmp', 'flv', 'hub'], outside: [] },
  delay: { from: ['bytes', 'flv', 'hub'], outside: [] },
  ffmpeg: { from: ['platform', 'bytes', 'flv', 'hub', 'filler'] },
  ingest: { from: ['bytes', 'amf', 'net', 'rtmp', 'flv', 'hub', 'health', 'feed', 'filler'], outside: [] },
  outbound: { from: ['bytes', 'amf', 'net', 'rtmp', 'flv', 'hub', 'feed', 'model'], outside: [] },
  preview: { from: ['bytes', 'hub', 'flv'], outside: [] },
  recording: { from: ['bytes', 'hub', 'flv'] },
  rehearsal: { from: ['bytes', 'amf', 'net', 'rtmp', 'flv', 'hub', 'feed', 'outbound'] },
  settings: { from: ['platform', 'model'] },
  secrets: { from: ['platform', 'model'] },
  history: { from: ['platform', 'model'] },
  notices: { from: ['platform', 'model'], outside: [] },
  diagnosis: { from: ['platform', 'model'], outside: [] },
  portable: { from: ['platform', 'shared'] },

  studio: { from: BELOW_STUDIO, outside: [] },
  bridge: { from: ['studio', 'history', 'secrets', 'platform', 'shared'] },
  headless: { from: EVERYTHING },
  shell: { from: [...EVERYTHING, 'headless'] },

  renderer: { from: ['shared'] },
};

/** Modules that belong to the rooms named and to no other. */
export const ONLY_IN = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  electron: ['shell'],
  'node-sqlite3-wasm': ['history'],
  // Beside net: telling addresses apart, a lock on the data folder, a certificate looked at before it is used.
  'node:net': ['net', 'bridge', 'headless', 'shell'],
  'node:tls': ['net', 'headless', 'shell'],
});

/** Globs of the pure rooms' sources. */
export const PURE_FILES = Object.entries(ROOMS)
  .filter(([, room]) => room.pure === true)
  .map(([name]) =>
    name === 'model' || name === 'shared' ? 'src-shared/**/*.ts' : `src-main/${name}/**/*.ts`,
  );
