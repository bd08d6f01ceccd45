/**
 * Files in memory, for tests: with failures on demand.
 * @module
 */
import type { Files } from '../files.ts';

/** Keeps texts and modes by path; counts writes; `failWith` makes the next calls fail. */
export class MemoryFiles implements Files {
  readonly texts = new Map<string, string>();
  readonly modes = new Map<string, number>();
  writes = 0;
  /** System error code that the named call fails with until it is deleted. */
  readonly failWith = new Map<'read' | 'writeWhole' | 'rename', string>();

  readonly read = async (path: string): Promise<string | undefined> => {
    await Promise.resolve();
    this.#fail('read', path);
    return this.texts.get(path);
  };

  readonly writeWhole = async (path: string, text: string, mode: number): Promise<void> => {
    this.writes += 1;
    this.#fail('writeWhole', path);
    // Writing takes more than one turn, as on a disk.
    await Promise.resolve();
    await Promise.resolve();
    this.texts.set(path, text);
    this.modes.set(path, mode);
  };

  readonly rename = async (from: string, to: string): Promise<void> => {
    await Promise.resolve();
    this.#fail('rename', from);
    const text = this.texts.get(from);
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${from}`), { code: 'ENOENT' });
    this.texts.delete(from);
    this.texts.set(to, text);
  };

  #fail(call: 'read' | 'writeWhole' | 'rename', path: string): void {
    const code = this.failWith.get(call);
    if (code !== undefined) throw Object.assign(new Error(`${code}: ${call} '${path}'`), { code });
  }
}
