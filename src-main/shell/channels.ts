/**
 * Names of the messages between the window's preload and main.
 * @module
 */

/** Window to main: one message of the contract. */
export const TO_STUDIO = 'relaydeck:to-studio';
/** Main to window: one message of the contract. */
export const FROM_STUDIO = 'relaydeck:from-studio';
/** Window to main: how many characters it has taken, so that main knows when it does not read any more. */
export const TAKEN = 'relaydeck:taken';
