/**
 * What `npm start` does, decided from what is there. Pure.
 * @module
 */

/**
 * @typedef {{ platform: string, env: Readonly<Record<string, string | undefined>>, runtimeThere: boolean }} Situation
 * @typedef {{ type: 'desktop' } | { type: 'fetch' } | { type: 'headless', why: string }} Plan
 */

/**
 * Desktop where its runtime is there, fetch where it may be had, headless where no window could be shown.
 *
 * @param {Situation} situation
 * @returns {Plan}
 */
export function startPlan({ platform, env, runtimeThere }) {
  if (!hasDisplay(platform, env)) {
    return { type: 'headless', why: 'There is no display here (DISPLAY and WAYLAND_DISPLAY are not set)' };
  }
  return runtimeThere ? { type: 'desktop' } : { type: 'fetch' };
}

/**
 * After the one try to fetch the runtime.
 *
 * @param {{ type: 'fetched' } | { type: 'failed', why: string }} outcome
 * @returns {Plan}
 */
export function planAfterFetch(outcome) {
  if (outcome.type === 'fetched') return { type: 'desktop' };
  return {
    type: 'headless',
    why: `The desktop runtime (Electron) is not here and could not be fetched: ${outcome.why}`,
  };
}

/**
 * The one line that says why there is no window of its own.
 *
 * @param {string} why
 * @returns {string}
 */
export function headlessNotice(why) {
  return `${why.replace(/\s+/g, ' ').replace(/[ .]+$/, '')}; starting the headless studio instead.`;
}

/**
 * The words of a failed installer run that say why: its first line of error, without stack and colours.
 *
 * @param {string} output
 * @returns {string}
 */
export function whyFetchFailed(output) {
  const lines = output
    .replaceAll(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at ') && !/warning|--trace/i.test(line));
  const line =
    lines.find((text) => /error|refused|ENOTFOUND|ECONN|ETIMEDOUT|status|cannot/i.test(text)) ?? lines[0];
  // All that Node says of a server it cannot reach.
  if (line?.endsWith('fetch failed') === true) return 'the download server cannot be reached';
  return (line ?? 'the download failed')
    .replace(/^(\[cause\]: )?(\w*Error): /, '')
    .replace(/ \{$/, '')
    .slice(0, 200);
}

/**
 * Arguments of Electron. Chromium's sandbox refuses to run as root, and as root only without it.
 *
 * @param {{ script: string, flags: readonly string[], platform: string, uid: number | undefined }} options
 * @returns {string[]}
 */
export function electronArgs({ script, flags, platform, uid }) {
  return [...(platform === 'linux' && uid === 0 ? ['--no-sandbox'] : []), script, ...flags];
}

/**
 * @param {string} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {boolean}
 */
function hasDisplay(platform, env) {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}
