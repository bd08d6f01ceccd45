/**
 * Files, as an argument.
 * @module
 */

/** Rejects with the system's errors: `code` is `EACCES`, `ENOSPC`, `EISDIR` and the like. */
export type Files = {
  /** The whole text as UTF-8; undefined when there is no such file. */
  readonly read: (path: string) => Promise<string | undefined>;
  /**
   * Replaces the file whole or not at all: after a crash the old text or the new one is there, never a part.
   * `mode` are the permission bits, where the system has them.
   */
  readonly writeWhole: (path: string, text: string, mode: number) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
};

/** The system's short name for what went wrong, such as `EACCES`; undefined for errors of another kind. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
