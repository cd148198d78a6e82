import type { ShellState } from '../contract/shell.ts'
import type { Kept } from './kept-shell.ts'
import { readLicences } from './licences.ts'
import { opensAtLogin, setOpenAtLogin } from './login-item.ts'
import type { Pause } from './pause.ts'
import type { ShellHandlers } from './shell-dispatch.ts'

export interface ShellParts {
  readonly kept: Kept
  readonly pause: Pause
  readonly version: string
  readonly licencesFile: string
  readonly revealDataFolder: () => void
  readonly revealLogs: () => void
  readonly pageListens: () => void
}

export function shellHandlers(parts: ShellParts): ShellHandlers {
  const { kept, pause } = parts
  const state = (): ShellState => ({
    platform: process.platform,
    versions: {
      Colophon: parts.version,
      Electron: process.versions.electron,
      Chromium: process.versions['chrome'] ?? '',
      'Node.js': process.versions.node,
    },
    closeToTray: kept.read().closeToTray,
    openAtLogin: opensAtLogin(),
    paused: pause.isPaused(),
  })
  return {
    state() {
      parts.pageListens()
      return state()
    },
    choose({ closeToTray, openAtLogin }) {
      if (closeToTray !== undefined) kept.change({ closeToTray })
      if (openAtLogin !== undefined) setOpenAtLogin(openAtLogin)
      return state()
    },
    async pause({ paused }) {
      await pause.set(paused)
      return state()
    },
    revealDataFolder() {
      parts.revealDataFolder()
      return {}
    },
    revealLogs() {
      parts.revealLogs()
      return {}
    },
    licences: () => readLicences(parts.licencesFile),
  }
}
