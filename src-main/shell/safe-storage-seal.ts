/**
 * Keys locked by the system's own key store: Keychain, DPAPI, libsecret, KWallet.
 * @module
 */
import { safeStorage } from 'electron';
import { plainSeal, type Seal } from '../secrets/seal.ts';

const NAME = 'electron-safe-storage';

// A `Seal` is synchronous, so that a save takes all keys as they stand in one moment; Electron's newer calls are not.
/* eslint-disable @typescript-eslint/no-deprecated */

/** Call after the app is ready. Without a key store keys are saved plainly, in a file of mode 0600, and that is said. */
export function desktopSeal(): { seal: Seal; notices: readonly string[] } {
  // `basic_text` on Linux locks with a password that is the same everywhere: no better than plain, and it looks better.
  const fake = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (fake || !safeStorage.isEncryptionAvailable()) {
    return {
      seal: plainSeal,
      notices: [
        'This desktop offers no key store, so stream keys are saved without a lock, readable by your user only.',
      ],
    };
  }
  return {
    seal: {
      name: NAME,
      seal: (text) => safeStorage.encryptString(text).toString('base64'),
      open: (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
    },
    notices: [],
  };
}
