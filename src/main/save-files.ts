import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { app, BrowserWindow, dialog, session } from 'electron'
import type { DownloadItem } from 'electron'
import { makeFolder } from '../engine/make-folder.ts'

interface Download {
  readonly name: string
  /** Where the content lies until it is known where it goes. */
  readonly path: string
  readonly arrived: Promise<boolean>
}

/** The page hands several files over one by one, 120 ms apart: what follows so soon is asked for together. */
const togetherMs = 300

/**
 * Asks where the files go that the page hands over: once for one file, once for the folder of several. Electron itself would
 * ask for each. Until the answer is there they lie in `holdingDir`.
 */
export function saveFiles(holdingDir: string): void {
  rmSync(holdingDir, { recursive: true, force: true })
  let waiting: Download[] = []
  let timer: NodeJS.Timeout | null = null
  session.defaultSession.on('will-download', (_event, item, contents) => {
    makeFolder(holdingDir)
    const path = join(holdingDir, randomUUID())
    item.setSavePath(path)
    waiting.push({ name: item.getFilename(), path, arrived: arrival(item) })
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      const files = waiting
      waiting = []
      void save(files, BrowserWindow.fromWebContents(contents)).catch((error: unknown) => {
        // Not `showErrorBox`, which would hold the receivers, too, until somebody has read it.
        void dialog.showMessageBox({
          type: 'error',
          message: 'The file was not saved',
          detail: error instanceof Error ? error.message : String(error),
        })
      })
    }, togetherMs)
  })
}

function arrival(item: DownloadItem): Promise<boolean> {
  return new Promise((resolve) => {
    item.once('done', (_event, state) => {
      resolve(state === 'completed')
    })
  })
}

async function save(files: readonly Download[], window: BrowserWindow | null): Promise<void> {
  try {
    const paths = await askWhere(
      files.map(({ name }) => name),
      window,
    )
    for (const [index, { name, path, arrived }] of files.entries()) {
      const target = paths[index]
      if (target === undefined) continue
      if (!(await arrived)) throw new Error(`${name} could not be written.`)
      await move(path, target)
    }
  } finally {
    await Promise.all(files.map(async ({ path, arrived }) => (await arrived, rm(path, { force: true }))))
  }
}

/** A path for each name; none where the answer is no. */
async function askWhere(names: readonly string[], window: BrowserWindow | null): Promise<readonly string[]> {
  const [only, ...others] = names
  const folder = app.getPath('downloads')
  if (only !== undefined && others.length === 0) {
    const options = { defaultPath: join(folder, only) }
    const { filePath, canceled } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options))
    return canceled ? [] : [filePath]
  }
  const options: Electron.OpenDialogOptions = {
    title: `Save ${String(names.length)} files in…`,
    buttonLabel: 'Save here',
    defaultPath: folder,
    properties: ['openDirectory', 'createDirectory'],
  }
  const { filePaths, canceled } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  const [chosen] = filePaths
  return canceled || chosen === undefined ? [] : unusedPaths(chosen, names)
}

/** Nothing is written over that nobody was asked about. */
function unusedPaths(folder: string, names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const { name: stem, ext } = parse(name)
    let path = join(folder, name)
    for (let n = 1; taken.has(path) || existsSync(path); n++) path = join(folder, `${stem} (${String(n)})${ext}`)
    taken.add(path)
    return path
  })
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    await copyFile(from, to)
  }
}
