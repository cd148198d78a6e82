import { existsSync, readFileSync } from 'node:fs'
import type { ShellCommand, UpdateState } from '../contract/shell.ts'
import { checkUpdateList, type UpdateList } from './update-signature.ts'

/** What is used of electron-updater. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  logger: unknown
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean
    readonly updateInfo: UpdateList
  } | null>
  downloadUpdate(): Promise<unknown>
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void
  on(event: 'download-progress', listener: (progress: { readonly percent: number }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

export interface UpdateParts {
  /** Made by the packager; without it there is nobody to ask. */
  readonly sourceFile: string
  /** Of the pair that releases are signed with the half that checks (PEM). A build without it takes nothing from anybody. */
  readonly keyFile: string
  /** Loaded when somebody asks, because hardly any start does. */
  readonly load: () => Promise<Updater>
  readonly changed: () => void
}

/**
 * Newer versions of the app, one step at a time, each because the user asked for it: to look, to fetch, to restart. Nothing is
 * requested from the network before.
 */
export interface Updates {
  readonly state: () => UpdateState
  readonly look: () => Promise<void>
  readonly fetch: () => Promise<void>
  readonly install: () => void
}

export function createUpdates({ sourceFile, keyFile, load, changed }: UpdateParts): Updates {
  let state: UpdateState = [sourceFile, keyFile].every(existsSync) ? { kind: 'unknown' } : { kind: 'impossible' }
  let updater: Updater | null = null

  function become(next: UpdateState): void {
    state = next
    changed()
  }
  /** A step that fails says why, and may be taken again. */
  async function step(during: UpdateState, take: (updater: Updater) => Promise<UpdateState>): Promise<void> {
    become(during)
    try {
      updater ??= prepared(await load())
      become(await take(updater))
    } catch (error) {
      become({ kind: 'failed', why: reasonOf(error) })
    }
  }
  function prepared(loaded: Updater): Updater {
    loaded.autoDownload = false
    // On Linux an installation asks for a password, which nobody expects of an app that ends.
    loaded.autoInstallOnAppQuit = false
    loaded.logger = null
    loaded.on('download-progress', ({ percent }) => {
      if (state.kind === 'fetching') become({ ...state, percent: Math.floor(percent) })
    })
    // An installation that fails is told of by this event alone, other steps reject as well.
    loaded.on('error', (error) => {
      if (state.kind === 'ready') become({ kind: 'failed', why: reasonOf(error) })
    })
    return loaded
  }
  return {
    state: () => state,
    async look() {
      if (state.kind === 'impossible' || state.kind === 'looking' || state.kind === 'fetching') return
      if (state.kind === 'ready') return
      await step({ kind: 'looking' }, async (updater) => {
        const found = await updater.checkForUpdates()
        // Nobody was asked: the app was unpacked by hand, say.
        if (found === null) return { kind: 'impossible' }
        if (!found.isUpdateAvailable) return { kind: 'current' }
        // What is fetched later is what this list names: the updater keeps it.
        checkUpdateList(found.updateInfo, readFileSync(keyFile, 'utf8'))
        return { kind: 'available', version: found.updateInfo.version }
      })
    },
    async fetch() {
      if (state.kind !== 'available') return
      const { version } = state
      await step({ kind: 'fetching', version, percent: 0 }, async (updater) => {
        await updater.downloadUpdate()
        return { kind: 'ready', version }
      })
    },
    install() {
      if (state.kind === 'ready') updater?.quitAndInstall(false, true)
    },
  }
}

/** At a start nobody waits for an answer: only a newer version is told of, and what went wrong stands in the About window. */
export async function tellOfUpdate(updates: Updates, page: { send: (command: ShellCommand) => void }): Promise<void> {
  await updates.look()
  const state = updates.state()
  if (state.kind !== 'available') return
  page.send({ kind: 'notice', words: `Colophon ${state.version} is available: Help, Check for updates.` })
}

/** The first line: behind it stand headers of answers, which help nobody. A list that is no list is told of by nobody but a programmer's error. */
function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'the list of updates cannot be read: it is not in the form that releases have'
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0] ?? text
}
