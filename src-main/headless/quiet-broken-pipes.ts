/**
 * Output that nobody reads any more.
 * @module
 */

const ignore = (): void => undefined;

/** A parent that closes its end of stdout or stderr must not bring the relay down. Safe to call twice. */
export function quietBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(ignore)) stream.on('error', ignore);
  }
}
