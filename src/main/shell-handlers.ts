import { isAbsolute } from 'node:path'
import type { ShellState } from '../contract/shell.ts'
import { isFolder } from '../engine/is-folder.ts'
import type { Kept } from './kept-shell.ts'
import { readLicences } from './licences.ts'
import { opensAtLogin, setOpenAtLogin } from './login-item.ts'
import type { Pause } from './pause.ts'
import type { ShellHandlers } from './shell-dispatch.ts'
import type { Updates } from './updates.ts'

export interface ShellParts {
  readonly kept: Kept
  readonly pause: Pause
  readonly updates: Updates
  readonly version: string
  readonly licencesFile: string
  readonly revealDataFolder: () => void
  readonly revealFolder: (path: string) => void
  readonly revealLogs: () => void
  readonly pageListens: () => void
}

export function shellHandlers(parts: ShellParts): ShellHandlers {
  const { kept, pause, updates } = parts
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
    lookForUpdates: kept.read().lookForUpdates,
    paused: pause.isPaused(),
    update: updates.state(),
  })
  return {
    state() {
      parts.pageListens()
      return state()
    },
    choose({ closeToTray, openAtLogin, lookForUpdates }) {
      if (closeToTray !== undefined) kept.change({ closeToTray })
      if (openAtLogin !== undefined) setOpenAtLogin(openAtLogin)
      if (lookForUpdates !== undefined) kept.change({ lookForUpdates })
      return state()
    },
    async pause({ paused }) {
      await pause.set(paused)
      return state()
    },
    update({ step }) {
      void updates[step]()
      return state()
    },
    revealDataFolder() {
      parts.revealDataFolder()
      return {}
    },
    revealFolder({ path }) {
      // Records say where it is: a name of another machine would be asked for over the network.
      if (isAbsolute(path) && !/^[\\/]{2}/.test(path) && isFolder(path)) parts.revealFolder(path)
      return {}
    },
    revealLogs() {
      parts.revealLogs()
      return {}
    },
    licences: () => readLicences(parts.licencesFile),
  }
}
