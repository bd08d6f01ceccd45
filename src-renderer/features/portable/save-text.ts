/**
 * @module
 */

/** Gives a text to the person as a file: the browser, or the desktop program, asks where to or puts it with the rest. */
export function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has begun by itself; its address is of no more use.
  URL.revokeObjectURL(url);
}
