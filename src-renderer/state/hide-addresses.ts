/**
 * @module
 */

/** Stands where an address was. */
const HIDDEN = '•••';

/** The text without server addresses and IP addresses, for screenshots and shared screens. */
export function hideAddresses(text: string): string {
  return text
    .replace(/\b[a-z]+:\/\/[^\s"”]*[^\s"”.,;)]/gi, HIDDEN)
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, HIDDEN)
    .replace(/\[[0-9a-f:]*:[0-9a-f:.]*\](:\d+)?/gi, HIDDEN);
}
