import { safeStorage } from 'electron'
import type { Keychain } from '../engine/index.ts'

/**
 * The keychain of the system. On Linux without one, Electron would take a key that stands in its own program: that hides nothing, and the
 * secret stays in a file of its owner.
 */
export const systemKeychain: Keychain = {
  seal(text) {
    if (!isThere()) return null
    return safeStorage.encryptString(text).toString('base64')
  },
  unseal(sealed) {
    try {
      return isThere() ? safeStorage.decryptString(Buffer.from(sealed, 'base64')) : null
    } catch {
      return null
    }
  },
}

function isThere(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}
