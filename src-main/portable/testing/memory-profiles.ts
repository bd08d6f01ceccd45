/**
 * Another program's files in memory, for tests.
 * @module
 */
import type { ProfileFiles } from '../profile-files.ts';

/** @param texts By path, with the slashes of the system that is played. */
export function memoryProfiles(
  texts: Readonly<Record<string, string>>,
  { locked = [] }: { readonly locked?: readonly string[] } = {},
): ProfileFiles {
  const paths = Object.keys(texts);
  return {
    folders: (folder) => {
      if (locked.includes(folder)) return Promise.reject(new Error('EACCES'));
      const below = paths.flatMap((path) =>
        path.startsWith(folder) ? [path.slice(folder.length + 1).split(/[\\/]/)] : [],
      );
      const names = below.flatMap((parts) => (parts.length > 1 ? [parts[0] ?? ''] : []));
      return Promise.resolve(names.length === 0 ? undefined : [...new Set(names)]);
    },
    read: (path, maxBytes) => {
      const text = texts[path];
      if (text === undefined) return Promise.resolve({ fault: 'missing' as const });
      return Promise.resolve(text.length > maxBytes ? { fault: 'too-large' as const } : { text });
    },
  };
}
